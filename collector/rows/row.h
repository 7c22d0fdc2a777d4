/* SPDX-License-Identifier: MIT */
/*
 * Rows that the feed follows: each table keeps its rows in two lists, those that the feed has sent as they
 * are and those with news, and notes the ids of the rows that went. Nothing here knows how rows are written.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed_schema.h"

/* Told once when there is news where there was none; the reader of the news clears pending. */
struct row_watch {
	void (*news)(void *data); /* may be NULL */
	void *data;
	bool pending;
};

/* The first member of whatever is a row. */
struct row {
	struct row *next, *previous;
	uint32_t id;	   /* counts up from 1, never used twice */
	bool fresh : 1;	   /* never sent */
	bool has_news : 1; /* it is in the list of those with news */
	uint64_t changed;  /* bit i: column i has news; only of a row that was sent before */
};

struct row_table {
	struct row settled, news; /* heads of the two lists */
	struct row_watch *watch;
	uint32_t *gone; /* ids of sent rows that went, in the order of going */
	size_t n_gone, max_gone;
	size_t count;
	uint32_t last_id;
	bool followed; /* false: nobody reads the news; the next reader begins with all rows */
	bool lost;     /* news was lost for want of memory: the reader must begin with all rows */
};

/* watch: borrowed, must outlive the table. A table must not move in memory. */
void row_table_init(struct row_table *t, struct row_watch *watch);
/* The rows themselves are the caller's. */
void row_table_done(struct row_table *t);

/* Puts a row (borrowed until row_remove) into the table and gives it its id. */
void row_add(struct row_table *t, struct row *r);
/* columns: bits, as COLUMN() makes them. */
void row_change(struct row_table *t, struct row *r, uint64_t columns);
void row_remove(struct row_table *t, struct row *r);

/* Says that all news was read (a delta) or the whole table (a keyframe): from now on the table is followed.
 */
void row_table_settle(struct row_table *t);
/* Nobody reads any more: forget the news and note none until the next row_table_settle. */
void row_table_unfollow(struct row_table *t);

#define ROW_FOR_EACH(r, head) for (struct row *r = (head)->next; r != (head); r = r->next)
