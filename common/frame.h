/* SPDX-License-Identifier: MIT */
/* The header of a frame of the feed: see PROTOCOL.md. Pure functions over bytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed_schema.h"

#define FRAME_VERSION SCHEMA_VERSION
#define FRAME_NAME_MAX SCHEMA_NAME_BYTES /* bytes of a site or topic name */
#define FRAME_HEADER_MAX (48 + 2 * FRAME_NAME_MAX)
#define FRAME_INFLATED_MAX ((uint32_t)SCHEMA_INFLATED_BYTES)

enum frame_kind {
	FRAME_KEYFRAME = 1,
	FRAME_DELTA = 2,
};

enum {
	FRAME_FLAG_DEFLATED = 1,
};

struct frame_epoch {
	uint64_t start; /* ms of Unix time */
	uint32_t random;
};

struct frame_header {
	enum frame_kind kind;
	uint8_t flags;
	struct frame_epoch epoch;
	uint32_t payload_length;
	uint32_t inflated_length;
	uint32_t unlisted; /* things of the topic's subject that do not fit into a frame and are not in it */
	uint64_t sequence;
	uint64_t time;			/* ms since the epoch's start */
	char site[FRAME_NAME_MAX + 1];	/* NUL-terminated */
	char topic[FRAME_NAME_MAX + 1]; /* NUL-terminated */
};

/* True for [a-z0-9][a-z0-9-]* of 1 to 32 bytes. */
bool frame_name_valid(const char *name, size_t length);

/* Writes the header into buffer and returns its length. The names must be valid. */
size_t frame_header_encode(const struct frame_header *h, uint8_t buffer[FRAME_HEADER_MAX]);

/*
 * Reads the header of the frame in bytes[0..length) and sets *ret_payload to the offset of its payload.
 * 0; -EBADMSG when it is no frame or its length is not what its header says; -EPROTONOSUPPORT when its
 * version is another than ours. ret and ret_payload are set only on 0.
 */
int frame_header_decode(struct frame_header *ret, size_t *ret_payload, const void *bytes, size_t length);

/* Below, equal to or above 0, as a is older than, the same as or newer than b. */
int frame_epoch_compare(const struct frame_epoch *a, const struct frame_epoch *b);
