/* SPDX-License-Identifier: MIT */
#include "redis_login.h"

#include <errno.h>
#include <string.h>

#include <hiredis/hiredis.h>

#include "file.h"
#include "util.h"

static int take_password(struct redis_login *login, const char *path)
{
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length, line;
	int r = file_read(&text, &length, path, REDIS_PASSWORD_MAX);

	if (r < 0)
		return r;
	line = strcspn(text, "\r\n");
	if (!line)
		return -ENODATA;
	if (line >= sizeof(login->password))
		return -EFBIG;
	memcpy(login->password, text, line);
	login->password[line] = '\0';
	return 0;
}

int redis_login_read(struct redis_login *ret, const struct redis_endpoint *endpoint,
		     char why[REDIS_LOGIN_WHY_MAX])
{
	const char *path = endpoint->password_file;
	int r;

	*ret = (struct redis_login){};
	if (endpoint->user)
		snprintf(ret->user, sizeof(ret->user), "%s", endpoint->user);
	if (path && *path) {
		r = take_password(ret, path);
		if (r < 0) {
			snprintf(why, REDIS_LOGIN_WHY_MAX, REDIS_LOGIN_UNREADABLE " %.60s: %s", path,
				 r == -ENODATA ? "there is no password in it" : strerror(-r));
			return r;
		}
	}
	ret->asked = ret->password[0] || ret->user[0];
	return 0;
}

bool redis_login_is_new(const struct redis_login *used, const struct redis_endpoint *from,
			const struct redis_endpoint *to)
{
	struct redis_login login;
	char why[REDIS_LOGIN_WHY_MAX];

	if (strcmp(from->path, to->path) != 0 || strcmp(from->host, to->host) != 0 || from->port != to->port)
		return true;
	return redis_login_read(&login, to, why) == 0 &&
	       (strcmp(login.user, used->user) != 0 || strcmp(login.password, used->password) != 0);
}

void redis_login_send(const struct redis_login *login, redisAsyncContext *context, redisCallbackFn *on_answer,
		      void *data)
{
	if (!login->asked)
		return;
	if (login->user[0])
		redisAsyncCommand(context, on_answer, data, "AUTH %s %s", login->user, login->password);
	else
		redisAsyncCommand(context, on_answer, data, "AUTH %s", login->password);
}

const char *redis_login_check_user(const char *text)
{
	return text[strcspn(text, " \t")] ? "a user's name without blanks" : NULL;
}

const char *redis_login_check_file(const char *text)
{
	return !*text || *text == '/' ? NULL : "the absolute path of a file";
}
