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

int deflate_append(struct deflate *d, struct buffer *out, const void *bytes, size_t length)
{
	z_stream *s = &d->stream;

	if (length > UINT32_MAX)
		return -E2BIG;
	if (buffer_reserve(out, length) < 0)
		return -ENOMEM;
	deflateReset(s);
	s->next_in = (Bytef *)bytes;
	s->avail_in = (uInt)length;
	s->next_out = out->bytes + out->length;
	s->avail_out = (uInt)length;
	if (deflate(s, Z_FINISH) != Z_STREAM_END)
		return -E2BIG;
	out->length += length - s->avail_out;
	return 0;
}
