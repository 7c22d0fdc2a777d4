/* SPDX-License-Identifier: MIT */
#include "row.h"

#include <stdlib.h>

#define FIRST_REMOVED 64

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

static void tell(struct row_table *t)
{
	if (t->watch->pending)
		return;
	t->watch->pending = true;
	if (t->watch->changed)
		t->watch->changed(t->watch->data);
}

void row_add(struct row_table *t, struct row *r)
{
	r->id = ++t->last_id;
	r->changed = 0;
	r->is_new = r->is_dirty = t->followed;
	chain_append(t->followed ? &t->dirty : &t->clean, &r->link);
	t->count++;
	if (t->followed)
		tell(t);
}

void row_change(struct row_table *t, struct row *r, uint64_t columns)
{
	if (!t->followed)
		return;
	r->changed |= columns;
	if (!r->is_dirty) {
		r->is_dirty = true;
		chain_to_end(&t->dirty, &r->link);
	}
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
	chain_take(&r->link);
	t->count--;
	if (!t->followed || r->is_new)
		return;
	note_removed(t, r->id);
	tell(t);
}

void row_table_clean(struct row_table *t)
{
	ROW_FOR_EACH(r, &t->dirty) {
		r->is_new = r->is_dirty = false;
		r->changed = 0;
	}
	chain_move_all(&t->clean, &t->dirty);
	t->n_removed = 0;
	t->lost = false;
	t->followed = true;
}

void row_table_unfollow(struct row_table *t)
{
	row_table_clean(t);
	row_table_done(t);
	t->followed = false;
}
