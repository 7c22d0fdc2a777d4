/* SPDX-License-Identifier: MIT */
/*
 * A collector's answer to a command, on its way to the broadcaster (PROTOCOL.md, "Redis"): "<request> ok <JSON object>" or
 * "<request> error <code> <sentence>". Pure.
 */
#pragma once

#include "command.h"

#define COMMAND_REPLY_MAX 2048	/* bytes of an answer, with a NUL where it is written */
#define COMMAND_RESULT_MAX 1984 /* bytes of its JSON with a NUL */

struct command_reply {
	struct text request; /* all borrowed from what was read */
	bool done;
	struct text result; /* done: a JSON object, by its first and last byte */
	struct text code,
	    sentence; /* else; what needs no escape in JSON. The code may be a later version's */
};

/* Write it into buffer; its length. result: with no control character, shorter than COMMAND_RESULT_MAX. */
size_t command_reply_write(char buffer[COMMAND_REPLY_MAX], const char *request, const char *result);
size_t command_reply_write_fault(char buffer[COMMAND_REPLY_MAX], const char *request,
				 enum command_fault fault);

/* Bytes from outside. 0; -EBADMSG. What is read is UTF-8 without control characters. */
int command_reply_read(struct command_reply *ret, const char *text, size_t length);
