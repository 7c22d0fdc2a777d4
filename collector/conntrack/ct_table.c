/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>

#include "log.h"

#include "ct_table_private.h"

#define NS_PER_S 1000000000u
/* An entry stays offloaded for 30 s after its last packet (nf_flow_table_core.c, NF_FLOW_TIMEOUT). */
#define OFFLOAD_MS 30000

int ct_table_new(struct ct_table **ret, size_t max, const struct ct_listener *listener, void *data)
{
	struct ct_table *t;
	int r;

	if (max == 0 || max > (1u << 30))
		return -EINVAL;
	t = calloc(1, sizeof(*t));
	if (!t)
		return -ENOMEM;
	t->listener = *listener;
	t->data = data;
	t->max = max;
	t->link = &t->first;
	ct_gone_init(&t->gone, max);
	ct_unplaced_init(&t->unplaced);
	r = ct_pool_init(&t->pool, max + 1); /* one place is for those that come and go in one call */
	if (r == 0)
		r = ct_index_init(&t->index);
	if (r == 0 && getrandom(&t->secret, sizeof(t->secret), 0) != sizeof(t->secret))
		r = -errno;
	if (r < 0) {
		ct_table_free(t);
		return r;
	}
	*ret = t;
	return 0;
}

struct ct_table *ct_table_free(struct ct_table *t)
{
	if (!t)
		return NULL;
	ct_gone_done(&t->gone);
	ct_unplaced_done(&t->unplaced);
	ct_index_done(&t->index);
	ct_pool_done(&t->pool);
	free(t);
	return NULL;
}

void ct_table_set_timeouts(struct ct_table *t, const struct ct_timeouts *timeouts)
{
	t->timeouts = *timeouts;
}

void ct_table_set_unheard(struct ct_table *t, bool unheard)
{
	t->unheard = unheard;
}

static inline uint32_t start_seconds(const struct ct_entry *e)
{
	return (uint32_t)(e->start / NS_PER_S);
}

static inline uint16_t start_fraction(const struct ct_entry *e)
{
	return (uint16_t)(e->start % NS_PER_S >> 14);
}

/* Before, at or after: < 0, 0, > 0; 0 also when one is not known. */
static int compare_start(const struct ct_connection *c, const struct ct_entry *e)
{
	uint64_t ours = (uint64_t)c->start << 16 | c->table_start;
	uint64_t theirs = (uint64_t)start_seconds(e) << 16 | start_fraction(e);

	if (!ours || !theirs || ours == theirs)
		return 0;
	return ours < theirs ? -1 : 1;
}

/* What is further away than 32 bits can say (24.8 days) is as far as they can. */
static inline uint32_t deadline(uint32_t timeout, uint64_t now)
{
	return (uint32_t)now + (timeout < INT32_MAX / 1000 ? timeout * 1000 : INT32_MAX);
}

/*
 * The kernel rounds the time left down to a second, and a dump's entries are read some time after it wrote
 * them: what differs by more than 1.5 s is another deadline, and only a packet (or an administrator) sets
 * one.
 */
static inline bool deadline_moved(uint32_t a, uint32_t b)
{
	int32_t difference = (int32_t)(a - b);

	return difference > 1500 || difference < -1500;
}

static bool counters_fell(const struct ct_connection *c, const struct ct_entry *e)
{
	return c->has_counters && e->has_counters &&
	       (e->packets[CT_ORIG] < c->packets[CT_ORIG] || e->bytes[CT_ORIG] < c->bytes[CT_ORIG] ||
		e->packets[CT_REPLY] < c->packets[CT_REPLY] || e->bytes[CT_REPLY] < c->bytes[CT_REPLY]);
}

bool ct_table_is_another(const struct ct_connection *c, const struct ct_entry *e)
{
	if (compare_start(c, e) != 0 || !ct_tuple_equal(&c->tuple[CT_REPLY], &e->tuple[CT_REPLY]))
		return true;
	/* The same start is the same connection, whatever became of its counters. */
	return !(c->start && e->start) && counters_fell(c, e);
}

static bool advance_counters(struct ct_connection *c, const struct ct_entry *e, struct ct_change *change)
{
	bool moved = !c->has_counters;

	/* Somebody set them to zero (conntrack -z, nlbwmon): they count on from there. */
	if (counters_fell(c, e)) {
		change->zeroed = true;
		memset(c->packets, 0, sizeof(c->packets));
		memset(c->bytes, 0, sizeof(c->bytes));
		moved = true;
	}
	for (int d = 0; d < CT_DIRECTIONS; d++) {
		change->packets[d] = e->packets[d] - c->packets[d];
		change->bytes[d] = e->bytes[d] - c->bytes[d];
		c->packets[d] = e->packets[d];
		c->bytes[d] = e->bytes[d];
		change->active |= change->packets[d] != 0;
		moved |= change->packets[d] || change->bytes[d];
	}
	c->has_counters = true;
	return moved;
}

