/* SPDX-License-Identifier: MIT */
/* Who connvis is to Redis: a user of its ACL, and a password from a file. */
#pragma once

#include <stdbool.h>

#include <hiredis/async.h>

#include "channel.h"
#include "config.h"

#define REDIS_PASSWORD_MAX 512 /* bytes with its NUL */
#define REDIS_LOGIN_WHY_MAX 128
#define REDIS_LOGIN_UNREADABLE "no password from" /* how why begins */

struct redis_login {
	char user[CONFIG_TEXT_MAX]; /* empty: the default user */
	char password[REDIS_PASSWORD_MAX];
	bool asked; /* there is something to say */
};

/*
 * Reads the endpoint's password file, anew for each connection, so that a new password needs no restart. 0; -errno with
 * why (a part of a sentence). The password is the file's first line.
 */
int redis_login_read(struct redis_login *ret, const struct redis_endpoint *endpoint,
		     char why[REDIS_LOGIN_WHY_MAX]);

/*
 * Is there reason to connect anew: is to another server than from, or are there a user and a password in its place that
 * are not those of used? A password that cannot be read now is no reason.
 */
bool redis_login_is_new(const struct redis_login *used, const struct redis_endpoint *from,
			const struct redis_endpoint *to);

/*
 * To be called before anything else is said on the connection. on_answer hears what Redis says to it (an error when it
 * refuses), and is not called where nothing has to be said.
 */
void redis_login_send(const struct redis_login *login, redisAsyncContext *context, redisCallbackFn *on_answer,
		      void *data);

/* For config_option.check: NULL when good. */
const char *redis_login_check_user(const char *text);
const char *redis_login_check_file(const char *text);
