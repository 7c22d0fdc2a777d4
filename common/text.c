/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <arpa/inet.h>
#include <stdio.h>

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

bool text_split_last(struct text s, const char *mark, struct text *ret_before, struct text *ret_after)
{
	size_t length = strlen(mark);

	for (size_t i = s.length; i >= length; i--) {
		const char *at = s.at + i - length;

		if (at[0] != mark[0] || memcmp(at, mark, length))
			continue;
		*ret_before = (struct text){s.at, i - length};
		*ret_after = text_cut(s, i);
		return true;
	}
	return false;
}

bool text_take_number(struct text *s, uint64_t max, uint64_t *ret)
{
	uint64_t n = 0;
	size_t i = 0;

	for (; i < s->length && s->at[i] >= '0' && s->at[i] <= '9'; i++) {
		if (__builtin_mul_overflow(n, 10u, &n) ||
		    __builtin_add_overflow(n, (uint64_t)(s->at[i] - '0'), &n) || n > max)
			return false;
	}
	if (!i)
		return false;
	*s = text_cut(*s, i);
	*ret = n;
	return true;
}

struct text text_take_word(struct text *line)
{
	return text_take_until(line, ' ');
}

bool text_take_word_number(struct text *line, uint64_t max, uint64_t *ret)
{
	struct text word = text_take_word(line);

	return text_take_number(&word, max, ret) && !word.length;
}

bool text_take_word_u32(struct text *line, uint32_t max, uint32_t *ret)
{
	uint64_t number;

	if (!text_take_word_number(line, max, &number))
		return false;
	*ret = (uint32_t)number;
	return true;
}

bool text_take_line(struct text *s, struct text *ret)
{
	const char *end = s->length ? memchr(s->at, '\n', s->length) : NULL;

	if (!end)
		return false;
	*ret = (struct text){s->at, (size_t)(end - s->at)};
	*s = text_cut(*s, ret->length + 1);
	return true;
}

bool text_country(struct text word, char ret[3])
{
	if (text_is(word, "-"))
		return true;
	if (word.length != 2)
		return false;
	memcpy(ret, word.at, 2);
	return ret[0] >= 'A' && ret[0] <= 'Z' && ret[1] >= 'A' && ret[1] <= 'Z';
}

/* Four numbers and three dots, which is what most lines hold. Leading zeros are read by others as octal:
 * refused. */
static bool take_ipv4(struct text s, struct address *ret)
{
	uint8_t bytes[4];

	for (int i = 0; i < 4; i++) {
		const char *start = s.at;
		uint64_t n;

		if ((i && !text_take(&s, ".")) || !text_take_number(&s, 255, &n))
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

bool text_address(struct text s, struct address *ret)
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

struct text text_take_until(struct text *s, char end)
{
	const char *found = memchr(s->at, end, s->length);
	struct text taken = {s->at, found ? (size_t)(found - s->at) : s->length};

	*s = text_cut(*s, taken.length + (found ? 1 : 0));
	return taken;
}

static int nibble(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

size_t text_bytes(struct text s, uint8_t *ret, size_t max)
{
	size_t n = 0;

	if (s.length % 3 != 2)
		return 0;
	for (size_t i = 0; i < s.length; i += 3) {
		int high = nibble(s.at[i]), low = nibble(s.at[i + 1]);

		if (high < 0 || low < 0 || n == max || (i + 2 < s.length && s.at[i + 2] != ':'))
			return 0;
		ret[n++] = (uint8_t)(high << 4 | low);
	}
	return n;
}

bool text_mac(struct text s, uint8_t ret[6])
{
	uint8_t mac[6];

	if (text_bytes(s, mac, sizeof(mac)) != sizeof(mac))
		return false;
	memcpy(ret, mac, sizeof(mac));
	return true;
}

const char *mac_format(const uint8_t m[6], char buffer[MAC_TEXT_MAX])
{
	snprintf(buffer, MAC_TEXT_MAX, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
	return buffer;
}

unsigned text_distance(const char *a, const char *b)
{
	unsigned row[64], width = (unsigned)strnlen(b, 63);

	for (unsigned j = 0; j <= width; j++)
		row[j] = j;
	for (unsigned i = 0; a[i] && i < 63; i++) {
		unsigned diagonal = row[0];

		row[0] = i + 1;
		for (unsigned j = 0; j < width; j++) {
			unsigned best = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j + 1] + 1 < best)
				best = row[j + 1] + 1;
			row[j + 1] = best;
		}
	}
	return row[width];
}
