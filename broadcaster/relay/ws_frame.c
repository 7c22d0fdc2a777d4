/* SPDX-License-Identifier: MIT */
#include "ws_frame.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

size_t ws_frame_header_encode(uint8_t out[WS_FRAME_HEADER_MAX], bool final, enum ws_opcode opcode,
			      size_t payload)
{
	size_t bytes, n = 2;

	out[0] = (uint8_t)((final ? 0x80 : 0) | opcode);
	if (payload < 126) {
		out[1] = (uint8_t)payload;
		return 2;
	}
	bytes = payload < 65536 ? 2 : 8;
	out[1] = bytes == 2 ? 126 : 127;
	while (bytes--)
		out[n++] = (uint8_t)((uint64_t)payload >> (8 * bytes));
	return n;
}

int ws_frame_decode(struct ws_frame *ret, const uint8_t *bytes, size_t length)
{
	uint64_t payload;
	size_t extra;

	if (length < 2 || (bytes[1] & 0x80))
		return -EBADMSG;
	payload = bytes[1];
	extra = payload == 126 ? 2 : payload == 127 ? 8 : 0;
	if (length < 2 + extra)
		return -EBADMSG;
	if (extra) {
		payload = 0;
		for (size_t i = 0; i < extra; i++)
			payload = payload << 8 | bytes[2 + i];
	}
	if (payload > length - 2 - extra)
		return -EBADMSG;
	*ret = (struct ws_frame){
	    .final = bytes[0] & 0x80,
	    .opcode = bytes[0] & 0x0f,
	    .header = 2 + extra,
	    .payload = (size_t)payload,
	};
	return 0;
}

size_t ws_frame_boundary(const uint8_t *bytes, size_t length, size_t n, bool *ret_final,
			 uint32_t *ret_messages)
{
	uint32_t messages = 0;
	struct ws_frame frame;
	size_t end = 0;

	assert(n && n <= length);
	do {
		if (ws_frame_decode(&frame, bytes + end, length - end) < 0)
			abort(); /* the log holds only frames of our own making */
		end += frame.header + frame.payload;
		messages += frame.final;
	} while (end < n);
	*ret_final = frame.final;
	*ret_messages = messages;
	return end;
}
