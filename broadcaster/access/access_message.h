/* SPDX-License-Identifier: MIT */
/* What broadcasters tell each other about those who were let in (PROTOCOL.md, "Redis", connvis:access). Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "token.h"

#define ACCESS_MESSAGE_MAX 128
#define ACCESS_SENDER_MAX 17 /* 16 hex digits and a NUL */

struct access_message {
	char sender[ACCESS_SENDER_MAX]; /* the broadcaster's, made at its start */
	bool all;			/* all who have signed in are signed out; else: */
	struct token_hash ended;	/* of the cookie that is not good any more */
};

/* Its text, without a NUL; how long it is. */
size_t access_message_write(const struct access_message *m, char ret[ACCESS_MESSAGE_MAX]);
/* 0 or -EBADMSG. */
int access_message_read(struct access_message *ret, const char *bytes, size_t length);
