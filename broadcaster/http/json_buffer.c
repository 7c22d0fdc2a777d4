/* SPDX-License-Identifier: MIT */
#include "json_buffer.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"

#define CAPACITY_FIRST 65536
#define NUMBER_MAX 32 /* bytes of a number as text */

static int grow(struct json_buffer *b, size_t more)
{
	size_t capacity = b->capacity ? 2 * b->capacity : CAPACITY_FIRST;
	char *bytes;

	if (b->error)
		return b->error;
	if (more > b->limit - b->length)
		return b->error = -E2BIG;
	if (capacity < b->length + more)
		capacity = b->length + more;
	if (capacity > b->limit)
		capacity = b->limit;
	bytes = realloc(b->bytes, capacity);
	if (!bytes)
		return b->error = -ENOMEM;
	b->bytes = bytes;
	b->capacity = capacity;
	return 0;
}

void json_raw(struct json_buffer *b, const void *bytes, size_t length)
{
	if (b->error || (length > b->capacity - b->length && grow(b, length) < 0))
		return;
	memcpy(b->bytes + b->length, bytes, length);
	b->length += length;
}

void json_puts(struct json_buffer *b, const char *text)
{
	json_raw(b, text, strlen(text));
}

void json_putc(struct json_buffer *b, char c)
{
	json_raw(b, &c, 1);
}

void json_unsigned(struct json_buffer *b, uint64_t n)
{
	char text[NUMBER_MAX];
	size_t at = sizeof(text);

	do
		text[--at] = (char)('0' + n % 10);
	while (n /= 10);
	json_raw(b, text + at, sizeof(text) - at);
}

void json_signed(struct json_buffer *b, int64_t n)
{
	if (n < 0)
		json_putc(b, '-');
	json_unsigned(b, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void json_real(struct json_buffer *b, double real)
{
	char text[NUMBER_MAX];

	if (isfinite(real))
		snprintf(text, sizeof(text), "%.15g", real);
	json_puts(b, isfinite(real) ? text : "null");
}

/* The length of the UTF-8 sequence (RFC 3629) at p, or 0 when it is none. */
static size_t utf8_length(const uint8_t *p, size_t left)
{
	size_t n = p[0] < 0x80	 ? 1
		   : p[0] < 0xc2 ? 0
		   : p[0] < 0xe0 ? 2
		   : p[0] < 0xf0 ? 3
		   : p[0] < 0xf5 ? 4
				 : 0;

	if (!n || n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
	    (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static bool is_plain(uint8_t c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/* One byte that cannot stand in a string as it is. */
static void escape(struct json_buffer *b, uint8_t c)
{
	char text[8];

	if (c == '"' || c == '\\')
		snprintf(text, sizeof(text), "\\%c", c);
	else
		snprintf(text, sizeof(text), "\\u%04x", c);
	json_puts(b, text);
}

void json_text(struct json_buffer *b, const uint8_t *text, size_t length)
{
	size_t i = 0, plain = 0; /* from plain to i nothing needs to be changed */

	json_putc(b, '"');
	while (i < length) {
		size_t n;

		while (i < length && text[i] < 0x80 && is_plain(text[i]))
			i++;
		if (i == length)
			break;
		n = utf8_length(text + i, length - i);
		if (n > 1) {
			i += n;
			continue;
		}
		json_raw(b, text + plain, i - plain);
		if (n)
			escape(b, text[i]);
		else
			json_puts(b, "\\ufffd");
		plain = ++i;
	}
	json_raw(b, text + plain, i - plain);
	json_putc(b, '"');
}

void json_bytes(struct json_buffer *b, const uint8_t *bytes, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	char text[ADDRESS_TEXT_MAX];
	struct address a;

	json_putc(b, '"');
	if (length == 4 || length == 16) {
		a = length == 4 ? address_from_ipv4(bytes) : address_from_ipv6(bytes);
		json_puts(b, address_format(&a, text));
	} else {
		for (size_t i = 0; i < length; i++) {
			if (i && length == 6)
				json_putc(b, ':');
			json_putc(b, digits[bytes[i] >> 4]);
			json_putc(b, digits[bytes[i] & 15]);
		}
	}
	json_putc(b, '"');
}
