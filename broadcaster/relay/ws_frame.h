/* SPDX-License-Identifier: MIT */
/* Headers of unmasked WebSocket frames, as a server sends them (RFC 6455, 5.2). Pure functions over bytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WS_FRAME_HEADER_MAX 10

enum ws_opcode {
	WS_CONTINUATION = 0x0,
	WS_BINARY = 0x2,
};

struct ws_frame {
	bool final;
	uint8_t opcode;
	size_t header;	/* bytes */
	size_t payload; /* bytes */
};

/* Writes the header of a frame with that payload length and returns its own length. */
size_t ws_frame_header_encode(uint8_t out[WS_FRAME_HEADER_MAX], bool final, enum ws_opcode opcode,
			      size_t payload);

/* Reads the frame at the start of bytes. 0; -EBADMSG when it is masked or does not fit in length. */
int ws_frame_decode(struct ws_frame *ret, const uint8_t *bytes, size_t length);

/*
 * The first end of a frame at or after n in bytes[0..length), which holds whole frames. *ret_final tells
 * whether the frame that ends there ends its message too, *ret_messages how many messages end in
 * bytes up to there. n is from 1 to length.
 */
size_t ws_frame_boundary(const uint8_t *bytes, size_t length, size_t n, bool *ret_final,
			 uint32_t *ret_messages);
