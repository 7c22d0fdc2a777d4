/* SPDX-License-Identifier: MIT */
/* Makes large payloads smaller (zlib format, RFC 1950), with one compressor again and again. */
#pragma once

#include <sys/uio.h>

#include "buffer.h"

struct deflate;

/* level: 1 (fast) to 9. 0 or -ENOMEM. */
int deflate_new(struct deflate **ret, int level);
struct deflate *deflate_free(struct deflate *d);

/* Appends all parts, behind one another and deflated, to out. 0; -E2BIG when that would not be smaller; -ENOMEM. out is
 * as it was on an error. */
int deflate_append(struct deflate *d, struct buffer *out, const struct iovec *parts, size_t n);
