/* SPDX-License-Identifier: MIT */
/*
 * What a viewer asks the collector to do (PROTOCOL.md, "WebSocket"): "command <site> <number> [<epoch> ]<verb>", and a
 * blank and the arguments where there are any. Pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "frame.h"

struct command_request {
	char site[FRAME_NAME_MAX + 1];
	uint32_t number;	  /* the viewer's own */
	struct frame_epoch epoch; /* as of command_message */
	enum command command;
	struct text arguments; /* borrowed from what was read */
};

/* Is it meant as a command? */
bool command_request_is(const char *text, size_t length);

/* Bytes from outside. 0; an enum command_fault, to be the answer: ret has site and number; -EBADMSG when it has not. */
int command_request_read(struct command_request *ret, enum role role, const char *text, size_t length);
