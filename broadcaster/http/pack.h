/* SPDX-License-Identifier: MIT */
/*
 * Reads msgpack (https://github.com/msgpack/msgpack/blob/master/spec.md) value by value, in place. Pure;
 * allocates nothing: msgpack-c's unpacker would allocate 24 bytes for each element that a hostile array
 * header of 5 bytes claims.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pack_type {
	PACK_NIL,
	PACK_BOOL,
	PACK_UNSIGNED,
	PACK_NEGATIVE,
	PACK_FLOAT,
	PACK_TEXT,
	PACK_BYTES,
	PACK_ARRAY,
	PACK_MAP,
	PACK_EXTENSION,
};

struct pack_value {
	enum pack_type type;
	union {
		bool boolean;
		uint64_t number;  /* PACK_UNSIGNED */
		int64_t negative; /* PACK_NEGATIVE */
		double real;
		const uint8_t *bytes; /* PACK_TEXT, PACK_BYTES, PACK_EXTENSION */
	};
	uint32_t length; /* of bytes; elements of PACK_ARRAY, pairs of PACK_MAP, which follow */
};

/* What is left to read. */
struct pack {
	const uint8_t *at, *end; /* borrowed */
};

/* Reads a value, of an array or a map its head alone. 0; -EBADMSG when it is cut off or longer than what is
 * left. */
int pack_next(struct pack *pack, struct pack_value *ret);
/* Reads the head of an array. */
int pack_array(struct pack *pack, uint32_t *ret_length);
/* Reads an unsigned number that is not above maximum. */
int pack_unsigned(struct pack *pack, uint64_t maximum, uint64_t *ret);
/* Passes over a value with all that is in it; it may nest that deep. */
int pack_skip(struct pack *pack, unsigned depth);
