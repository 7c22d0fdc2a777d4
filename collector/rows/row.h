/* SPDX-License-Identifier: MIT */
/*
 * Rows that the feed follows: each table keeps its rows in two lists, clean ones that the feed has sent as they
 * are and dirty ones that changed since, and notes the ids of those removed. Nothing here knows how rows are written.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chain.h"
#include "feed_schema.h"

/* Told once when something changes where nothing had; who reads the changes clears pending. */
struct row_watch {
	void (*changed)(void *data); /* may be NULL */
	void *data;
	bool pending;
};

/* The number of a pass begins anew after so many: at one a second in 34 years. */
#define ROW_PASS_MAX 0x3fffffffu

/* The first member of whatever is a row. */
struct row {
	struct chain link;
	uint32_t id;	    /* counts up from 1, never used twice */
	uint32_t pass : 30; /* the last one that has visited it */
	bool is_new : 1;    /* never sent */
	bool is_dirty : 1;  /* it changed since; in the list of dirty rows unless it waits to be visited */
	uint64_t changed;   /* bit i: column i changed; only of a row that was sent before */
};

/* Told of a row that goes before the pass that is under way has visited it. The row is still whole. */
typedef void (*row_leaves)(void *data, struct row *r);

struct row_table {
	struct chain clean, dirty;
	struct row_watch *watch;
	uint32_t *removed; /* ids of sent rows, in the order of removal */
	size_t n_removed, max_removed;
	size_t count;
	uint32_t last_id;
	bool followed; /* false: nobody reads changes; the next reader begins with all rows */
	bool lost;     /* for want of memory a removal was not noted: the reader must begin with all rows */
	/* A pass over all rows, a few at a time: those that wait are the first of the clean list. */
	bool passing;
	uint32_t pass; /* its number */
	row_leaves leaves;
	void *leaves_data;
};

/* watch: borrowed, must outlive the table. A table must not move in memory. */
void row_table_init(struct row_table *t, struct row_watch *watch);
/* The rows themselves are the caller's. */
void row_table_done(struct row_table *t);

/* True when of all ids so few are left after this one that whoever gives them has to begin anew, within seconds. */
bool row_ids_run_out(uint32_t last_id);

/* Puts a row (borrowed until row_remove) into the table and gives it its id. */
void row_add(struct row_table *t, struct row *r);
/* The same for a row that belongs to one of another table, by that one's id: it may not go before that one does, so
 * that no id is used twice. */
void row_add_to(struct row_table *t, struct row *r, const struct row *whole);
/* columns: bits, as COLUMN() makes them. */
void row_change(struct row_table *t, struct row *r, uint64_t columns);
void row_remove(struct row_table *t, struct row *r);

/* All changes were read (a delta): from now on the table is followed. Not during a pass. */
void row_table_clean(struct row_table *t);
/* The same when row_clean was called for each dirty row. */
void row_table_cleaned(struct row_table *t);
static inline void row_clean(struct row *r)
{
	r->is_new = r->is_dirty = false;
	r->changed = 0;
}
/* Nobody reads any more: forget the changes and note none until the next pass or row_table_clean. Ends a pass. */
void row_table_unfollow(struct row_table *t);

/*
 * Begins to read the whole table (a keyframe): from now on it is followed, and removals are noted anew. Each row that
 * is there, or comes, before the pass is through is visited once: it is dirty while it waits if it changed since it was
 * last read, and what happens to it after its visit is noted as ever.
 */
void row_table_begin_pass(struct row_table *t, row_leaves leaves, void *data);
/* The next row that waits; NULL: none does, and the pass is through. */
struct row *row_table_waiting(struct row_table *t);
/* It was read as it is now. */
void row_table_visited(struct row_table *t, struct row *r);

static inline struct row *row_of(const struct chain *link)
{
	return (struct row *)link;
}

/* head: &table.clean or &table.dirty. The body may not remove the row. */
#define ROW_FOR_EACH(r, head)                                                                                \
	for (struct row *r = row_of((head)->next); &r->link != (head); r = row_of(r->link.next))

/* The dirty rows, then the clean ones; NULL after the last. link: of the row before, &t->dirty for the first. */
static inline struct row *row_after(const struct row_table *t, const struct chain *link)
{
	link = link->next == &t->dirty ? t->clean.next : link->next;
	return link == &t->clean ? NULL : row_of(link);
}

/* All rows of a table. The body may neither remove nor change (row_change) a row. */
#define ROW_TABLE_FOR_EACH(r, t)                                                                             \
	for (struct row *r = row_after(t, &(t)->dirty); r; r = row_after(t, &r->link))

/* The same, where the body may change each row. */
#define ROW_TABLE_FOR_EACH_TO_CHANGE(r, t)                                                                   \
	for (struct row *r = row_after(t, &(t)->dirty), *r##_next = r ? row_after(t, &r->link) : NULL; r;    \
	     r = r##_next, r##_next = r ? row_after(t, &r->link) : NULL)
