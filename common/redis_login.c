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

	*ret = (struct redis_login){.user = endpoint->user};
	if (path && *path) {
		r = take_password(ret, path);
		if (r < 0) {
			snprintf(why, REDIS_LOGIN_WHY_MAX, REDIS_LOGIN_UNREADABLE " %.60s: %s", path,
				 r == -ENODATA ? "there is no password in it" : strerror(-r));
			return r;
		}
	}
	ret->asked = ret->password[0] || (ret->user && *ret->user);
	return 0;
}

void redis_login_send(const struct redis_login *login, redisAsyncContext *context, redisCallbackFn *on_answer,
		      void *data)
{
	if (!login->asked)
		return;
	if (login->user && *login->user)
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
