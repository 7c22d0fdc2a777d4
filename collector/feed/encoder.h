/* SPDX-License-Identifier: MIT */
/* Writes tables of rows as PROTOCOL.md has them: the payloads of keyframes and deltas. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <msgpack.h>

#include "address.h"
#include "row.h"

/* One table. columns with their marks, as in PROTOCOL.md. */
struct encoder_schema {
	const char *name;
	const char *const *columns;
	unsigned n_columns;
	/* Writes exactly one value; increment: of a '+' column what moved since it was last sent. */
	void (*value)(msgpack_packer *p, const void *row, unsigned column, bool increment);
	/* How many of the row's columns are sent: those after the last that is not nil are left out. NULL:
	 * all. */
	unsigned (*length)(const void *row);
	/* The row was sent whole (columns: all bits) or these columns of it, in a frame of this time. May be
	 * NULL. */
	void (*sent)(void *row, uint32_t columns, uint64_t time);
};

struct encoder_change {
	uint32_t id, columns; /* columns: bits */
	void *row;
};

/* Memory that is used again for each frame. Zeroed memory is empty. */
struct encoder_scratch {
	struct encoder_change *changes;
	size_t n_changes, max_changes;
	void **fresh; /* new rows */
	uint32_t *fresh_ids;
	size_t n_fresh, max_fresh;
	bool failed; /* memory ran out */
};

void encoder_scratch_done(struct encoder_scratch *s);
/* Empties it, and gives memory back that a burst has left. */
void encoder_scratch_clear(struct encoder_scratch *s);
void encoder_scratch_change(struct encoder_scratch *s, uint32_t id, uint32_t columns, void *row);
void encoder_scratch_fresh(struct encoder_scratch *s, uint32_t id, void *row);

/* The beginning of a table in a keyframe; n_rows calls of encoder_row follow. */
void encoder_table(msgpack_packer *p, const struct encoder_schema *schema, size_t n_rows);
void encoder_row(msgpack_packer *p, const struct encoder_schema *schema, uint32_t id, const void *row);

/* A table in a delta: gone (sorted in place) and what the scratch holds. Call only when there is news. */
void encoder_delta(msgpack_packer *p, const struct encoder_schema *schema, unsigned table, uint32_t *gone,
		   size_t n_gone, struct encoder_scratch *scratch, uint64_t time);

/* The same for a table of rows of the model. All rows, and settles the table. */
void encoder_rows(msgpack_packer *p, const struct encoder_schema *schema, struct row_table *rows,
		  uint64_t time);
/* True when a delta has something to say of the table. */
bool encoder_has_news(const struct row_table *rows);
/* The table's news, and settles it. */
void encoder_rows_delta(msgpack_packer *p, const struct encoder_schema *schema, unsigned table,
			struct row_table *rows, struct encoder_scratch *scratch, uint64_t time);

void encoder_text(msgpack_packer *p, const char *text); /* nil when NULL or empty */
void encoder_bytes(msgpack_packer *p, const void *bytes, size_t length);
void encoder_address(msgpack_packer *p, const struct address *a);
void encoder_flag(msgpack_packer *p, bool value);
