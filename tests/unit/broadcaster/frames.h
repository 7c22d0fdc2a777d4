/* SPDX-License-Identifier: MIT */
/* Builds frames for the tests. */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "frame.h"

struct built {
	struct frame_header header;
	uint8_t *bytes; /* to be freed */
	size_t length;
};

static inline struct built frame_build(enum frame_kind kind, uint64_t epoch, uint64_t sequence,
				       const void *payload, size_t length)
{
	struct built b = {
	    .header =
		{
		    .kind = kind,
		    .epoch = {.start = epoch, .random = 7},
		    .payload_length = (uint32_t)length,
		    .inflated_length = (uint32_t)length,
		    .sequence = sequence,
		    .time = sequence * 100,
		    .site = "home",
		    .topic = "overview",
		},
	};
	uint8_t header[FRAME_HEADER_MAX];
	size_t n = frame_header_encode(&b.header, header);

	b.length = n + length;
	b.bytes = malloc(b.length);
	memcpy(b.bytes, header, n);
	memcpy(b.bytes + n, payload, length);
	return b;
}
