/* SPDX-License-Identifier: MIT */
/* What a viewer may say (PROTOCOL.md, "WebSocket"): "watch <site> <topic>" and "unwatch <site> <topic>".
 * Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "frame.h"

#define WATCH_MESSAGE_MAX 320 /* bytes; of a command, too */

struct watch_message {
	bool begin;   /* watch, else unwatch */
	bool refused; /* the viewer may not watch it; never set here */
	char site[FRAME_NAME_MAX + 1];
	char topic[FRAME_NAME_MAX + 1];
};

/* 0; -EBADMSG for anything else than the two messages with valid names. */
int watch_message_parse(struct watch_message *ret, const char *text, size_t length);
