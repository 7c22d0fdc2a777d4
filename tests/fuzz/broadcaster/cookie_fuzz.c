/* SPDX-License-Identifier: MIT */
/* A Cookie header, of whoever serves pages under this host's name. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char header[4096], token[TOKEN_MAX];

	if (size >= sizeof(header))
		return 0;
	memcpy(header, data, size);
	header[size] = '\0';
	for (int secure = 0; secure < 2; secure++)
		if (cookie_find(token, header, 8080, secure) &&
		    (!token_valid(token, strlen(token)) || !strstr(header, token)))
			abort();
	return 0;
}
