/* SPDX-License-Identifier: MIT */
/* Messages on the command channel, and the answers to them (PROTOCOL.md, "Redis"). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COMMAND_MAX 256	       /* bytes of a message */
#define COMMAND_REQUEST_MAX 33 /* bytes of a request's name with its NUL */
#define COMMAND_REPLY_MAX 256  /* bytes of an answer with its NUL */

/* Gives a device its name, or its own one back: the only command so far. */
struct command {
	char request[COMMAND_REQUEST_MAX]; /* what the one who asks calls it */
	uint32_t device;		   /* row id */
	bool has_alias;			   /* false: its own name again */
	char alias[COMMAND_MAX]; /* any bytes but NUL: whether it will do as a name is not looked at */
};

/* 0; -EBADMSG when only ret->request could be read: the answer is an error; -EINVAL when there is nobody to
 * answer. */
int command_parse(struct command *ret, const char *text, size_t length);

/* Writes "<request> ok", or "<request> error <sentence>" where there is a sentence, into buffer, which it
 * returns. */
const char *command_format_reply(char buffer[COMMAND_REPLY_MAX], const char *request, const char *sentence);
