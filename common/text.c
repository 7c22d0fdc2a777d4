/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

size_t text_decode(const void *bytes, size_t left, uint32_t *ret_code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const uint8_t *p = bytes;
	size_t n = p[0] < 0x80			 ? 1
		   : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
		   : (p[0] & 0xf0) == 0xe0	 ? 3
		   : p[0] < 0xf5		 ? 4
						 : 0;
	uint32_t code = p[0];

	if (n > 1) {
		if (n > left || p[0] < 0xc2)
			return 0;
		code = p[0] & (0x7fu >> n);
		for (size_t i = 1; i < n; i++) {
			if ((p[i] & 0xc0) != 0x80)
				return 0;
			code = code << 6 | (p[i] & 0x3f);
		}
		if (code < least[n] || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff)
			return 0;
	}
	if (ret_code)
		*ret_code = code;
	return n;
}

bool text_copy(char *buffer, size_t size, const void *bytes, size_t length)
{
	const uint8_t *p = bytes;
	size_t used = 0;

	while (length) {
		size_t n = text_decode(p, length, NULL);

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
