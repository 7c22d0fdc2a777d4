/* SPDX-License-Identifier: MIT */
/* Writes tables of rows as PROTOCOL.md has them: the payloads of keyframes and deltas. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <msgpack.h>

#include "address.h"
#include "row.h"

/* One table, which ENCODER_TABLE fills from the schema but for its functions. */
struct encoder_schema {
	const char *name;
	const char *const *columns; /* with their marks */
	unsigned n_columns;
	uint64_t counters, times; /* which columns have the mark '+', and '~' */
	/* Writes exactly one value; increment: of a '+' column what moved since it was last sent. */
	void (*value)(msgpack_packer *p, const void *row, unsigned column, bool increment);
	/* The row was sent whole (ENCODER_WHOLE) or these columns of it, in a frame of this time. May be
	 * NULL. */
	void (*sent)(void *row, uint64_t columns, uint64_t time);
};

#define ENCODER_WHOLE UINT64_MAX

/* prefix: of the table's names in feed_schema.h, as DEVICE. */
#define ENCODER_TABLE(prefix)                                                                                \
	.name = prefix##_TABLE_NAME, .columns = (const char *const[]){prefix##_COLUMN_NAMES},                \
	.n_columns = prefix##_COLUMNS, .counters = prefix##_COUNTERS, .times = prefix##_TIMES

struct encoder_change {
	uint64_t columns; /* bits */
	void *row;
	uint32_t id;
};

/* Memory that is used again for each frame. Zeroed memory is empty. */
struct encoder_scratch {
	struct encoder_change *changes;
	size_t n_changes, max_changes;
	void **new; /* new rows */
	uint32_t *new_ids;
	size_t n_new, max_new;
	bool failed; /* memory ran out */
};

void encoder_scratch_done(struct encoder_scratch *s);
/* Empties it, and gives memory back that a burst has left. */
void encoder_scratch_clear(struct encoder_scratch *s);
void encoder_scratch_change(struct encoder_scratch *s, uint32_t id, uint64_t columns, void *row);
void encoder_scratch_new(struct encoder_scratch *s, uint32_t id, void *row);

/* The values of these columns of a row, as a delta has them. */
void encoder_values(msgpack_packer *p, const struct encoder_schema *schema, const void *row,
		    uint64_t columns);

/*
 * The beginning of a table in a keyframe; n_rows calls of encoder_row follow. A row is written without the nils
 * at its end, which can only be known afterwards: p must write into a struct buffer.
 */
void encoder_table(msgpack_packer *p, const struct encoder_schema *schema, size_t n_rows);
void encoder_row(msgpack_packer *p, const struct encoder_schema *schema, uint32_t id, const void *row);

/* A table in a delta: removed (sorted in place) and what the scratch holds. Call only when something changed. */
void encoder_delta(msgpack_packer *p, const struct encoder_schema *schema, unsigned table, uint32_t *removed,
		   size_t n_removed, struct encoder_scratch *scratch, uint64_t time);

/* The same for a table of rows of the model. True when a delta has something to say of it. */
bool encoder_has_changes(const struct row_table *rows);
/* What changed in the table, which is clean then. */
void encoder_rows_delta(msgpack_packer *p, const struct encoder_schema *schema, unsigned table,
			struct row_table *rows, struct encoder_scratch *scratch, uint64_t time);

void encoder_text(msgpack_packer *p, const char *text); /* nil when NULL or empty */
void encoder_bytes(msgpack_packer *p, const void *bytes, size_t length);
void encoder_address(msgpack_packer *p, const struct address *a);
/* A row's id, or nil for 0. */
void encoder_reference(msgpack_packer *p, uint32_t id);
void encoder_flag(msgpack_packer *p, bool value);
