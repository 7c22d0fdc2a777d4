/* SPDX-License-Identifier: MIT */
/*
 * The state that a keyframe and deltas describe (PROTOCOL.md, "Keyframe payload" and "Delta payload"), read
 * by the column names in the keyframe: tables of rows of cells, which point into the payloads. Pure. Every
 * frame is hostile.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed_schema.h"

#define STATE_TABLES_MAX SCHEMA_TABLES
#define STATE_COLUMNS_MAX SCHEMA_COLUMNS
#define STATE_CELLS_MAX (4u << 20) /* of all tables together */
#define STATE_TEXT_MAX SCHEMA_TEXT_BYTES
#define STATE_DEPTH_MAX SCHEMA_NESTING

/* A value as msgpack, or a number that was counted up. */
struct state_cell {
	const uint8_t *bytes; /* NULL: number */
	union {
		uint32_t length;
		int64_t number;
	};
};

struct state_column {
	char mark; /* '+', '~' or 0 */
	const char *name;
	uint32_t length; /* of name */
};

struct state_row {
	uint32_t id;
	bool gone;
};

struct state_table {
	const char *name;
	uint32_t length; /* of name */
	uint32_t n_columns;
	struct state_column columns[STATE_COLUMNS_MAX];
	struct state_row *rows; /* as they came; those that are gone stay */
	size_t n_rows, rows_capacity;
	struct state_cell *cells; /* n_columns for each row */
	uint32_t *index;	  /* by id, open addressing: row + 1, or 0 */
	size_t index_size;	  /* a power of 2 */
};

struct state {
	uint32_t n_tables;
	struct state_table tables[STATE_TABLES_MAX];
	size_t n_cells;
	const atomic_bool *stop;
};

/* stop: once it is true, reading ends with -ETIME; borrowed, or NULL. 0; -ENOMEM. */
int state_new(struct state **ret, const atomic_bool *stop);
struct state *state_free(struct state *state);

/*
 * Take a payload, which is borrowed for the life of the state. time: the frame's. 0; -EBADMSG when it is not
 * as it should be, -E2BIG when it is beyond a bound, -ETIME when it was stopped, -ENOMEM; after these the state is of no more use.
 */
int state_keyframe(struct state *state, const uint8_t *payload, size_t length);
int state_delta(struct state *state, const uint8_t *payload, size_t length, uint64_t time);

static inline bool state_stopped(const struct state *state)
{
	return state->stop && atomic_load_explicit(state->stop, memory_order_relaxed);
}
