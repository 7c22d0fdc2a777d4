/* SPDX-License-Identifier: MIT */
#include "dns_text.h"

#include <arpa/inet.h>

bool span_split_last(struct span s, const char *mark, struct span *ret_before, struct span *ret_after)
{
	size_t length = strlen(mark);

	for (size_t i = s.length; i >= length; i--) {
		const char *at = s.at + i - length;

		if (at[0] != mark[0] || memcmp(at, mark, length))
			continue;
		*ret_before = (struct span){s.at, i - length};
		*ret_after = span_cut(s, i);
		return true;
	}
	return false;
}

bool span_take_number(struct span *s, uint64_t max, uint64_t *ret)
{
	uint64_t n = 0;
	size_t i = 0;

	for (; i < s->length && s->at[i] >= '0' && s->at[i] <= '9'; i++) {
		n = n * 10 + (uint64_t)(s->at[i] - '0');
		if (n > max)
			return false;
	}
	if (!i)
		return false;
	*s = span_cut(*s, i);
	*ret = n;
	return true;
}

/* Four numbers and three dots, which is what most lines hold. Leading zeros are read by others as octal:
 * refused. */
static bool take_ipv4(struct span s, struct address *ret)
{
	uint8_t bytes[4];

	for (int i = 0; i < 4; i++) {
		const char *start = s.at;
		uint64_t n;

		if ((i && !span_take(&s, ".")) || !span_take_number(&s, 255, &n))
			return false;
		start += i > 0;
		if (*start == '0' && s.at - start > 1)
			return false;
		bytes[i] = (uint8_t)n;
	}
	if (s.length)
		return false;
	*ret = address_from_ipv4(bytes);
	return true;
}

bool span_address(struct span s, struct address *ret)
{
	char text[INET6_ADDRSTRLEN];
	uint8_t bytes[16];
	const char *scope = memchr(s.at, '%', s.length);

	if (scope)
		s.length = (size_t)(scope - s.at);
	if (s.length < 2 || s.length >= sizeof(text))
		return false;
	if (!memchr(s.at, ':', s.length))
		return take_ipv4(s, ret);
	memcpy(text, s.at, s.length);
	text[s.length] = '\0';
	if (strlen(text) != s.length || inet_pton(AF_INET6, text, bytes) != 1)
		return false;
	*ret = address_from_ipv6(bytes);
	return true;
}

bool span_copy_name(struct span s, char *ret, size_t max, size_t *ret_length)
{
	bool exact = s.length < max;
	size_t length = exact ? s.length : max - 1;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c >= 'A' && c <= 'Z') {
			c = (unsigned char)(c + 'a' - 'A');
		} else if (c < ' ' || c > '~') {
			c = '?';
			exact = false;
		}
		ret[i] = (char)c;
	}
	ret[length] = '\0';
	*ret_length = length;
	return exact;
}
