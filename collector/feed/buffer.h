/* SPDX-License-Identifier: MIT */
/* A buffer that grows and that msgpack-c writes into. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	uint8_t *bytes;
	size_t length, size;
	bool failed; /* memory ran out: the content is incomplete */
};

void buffer_done(struct buffer *b);
/* Empties it; what it holds in memory stays unless it is more than keep bytes. */
void buffer_clear(struct buffer *b, size_t keep);
/* Makes room for more bytes. 0 or -ENOMEM. */
int buffer_reserve(struct buffer *b, size_t more);
/* A msgpack_packer_write. data: struct buffer. */
int buffer_write(void *data, const char *bytes, size_t length);