static bool advance_timeout(struct ct_connection *c, const struct ct_entry *e, uint64_t now)
{
	uint32_t new = deadline(e->timeout, now);
	bool moved = deadline_moved(new, c->expires);

	if (moved)
		c->expires = new;
	return moved;
}

/* While a flowtable forwards an entry the kernel dumps neither its state nor its timeout
 * (ctnetlink_dump_info); it takes established TCP only. */
static inline uint8_t state_of(const struct ct_entry *e, uint8_t known)
{
	if (e->has_state)
		return e->state;
	return e->protocol == IPPROTO_TCP && e->status & IPS_OFFLOAD ? TCP_CONNTRACK_ESTABLISHED : known;
}

/* when: on the collector's clock, perhaps before its start. */
static void set_active(struct ct_connection *c, uint64_t when)
{
	c->active = (uint32_t)when;
	c->active_high = (when >> 32) % CT_ACTIVE_HIGH;
}

bool ct_table_advance(struct ct_connection *c, const struct ct_entry *e, uint64_t now,
		      struct ct_change *ret_change)
{
	struct ct_change change = {.old_state = c->state, .old_status = c->status, .old_mark = c->mark};
	bool moved = false;

	if (e->has_counters)
		moved = advance_counters(c, e, &change);
	if (e->has_timeout)
		change.refreshed = advance_timeout(c, e, now);
	if (e->has_status)
		c->status = e->status;
	c->state = state_of(e, c->state);
	if (!c->start && e->start) {
		c->start = start_seconds(e);
		c->table_start = start_fraction(e);
	}
	moved |= change.refreshed || c->state != change.old_state || c->status != change.old_status ||
		 c->mark != e->mark;
	c->mark = e->mark;
	/* Its counters may stand still, but a packet came lately. */
	if (c->status & IPS_OFFLOAD && (int64_t)now - ct_connection_active(c, now) > OFFLOAD_MS)
		change.active = moved = true;
	if (!moved)
		return false;

	/* Without counters, or where the hardware forwards past them, a new deadline or state was a packet.
	 */
	if (!c->has_counters || c->status & (IPS_OFFLOAD | IPS_HW_OFFLOAD))
		change.active |= change.refreshed || c->state != change.old_state;
	if (change.active)
		set_active(c, now);
	*ret_change = change;
	return true;
}

/* As ct_table_add, whatever max says. NULL without memory. */
static struct ct_connection *add(struct ct_table *t, const struct ct_entry *e, uint64_t hash, uint8_t flags,
				 uint64_t now)
{
	/* Of one that begins while we listen the last packet was now; of the others their age tells. */
	uint32_t idle = flags & CT_SETTLED ? 0 : ct_timeouts_idle(&t->timeouts, e);
	struct ct_connection *c = ct_pool_take(&t->pool);

	if (!c)
		return NULL;
	if (ct_index_add(&t->index, ct_pool_position(c), hash) < 0) {
		ct_pool_give(&t->pool, c);
		return NULL;
	}
	memcpy(c->tuple, e->tuple, sizeof(c->tuple));
	memcpy(c->packets, e->packets, sizeof(c->packets));
	memcpy(c->bytes, e->bytes, sizeof(c->bytes));
	c->id = e->id;
	c->status = e->status;
	c->mark = e->mark;
	c->start = start_seconds(e);
	c->table_start = start_fraction(e);
	c->seen = (uint32_t)now;
	c->seen_high = (uint8_t)(now >> 32);
	set_active(c, now - (uint64_t)idle * 1000);
	c->row = ++t->rows;
	c->zone = e->zone;
	c->protocol = e->protocol;
	c->state = state_of(e, 0);
	c->has_counters = e->has_counters;
	c->has_ports = e->has_ports;
	c->expires = deadline(e->timeout, now);
	c->table_flags |= flags;
	t->listener.added(t->data, c);
	return c;
}

