/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 4096
#define SHORT 16 /* bytes */

void buffer_done(struct buffer *b)
{
	free(b->bytes);
	*b = (struct buffer){};
}

void buffer_clear(struct buffer *b, size_t keep)
{
	if (b->size > keep)
		buffer_done(b);
	b->length = 0;
	b->failed = false;
}

int buffer_reserve(struct buffer *b, size_t more)
{
	size_t size = b->size ? b->size : FIRST_SIZE;
	uint8_t *bytes;

	while (size - b->length < more)
		size *= 2;
	if (size == b->size)
		return 0;
	bytes = realloc(b->bytes, size);
	if (!bytes) {
		b->failed = true;
		return -ENOMEM;
	}
	b->bytes = bytes;
	b->size = size;
	return 0;
}

/* Room for less: not inlined, so that the way of most values is short. */
static __attribute__((noinline)) int write_slowly(struct buffer *b, const char *bytes, size_t length)
{
	if (b->failed || (b->size - b->length < length && buffer_reserve(b, length) < 0))
		return -1;
	memcpy(b->bytes + b->length, bytes, length);
	b->length += length;
	return 0;
}

int buffer_write(void *data, const char *bytes, size_t length)
{
	struct buffer *b = data;
	uint8_t *to;

	if (length - 1 >= SHORT || b->size - b->length < length || b->failed)
		return write_slowly(b, bytes, length);
	to = b->bytes + b->length;
	/* Two copies of a fixed length, which may overlap, cost less than a call of memcpy. */
	if (length == 1) {
		*to = (uint8_t)*bytes;
	} else if (length < 4) {
		memcpy(to, bytes, 2);
		to[length - 1] = (uint8_t)bytes[length - 1];
	} else if (length < 8) {
		memcpy(to, bytes, 4);
		memcpy(to + length - 4, bytes + length - 4, 4);
	} else {
		memcpy(to, bytes, 8);
		memcpy(to + length - 8, bytes + length - 8, 8);
	}
	b->length += length;
	return 0;
}
