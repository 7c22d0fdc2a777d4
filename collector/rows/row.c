/* SPDX-License-Identifier: MIT */
#include "row.h"

#include <stdlib.h>

#define FIRST_GONE 64

void row_table_init(struct row_table *t, struct row_watch *watch)
{
	*t = (struct row_table){.watch = watch};
	t->settled.next = t->settled.previous = &t->settled;
	t->news.next = t->news.previous = &t->news;
}

void row_table_done(struct row_table *t)
{
	free(t->gone);
	t->gone = NULL;
	t->n_gone = t->max_gone = 0;
}

static void link_before(struct row *head, struct row *r)
{
	r->next = head;
	r->previous = head->previous;
	head->previous->next = r;
	head->previous = r;
}

static void unlink_row(struct row *r)
{
	r->previous->next = r->next;
	r->next->previous = r->previous;
}

static void tell(struct row_table *t)
{
	if (t->watch->pending)
		return;
	t->watch->pending = true;
	if (t->watch->news)
		t->watch->news(t->watch->data);
}

void row_add(struct row_table *t, struct row *r)
{
	r->id = ++t->last_id;
	r->changed = 0;
	r->fresh = r->has_news = t->followed;
	link_before(t->followed ? &t->news : &t->settled, r);
	t->count++;
	if (t->followed)
		tell(t);
}

void row_change(struct row_table *t, struct row *r, uint64_t columns)
{
	if (!t->followed)
		return;
	r->changed |= columns;
	if (!r->has_news) {
		r->has_news = true;
		unlink_row(r);
		link_before(&t->news, r);
	}
	tell(t);
}

static void note_gone(struct row_table *t, uint32_t id)
{
	if (t->n_gone == t->max_gone) {
		size_t max = t->max_gone ? t->max_gone * 2 : FIRST_GONE;
		uint32_t *gone = reallocarray(t->gone, max, sizeof(*gone));

		if (!gone) {
			t->lost = true;
			return;
		}
		t->gone = gone;
		t->max_gone = max;
	}
	t->gone[t->n_gone++] = id;
}

void row_remove(struct row_table *t, struct row *r)
{
	unlink_row(r);
	t->count--;
	if (!t->followed || r->fresh)
		return;
	note_gone(t, r->id);
	tell(t);
}

void row_table_settle(struct row_table *t)
{
	ROW_FOR_EACH(r, &t->news)
	{
		r->fresh = r->has_news = false;
		r->changed = 0;
	}
	if (t->news.next != &t->news) {
		/* The whole list goes to the end of the other at once. */
		t->news.next->previous = t->settled.previous;
		t->settled.previous->next = t->news.next;
		t->news.previous->next = &t->settled;
		t->settled.previous = t->news.previous;
		t->news.next = t->news.previous = &t->news;
	}
	t->n_gone = 0;
	t->lost = false;
	t->followed = true;
}

void row_table_unfollow(struct row_table *t)
{
	row_table_settle(t);
	row_table_done(t);
	t->followed = false;
}
