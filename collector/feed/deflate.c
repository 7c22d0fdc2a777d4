/* SPDX-License-Identifier: MIT */
#include "deflate.h"

#include <errno.h>
#include <stdlib.h>

#include <zlib.h>

struct deflate {
	z_stream stream;
};

int deflate_new(struct deflate **ret, int level)
{
	struct deflate *d = calloc(1, sizeof(*d));

	if (!d)
		return -ENOMEM;
	if (deflateInit(&d->stream, level) != Z_OK) {
		free(d);
		return -ENOMEM;
	}
	*ret = d;
	return 0;
}

struct deflate *deflate_free(struct deflate *d)
{
	if (!d)
		return NULL;
	deflateEnd(&d->stream);
	free(d);
	return NULL;
}

int deflate_append(struct deflate *d, struct buffer *out, const struct iovec *parts, size_t n)
{
	z_stream *s = &d->stream;
	size_t length = 0;
	int r = Z_OK;

	for (size_t i = 0; i < n; i++)
		length += parts[i].iov_len;
	if (length > UINT32_MAX)
		return -E2BIG;
	if (buffer_reserve(out, length) < 0)
		return -ENOMEM;
	deflateReset(s);
	s->next_out = out->bytes + out->length;
	s->avail_out = (uInt)length;
	for (size_t i = 0; r == Z_OK && i < n; i++) {
		s->next_in = parts[i].iov_base;
		s->avail_in = (uInt)parts[i].iov_len;
		r = deflate(s, i + 1 < n ? Z_NO_FLUSH : Z_FINISH);
	}
	if (r != Z_STREAM_END)
		return -E2BIG;
	out->length += length - s->avail_out;
	return 0;
}