struct ct_connection *ct_table_add(struct ct_table *t, const struct ct_entry *e, uint64_t hash, uint8_t flags,
				   uint64_t now)
{
	struct ct_connection *c = t->index.used < t->max ? add(t, e, hash, flags, now) : NULL;

	if (c) {
		(void)ct_unplaced_forget(&t->unplaced, hash);
	} else if (ct_unplaced_note(&t->unplaced, hash)) {
		log_debug("Left out a connection: the table is full.");
		t->full++;
	}
	return c;
}

void ct_table_end(struct ct_table *t, struct ct_connection *c, const struct ct_change *change)
{
	struct ct_key key = ct_key_of_connection(c);

	if (t->link == &c->table_next)
		t->link = &t->nowhere;
	ct_index_remove(&t->index, ct_pool_position(c), ct_key_hash(&key, &t->secret));
	t->listener.ended(t->data, c, change);
	ct_pool_give(&t->pool, c);
}

static void end_unheard(struct ct_table *t, struct ct_connection *c)
{
	struct ct_change change = {.old_state = c->state, .old_status = c->status, .old_mark = c->mark};

	ct_table_end(t, c, &change);
}

/* One that is known from its DESTROY alone counts as one that came and went; e has its final counters. */
static void count_ended(struct ct_table *t, const struct ct_entry *e, uint64_t hash, uint64_t now,
			bool unplaced)
{
	struct ct_entry ended = *e;
	struct ct_connection *c;

	/* One that has been there for long mostly goes when its time is over. */
	ended.has_timeout = true;
	ended.timeout = 0;
	c = add(t, &ended, hash, unplaced ? 0 : CT_SETTLED, now);
	if (c)
		end_unheard(t, c);
}

void ct_table_event_new(struct ct_table *t, const struct ct_entry *e, uint64_t now)
{
	struct ct_key key = ct_key_of_entry(e);
	uint64_t hash = ct_key_hash(&key, &t->secret);
	struct ct_connection *c = ct_index_find(&t->index, &t->pool, &key, hash);

	if (c && !(c->table_flags & CT_SETTLED)) {
		c->table_flags |= CT_SETTLED;
		return;
	}
	if (c)
		end_unheard(t, c);
	(void)ct_table_add(t, e, hash, CT_SETTLED | (t->dumping ? CT_BORN : 0), now);
}

void ct_table_event_destroy(struct ct_table *t, const struct ct_entry *e, uint64_t now)
{
	struct ct_key key = ct_key_of_entry(e);
	uint64_t hash = ct_key_hash(&key, &t->secret);
	struct ct_connection *c = ct_index_find(&t->index, &t->pool, &key, hash);
	struct ct_change change;

	/* a dump was faster than the events and shows whom the id belongs to now */
	if (c && compare_start(c, e) > 0)
		return;
	if (t->dumping)
		ct_gone_add(&t->gone, hash);
	if (c && ct_table_is_another(c, e)) {
		bool later = compare_start(c, e) < 0;

		end_unheard(t, c);
		/* without timestamps it may be the one before, which has counted */
		if (!later)
			return;
		c = NULL;
	}
	if (!c) {
		bool unplaced = ct_unplaced_forget(&t->unplaced, hash);

		if (unplaced || t->unheard)
			count_ended(t, e, hash, now, unplaced);
		return;
	}
	if (!ct_table_advance(c, e, now, &change))
		change =
		    (struct ct_change){.old_state = c->state, .old_status = c->status, .old_mark = c->mark};
	ct_table_end(t, c, &change);
}

uint32_t ct_table_last_row(const struct ct_table *t)
{
	return t->rows;
}

size_t ct_table_count(const struct ct_table *t)
{
	return t->index.used;
}

uint64_t ct_table_full(const struct ct_table *t)
{
	return t->full;
}

size_t ct_table_uncounted(const struct ct_table *t)
{
	return t->uncounted;
}

size_t ct_table_memory(const struct ct_table *t)
{
	return sizeof(*t) + (size_t)t->pool.mapped * CT_CHUNK_SIZE +
	       t->pool.max_chunks * sizeof(struct ct_chunk *) + t->index.size * sizeof(struct ct_index_slot) +
	       t->gone.keys.size * sizeof(uint64_t) + t->unplaced.keys.size * sizeof(uint64_t);
}

size_t ct_table_positions(const struct ct_table *t)
{
	return ct_pool_positions(&t->pool);
}

struct ct_connection *ct_table_at(const struct ct_table *t, uint32_t position)
{
	return ct_pool_at(&t->pool, position);
}

uint32_t ct_table_position(const struct ct_table *t, const struct ct_connection *c)
{
	(void)t;
	return ct_pool_position(c);
}
