/* SPDX-License-Identifier: MIT */
/* Any bytes are a frame or are refused; what is accepted encodes to the same header again. */
#include "frame.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t again[FRAME_HEADER_MAX];
	struct frame_header h;
	size_t payload;

	if (frame_header_decode(&h, &payload, data, size) < 0)
		return 0;
	if (frame_header_encode(&h, again) != payload)
		__builtin_trap();
	/* bytes 7 and 28 to 31 are not read */
	memcpy(again + 7, data + 7, 1);
	memcpy(again + 28, data + 28, 4);
	if (memcmp(again, data, payload) != 0)
		__builtin_trap();
	return 0;
}
