/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <stdint.h>
#include <string.h>

/* How many bytes the character at p has; 0 when it is none. */
static size_t character(const uint8_t *p, size_t left)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = p[0] < 0x80			 ? 1
		   : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
		   : (p[0] & 0xf0) == 0xe0	 ? 3
		   : p[0] < 0xf5		 ? 4
						 : 0;
	uint32_t code = p[0];

	if (n <= 1)
		return n;
	if (n > left || p[0] < 0xc2)
		return 0;
	code = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	return code < least[n] || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff ? 0 : n;
}

bool text_copy(char *buffer, size_t size, const void *bytes, size_t length)
{
	const uint8_t *p = bytes;
	size_t used = 0;

	while (length) {
		size_t n = character(p, length);

		if (!n) {
			buffer[0] = '\0';
			return false;
		}
		if (used + n >= size)
			break;
		memcpy(buffer + used, p, n);
		if (n == 1 && (*p < 0x20 || *p == 0x7f))
			buffer[used] = '?';
		used += n;
		p += n;
		length -= n;
	}
	buffer[used] = '\0';
	return true;
}
