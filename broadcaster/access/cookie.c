/* SPDX-License-Identifier: MIT */
#include "cookie.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES sizeof("__Host-connvis-65535")

static void write_name(char name[NAME_MAX_BYTES], int port, bool secure)
{
	snprintf(name, NAME_MAX_BYTES, "%sconnvis-%u", secure ? "__Host-" : "", (unsigned)port & UINT16_MAX);
}

bool cookie_find(char ret[TOKEN_MAX], const char *header, int port, bool secure)
{
	char name[NAME_MAX_BYTES];
	size_t n;

	write_name(name, port, secure);
	n = strlen(name);
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

void cookie_write(char line[COOKIE_LINE_MAX], const char *token, int port, bool secure, int64_t seconds)
{
	char name[NAME_MAX_BYTES];

	write_name(name, port, secure);
	snprintf(line, COOKIE_LINE_MAX,
		 "Set-Cookie: %s=%s; Path=/; Max-Age=%" PRId64 "; HttpOnly; SameSite=Strict%s\r\n", name,
		 token ? token : "", token ? seconds : 0, secure ? "; Secure" : "");
}
