/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 4096

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

int buffer_write(void *data, const char *bytes, size_t length)
{
	struct buffer *b = data;

	/* Called for each value: most often there is room. */
	if (b->failed || (b->size - b->length < length && buffer_reserve(b, length) < 0))
		return -1;
	memcpy(b->bytes + b->length, bytes, length);
	b->length += length;
	return 0;
}
