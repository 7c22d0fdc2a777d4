/* SPDX-License-Identifier: MIT */
#include "cookie.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *name_of(bool secure)
{
	return secure ? "__Host-connvis" : "connvis";
}

bool cookie_find(char ret[TOKEN_MAX], const char *header, bool secure)
{
	const char *name = name_of(secure);
	size_t n = strlen(name);

	while (*header) {
		size_t length;

		header += strspn(header, "; \t");
		length = strcspn(header, ";");
		if (length == n + 1 + TOKEN_LETTERS && !strncmp(header, name, n) && header[n] == '=' &&
		    token_valid(header + n + 1, TOKEN_LETTERS)) {
			memcpy(ret, header + n + 1, TOKEN_LETTERS);
			ret[TOKEN_LETTERS] = '\0';
			return true;
		}
		header += length;
	}
	return false;
}

void cookie_write(char line[COOKIE_LINE_MAX], const char *token, bool secure, int64_t seconds)
{
	snprintf(line, COOKIE_LINE_MAX,
		 "Set-Cookie: %s=%s; Path=/; Max-Age=%" PRId64 "; HttpOnly; SameSite=Strict%s\r\n",
		 name_of(secure), token ? token : "", token ? seconds : 0, secure ? "; Secure" : "");
}
