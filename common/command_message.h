/* SPDX-License-Identifier: MIT */
/*
 * A command on its way from a broadcaster to a collector (PROTOCOL.md, "Redis"): "<request> <role> <address>
 * [<epoch> ]<verb>", and a blank and the arguments where there are any. Pure.
 */
#pragma once

#include "address.h"
#include "command.h"

#define COMMAND_MESSAGE_MAX 512 /* bytes of a message, with a NUL where it is written */
#define COMMAND_REQUEST_MAX 33	/* bytes of a request's name with its NUL */

struct command_message {
	char request[COMMAND_REQUEST_MAX]; /* what the broadcaster calls it */
	enum role role;
	struct address address;	  /* the viewer's */
	struct frame_epoch epoch; /* whose row ids the arguments have; zeroed: it is not said */
	enum command command;
	struct text arguments; /* borrowed from what was read */
};

/* Writes it into buffer; its length. The request, and the arguments for the command, have to be good. */
size_t command_message_write(const struct command_message *m, char buffer[COMMAND_MESSAGE_MAX]);

/*
 * Bytes from outside. 0; an enum command_fault, to be the answer: then ret has the request, and else as much as was
 * understood; -EBADMSG when there is nobody to answer.
 */
int command_message_read(struct command_message *ret, const char *text, size_t length);
