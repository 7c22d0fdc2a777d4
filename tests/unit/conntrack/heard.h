/* SPDX-License-Identifier: MIT */
/* A connection table whose listener remembers what it heard. */
#pragma once

#include "../cmocka_all.h"
#include "ct_table.h"
#include "entries.h"

#define S 1000000000ull /* ns */

struct heard {
	struct ct_table *table;
	unsigned added, changed, ended;
	struct ct_connection last; /* of the last call */
	struct ct_change change;
};

static inline void heard_added(void *data, struct ct_connection *c)
{
	struct heard *h = data;

	h->added++;
	h->last = *c;
}

static inline void heard_changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct heard *h = data;

	h->changed++;
	h->last = *c;
	h->change = *change;
}

static inline void heard_ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct heard *h = data;

	h->ended++;
	h->last = *c;
	h->change = *change;
}

static inline void open_table(struct heard *h, size_t max)
{
	static const struct ct_listener listener = {heard_added, heard_changed, heard_ended};

	memset(h, 0, sizeof(*h));
	assert_int_equal(ct_table_new(&h->table, max, &listener, h), 0);
}

static inline void dump(struct heard *h, uint64_t now, const struct ct_entry *entries, size_t n)
{
	ct_table_dump_begin(h->table, now);
	for (size_t i = 0; i < n; i++)
		ct_table_dump_entry(h->table, &entries[i]);
	ct_table_dump_end(h->table, now);
}

static inline void assert_heard(const struct heard *h, unsigned n_added, unsigned n_changed, unsigned n_ended)
{
	assert_int_equal(h->added, n_added);
	assert_int_equal(h->changed, n_changed);
	assert_int_equal(h->ended, n_ended);
	assert_int_equal(ct_table_count(h->table), n_added - n_ended);
}
