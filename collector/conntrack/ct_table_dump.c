/* SPDX-License-Identifier: MIT */
#include <linux/netfilter/nf_conntrack_common.h>

#include "ct_table_private.h"

/*
 * The kernel walks its hash in the same order each time, so the next entry is nearly always the one that came
 * next in the last dump: each connection keeps the position of its follower, and the index is asked only when
 * that guess fails.
 */

void ct_table_dump_begin(struct ct_table *t, uint64_t now)
{
	if (t->dumping)
		ct_table_dump_abort(t);
	t->dumping = true;
	t->dump = t->dump == 1 ? 2 : 1;
	t->now = now;
	t->link = &t->first;
	t->offloaded = 0;
}

void ct_table_dump_clock(struct ct_table *t, uint64_t now)
{
	t->now = now;
}

static struct ct_connection *guess(const struct ct_table *t, const struct ct_key *key)
{
	struct ct_connection *c = ct_pool_at(&t->pool, *t->link);

	if (!c)
		return NULL;
	if (ct_key_is_of(key, c))
		return c;
	/* one went that we have not heard of yet */
	c = ct_pool_at(&t->pool, c->table_next);
	return c && ct_key_is_of(key, c) ? c : NULL;
}

static struct ct_connection *add_unknown(struct ct_table *t, const struct ct_entry *e, uint64_t hash)
{
	/* The kernel says DESTROY before it takes an entry out of its hash, so a dump may still hold it. */
	if (e->status & IPS_DYING || ct_gone_has(&t->gone, hash))
		return NULL;
	return ct_table_add(t, e, hash, CT_BORN, t->now);
}

/* Finds or makes the connection of e and tells what moved; NULL when there is to be none. */
static struct ct_connection *take_entry(struct ct_table *t, const struct ct_entry *e)
{
	struct ct_key key = ct_key_of_entry(e);
	struct ct_connection *c = guess(t, &key);
	struct ct_change change;
	uint64_t hash;

	if (!c) {
		hash = ct_key_hash(&key, &t->secret);
		c = ct_index_find(&t->index, &t->pool, &key, hash);
		if (!c)
			return add_unknown(t, e, hash);
	}
	if (c->table_flags & CT_BORN && t->gone.keys.used &&
	    ct_gone_has(&t->gone, ct_key_hash(&key, &t->secret)))
		return NULL; /* this is its predecessor, who went during this dump */
	if (ct_table_is_another(c, e)) {
		hash = ct_key_hash(&key, &t->secret);
		change =
		    (struct ct_change){.old_state = c->state, .old_status = c->status, .old_mark = c->mark};
		ct_table_end(t, c, &change);
		return add_unknown(t, e, hash);
	}
	if (ct_table_advance(c, e, t->now, &change)) {
		if (change.old_status & IPS_OFFLOAD && (change.packets[CT_ORIG] || change.packets[CT_REPLY]))
			c->table_flags |= CT_COUNTED;
		t->listener.changed(t->data, c, &change);
	}
	if (e->status & IPS_OFFLOAD)
		t->offloaded += !(c->table_flags & CT_COUNTED);
	else if (c->table_flags & CT_COUNTED)
		c->table_flags &= (uint8_t)~CT_COUNTED;
	return c;
}

void ct_table_dump_entry(struct ct_table *t, const struct ct_entry *e)
{
	struct ct_connection *c;
	uint32_t position;

	if (!t->dumping)
		return;
	c = take_entry(t, e);
	if (!c)
		return;
	position = ct_pool_position(c);
	if (*t->link != position)
		*t->link = position;
	t->link = &c->table_next;
	c->table_dump = t->dump;
	if (c->table_flags & CT_MISSED)
		c->table_flags &= (uint8_t)~CT_MISSED;
}

/* After a whole dump. True when c is gone. */
static bool settle(const struct ct_table *t, struct ct_connection *c)
{
	bool born = c->table_flags & CT_BORN;

	if (c->table_dump == t->dump) {
		if (!born && !(c->table_flags & CT_SETTLED))
			c->table_flags |= CT_SETTLED;
	} else if (!born) {
		if (c->table_flags & CT_MISSED)
			return true;
		c->table_flags |= CT_MISSED;
		c->table_dump = 0;
	}
	if (born)
		c->table_flags &= (uint8_t)~CT_BORN;
	return false;
}

static void settle_all(struct ct_table *t)
{
	for (uint32_t i = 0; i < t->pool.n_chunks; i++) {
		/* a chunk that becomes empty may be given back, and chunks at the end with it */
		for (uint32_t place = 0;
		     i < t->pool.n_chunks && t->pool.chunks[i] && place < t->pool.chunks[i]->fresh; place++) {
			struct ct_connection *c = &t->pool.chunks[i]->items[place];
			struct ct_change change;

			if (!(c->table_flags & CT_POOL_LIVE) || !settle(t, c))
				continue;
			change = (struct ct_change){
			    .old_state = c->state, .old_status = c->status, .old_mark = c->mark};
			ct_table_end(t, c, &change);
		}
	}
}

static void stop(struct ct_table *t)
{
	t->dumping = false;
	t->link = &t->first;
	ct_gone_clear(&t->gone);
}

void ct_table_dump_end(struct ct_table *t, uint64_t now)
{
	if (!t->dumping)
		return;
	t->now = now;
	settle_all(t);
	ct_unplaced_dump_end(&t->unplaced);
	t->uncounted = t->offloaded;
	stop(t);
}

void ct_table_dump_abort(struct ct_table *t)
{
	if (!t->dumping)
		return;
	/* its marks go, so that the next dump with the same one does not take them for its own */
	for (uint32_t position = 1; position <= ct_pool_positions(&t->pool); position++) {
		struct ct_connection *c = ct_pool_at(&t->pool, position);

		if (!c)
			continue;
		c->table_dump = 0;
		c->table_flags &= (uint8_t)~CT_BORN;
	}
	stop(t);
}
