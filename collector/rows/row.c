/* SPDX-License-Identifier: MIT */
#include "row.h"

#include <stdlib.h>

#define FIRST_REMOVED 64

/* A test has fewer. Between this one and the last there are more than any machine uses in seconds. */
#ifndef ROW_ID_LAST
#define ROW_ID_LAST (UINT32_MAX - (1u << 24))
#endif

void row_table_init(struct row_table *t, struct row_watch *watch)
{
	*t = (struct row_table){.watch = watch};
	chain_init(&t->clean);
	chain_init(&t->dirty);
}

void row_table_done(struct row_table *t)
{
	free(t->removed);
	t->removed = NULL;
	t->n_removed = t->max_removed = 0;
}

bool row_ids_run_out(uint32_t last_id)
{
	return last_id > ROW_ID_LAST;
}

static void tell(struct row_table *t)
{
	if (t->watch->pending)
		return;
	t->watch->pending = true;
	if (t->watch->changed)
		t->watch->changed(t->watch->data);
}

static bool waits(const struct row_table *t, const struct row *r)
{
	return t->passing && r->pass != t->pass;
}

static void add(struct row_table *t, struct row *r, uint32_t id)
{
	r->id = id;
	if (id > t->last_id)
		t->last_id = id;
	r->changed = 0;
	r->is_new = r->is_dirty = t->followed;
	r->pass = (t->pass - (t->passing ? 1 : 0)) & ROW_PASS_MAX;
	if (t->passing)
		chain_prepend(&t->clean, &r->link);
	else
		chain_append(t->followed ? &t->dirty : &t->clean, &r->link);
	t->count++;
	if (t->followed)
		tell(t);
}

void row_add(struct row_table *t, struct row *r)
{
	add(t, r, t->last_id + 1);
}

void row_add_to(struct row_table *t, struct row *r, const struct row *whole)
{
	add(t, r, whole->id);
}

void row_change(struct row_table *t, struct row *r, uint64_t columns)
{
	if (!t->followed)
		return;
	r->changed |= columns;
	if (!r->is_dirty && !waits(t, r))
		chain_to_end(&t->dirty, &r->link);
	r->is_dirty = true;
	tell(t);
}

static void note_removed(struct row_table *t, uint32_t id)
{
	if (t->n_removed == t->max_removed) {
		size_t max = t->max_removed ? t->max_removed * 2 : FIRST_REMOVED;
		uint32_t *removed = reallocarray(t->removed, max, sizeof(*removed));

		if (!removed) {
			t->lost = true;
			return;
		}
		t->removed = removed;
		t->max_removed = max;
	}
	t->removed[t->n_removed++] = id;
}

void row_remove(struct row_table *t, struct row *r)
{
	if (waits(t, r)) {
		t->leaves(t->leaves_data, r);
		row_table_visited(t, r);
	}
	chain_take(&r->link);
	t->count--;
	if (!t->followed || r->is_new)
		return;
	note_removed(t, r->id);
	tell(t);
}

void row_table_clean(struct row_table *t)
{
	ROW_FOR_EACH(r, &t->dirty)
		row_clean(r);
	row_table_cleaned(t);
}

void row_table_cleaned(struct row_table *t)
{
	chain_move_all(&t->clean, &t->dirty);
	t->n_removed = 0;
	t->lost = false;
	t->followed = true;
}

void row_table_unfollow(struct row_table *t)
{
	row_table_clean(t);
	row_table_done(t);
	t->followed = t->passing = false;
}

void row_table_begin_pass(struct row_table *t, row_leaves leaves, void *data)
{
	chain_move_all(&t->clean, &t->dirty);
	t->n_removed = 0;
	t->lost = false;
	t->followed = t->passing = true;
	t->pass = (t->pass + 1) & ROW_PASS_MAX;
	t->leaves = leaves;
	t->leaves_data = data;
}

struct row *row_table_waiting(struct row_table *t)
{
	struct row *r = row_of(t->clean.next);

	if (t->passing && (chain_is_empty(&t->clean) || !waits(t, r)))
		t->passing = false;
	return t->passing ? r : NULL;
}

void row_table_visited(struct row_table *t, struct row *r)
{
	r->pass = t->pass & ROW_PASS_MAX;
	row_clean(r);
	chain_to_end(&t->clean, &r->link);
}
