/* SPDX-License-Identifier: MIT */
/* A plain reader of the feed, for tests: applies frames as PROTOCOL.md says and holds each table as text and
 * numbers. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"

#define READER_TABLES 16

struct reader_cell {
	enum { READER_NIL, READER_NUMBER, READER_REAL, READER_TEXT } type;
	int64_t number;
	double real;
	char text[256]; /* text as it is, bytes in hex, an array as its texts or numbers with blanks */
};

struct reader_row {
	uint32_t id;
	struct reader_cell cells[SCHEMA_COLUMNS];
};

struct reader_table {
	char name[32];
	char columns[SCHEMA_COLUMNS][32]; /* with their marks */
	const char *const *types;	  /* as in the schema; NULL when it does not know the table */
	uint64_t given;			  /* bit i: column i was something else than nil in some row */
	size_t n_columns;
	struct reader_row *rows;
	size_t n_rows, max_rows;
};

struct reader {
	struct reader_table tables[READER_TABLES];
	size_t n_tables;
	uint64_t sequence;
	bool synchronous;	    /* it holds the state of sequence */
	struct frame_header header; /* of the last frame */
	size_t payload;		    /* bytes of the last frame's payload, as sent */
};

/* Fails the test when the frame breaks a rule. Deltas out of turn are dropped as a viewer drops them; a
 * keyframe that the reader is in step with is compared with what it holds. */
void reader_take(struct reader *r, const void *frame, size_t length);
void reader_done(struct reader *r);

struct reader_table *reader_table(struct reader *r, const char *name);
struct reader_row *reader_row(struct reader_table *t, uint32_t id);
/* column: without its mark. */
const struct reader_cell *reader_cell(const struct reader_table *t, const struct reader_row *row,
				      const char *column);

/* Fails the test unless both hold the same. */
void reader_compare(struct reader *a, struct reader *b);
