/* SPDX-License-Identifier: MIT */
#include "connections.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <stdlib.h>

#include "connections_row.h"

#define FIRST_ITEMS 256
#define SAMPLES 8192			   /* connections from which the age of all is told */
#define MOST_SHARE(most) ((most) / 10 * 9) /* to begin with, so that new ones fit for a while */

/* In feed_changed, beside the columns that changed: viewers were told numbers, not nil, as its counters.
 */
#define COUNTED (1u << 31)
_Static_assert(CONNECTION_COLUMNS <= 31, "feed_changed holds a bit for each column");

#define COUNTERS                                                                                             \
	(COLUMN(CONNECTION_ORIG_PACKETS) | COLUMN(CONNECTION_ORIG_BYTES) |                                   \
	 COLUMN(CONNECTION_REPLY_PACKETS) | COLUMN(CONNECTION_REPLY_BYTES))

#define ADDRESSES                                                                                            \
	(COLUMN(CONNECTION_ORIG_SRC) | COLUMN(CONNECTION_ORIG_DST) | COLUMN(CONNECTION_REPLY_SRC) |          \
	 COLUMN(CONNECTION_REPLY_DST))

struct list {
	uint32_t *items;
	size_t n, max;
};

struct connections {
	const struct ct_table *table;
	const struct model *model;
	struct row_watch *watch;
	struct list dirty;   /* positions; one may be there twice, or of a connection that has ended */
	struct list removed; /* row ids */
	struct encoder_scratch scratch;
	struct connections_item *items; /* of the delta that is written */
	size_t max_items;
	struct keyframe *keyframe; /* that is made; NULL: none is */
	uint32_t next;		   /* the first position that is not in it yet */
	size_t most, at_most;	   /* rows that may be in the topic: now, and where they are small */
	size_t n;		   /* that are in it */
	uint32_t oldest;	   /* the row id of the oldest in it; 0: all are */
	bool fresh;		   /* nobody is in step with the keyframe that is made */
	bool followed, broken;
};

int connections_new(struct connections **ret, const struct ct_table *table, const struct model *model,
		    struct row_watch *watch, size_t most)
{
	struct connections *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	s->table = table;
	s->model = model;
	s->watch = watch;
	s->most = s->at_most = most;
	*ret = s;
	return 0;
}

static void release(struct connections *s)
{
	free(s->dirty.items);
	free(s->removed.items);
	free(s->items);
	s->dirty = s->removed = (struct list){};
	s->items = NULL;
	s->max_items = 0;
	encoder_scratch_done(&s->scratch);
}

struct connections *connections_free(struct connections *s)
{
	if (!s)
		return NULL;
	release(s);
	free(s);
	return NULL;
}

static void push(struct connections *s, struct list *l, uint32_t item)
{
	if (l->n == l->max) {
		size_t max = l->max ? l->max * 2 : FIRST_ITEMS;
		uint32_t *items = reallocarray(l->items, max, sizeof(*items));

		if (!items) {
			s->broken = true;
			return;
		}
		l->items = items;
		l->max = max;
	}
	l->items[l->n++] = item;
	if (s->watch->pending)
		return;
	s->watch->pending = true;
	if (s->watch->changed)
		s->watch->changed(s->watch->data);
}

/* It will be in the keyframe that is made, as it is then. */
static bool waits(const struct connections *s, const struct ct_connection *c)
{
	return s->keyframe && ct_table_position(s->table, c) >= s->next;
}

/* Viewers may not have it (any more). */
static void withhold(struct connections *s, struct ct_connection *c)
{
	/* who takes the keyframe that is made would have to be told that it is gone, and so what it was */
	if (c->feed_sent && waits(s, c))
		s->broken = true;
	if (c->feed_sent && s->followed) {
		push(s, &s->removed, c->row);
		s->n--;
	}
	c->feed_sent = c->feed_dirty = false;
}

static void note(struct connections *s, struct ct_connection *c, uint64_t columns)
{
	if (model_is_secret(c)) {
		withhold(s, c);
		return;
	}
	if (!s->followed || c->row < s->oldest)
		return;
	c->feed_changed |= (uint32_t)columns;
	if (c->feed_dirty)
		return;
	c->feed_dirty = true;
	if (!waits(s, c))
		push(s, &s->dirty, ct_table_position(s->table, c));
}

void connections_added(struct connections *s, struct ct_connection *c)
{
	c->feed_sent = c->feed_dirty = false;
	c->feed_changed = 0;
	note(s, c, 0);
}

void connections_changed(struct connections *s, struct ct_connection *c, const struct ct_change *change)
{
	uint64_t columns = 0;

	if (change->refreshed || (c->status ^ change->old_status) & IPS_OFFLOAD)
		columns |= COLUMN(CONNECTION_EXPIRES);
	if (c->mark != change->old_mark)
		columns |= COLUMN(CONNECTION_MARK);
	if (change->active)
		columns |= COLUMN(CONNECTION_ACTIVE);
	if (c->state != change->old_state)
		columns |= COLUMN(CONNECTION_STATE);
	if (c->status != change->old_status)
		columns |= COLUMN(CONNECTION_STATUS);
	for (int d = CT_ORIG; d < CT_DIRECTIONS; d++) {
		if (change->packets[d])
			columns |= COLUMN(d == CT_ORIG ? CONNECTION_ORIG_PACKETS : CONNECTION_REPLY_PACKETS);
		if (change->bytes[d])
			columns |= COLUMN(d == CT_ORIG ? CONNECTION_ORIG_BYTES : CONNECTION_REPLY_BYTES);
	}
	/* The first counters may be 0, which no increment shows. */
	if ((c->has_counters && !(c->feed_changed & COUNTED)) || change->zeroed)
		columns |= COUNTERS;
	note(s, c, columns);
}

static void mark_sent(struct ct_connection *c)
{
	c->feed_sent = true;
	c->feed_dirty = false;
	c->feed_changed = c->has_counters ? COUNTED : 0;
}

static void add(struct connections *s, struct ct_connection *c, uint64_t columns, uint64_t time)
{
	struct connections_item item = {s->model, c, time};

	s->n += s->fresh || !c->feed_sent;
	keyframe_add(s->keyframe, 0, c->row, &item, !c->feed_sent, columns);
	mark_sent(c);
}

void connections_ended(struct connections *s, struct ct_connection *c)
{
	if (c->row < s->oldest)
		c->feed_sent = false;
	/* Viewers in step have it: so must those who take the keyframe, to be told that it is gone. */
	if (c->feed_sent && waits(s, c))
		add(s, c, KEYFRAME_ALL, (uint64_t)model_now(s->model));
	if (s->followed && c->feed_sent) {
		push(s, &s->removed, c->row);
		s->n--;
	}
	c->feed_sent = c->feed_dirty = false;
}

void connections_moved(struct connections *s, struct ct_connection *c)
{
	note(s, c, COLUMN(CONNECTION_CONVERSATION) | ADDRESSES);
}

static int compare_rows(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

	return a < b ? -1 : a > b;
}

/* The row id above which there are about as many connections as fit; all where they do. */
static uint32_t choose_oldest(const struct connections *s)
{
	size_t positions = ct_table_positions(s->table), count = ct_table_count(s->table), n = 0;
	size_t step = positions / SAMPLES + 1;
	static uint32_t rows[SAMPLES];

	if (count <= s->most)
		return 0;
	for (size_t at = 1; at <= positions && n < SAMPLES; at += step) {
		const struct ct_connection *c = ct_table_at(s->table, (uint32_t)at);

		if (c)
			rows[n++] = c->row;
	}
	if (!n)
		return 0;
	qsort(rows, n, sizeof(rows[0]), compare_rows);
	return rows[n * (count - MOST_SHARE(s->most)) / count];
}

/* A new keyframe that nobody is in step with: which are in the topic may be others now. */
static void begin_fresh(struct connections *s)
{
	if (ct_table_count(s->table) < s->most / 2)
		s->most = s->at_most;
	s->oldest = choose_oldest(s);
	s->n = 0;
}

static void begin(void *data, struct keyframe *k)
{
	struct connections *s = data;

	s->fresh = !s->followed;
	if (s->fresh)
		begin_fresh(s);
	s->keyframe = k;
	s->next = 1;
	s->dirty.n = s->removed.n = 0;
	s->followed = true;
	s->broken = false;
}

static bool slice(void *data, uint64_t until)
{
	struct connections *s = data;
	uint64_t now = (uint64_t)model_now(s->model);

	while (s->next <= ct_table_positions(s->table)) {
		struct ct_connection *c = ct_table_at(s->table, s->next++);

		if (c && c->row >= s->oldest && !model_is_secret(c))
			add(s, c, c->feed_changed & ~COUNTED, now);
		else if (c)
			c->feed_sent = c->feed_dirty = false;
		if (topic_slice_is_over(s->next, until))
			return false;
	}
	s->keyframe = NULL;
	s->fresh = false;
	return true;
}

static int reserve_items(struct connections *s)
{
	struct connections_item *items;

	if (s->dirty.n <= s->max_items)
		return 0;
	items = reallocarray(s->items, s->dirty.max, sizeof(*items));
	if (!items)
		return -ENOMEM;
	s->items = items;
	s->max_items = s->dirty.max;
	return 0;
}

static void gather(struct connections *s, uint64_t time)
{
	size_t n = 0;

	for (size_t i = 0; i < s->dirty.n; i++) {
		struct ct_connection *c = ct_table_at(s->table, s->dirty.items[i]);
		struct connections_item *item = &s->items[n];

		/* The first mention of a connection brings all that changed; a place may be empty or reused. */
		if (!c || !c->feed_dirty)
			continue;
		*item = (struct connections_item){s->model, c, time};
		n++;
		if (c->feed_sent) {
			encoder_scratch_change(&s->scratch, c->row, c->feed_changed & ~COUNTED, item);
		} else {
			encoder_scratch_new(&s->scratch, c->row, item);
			s->n++;
		}
		mark_sent(c);
	}
}

/* More than fit, or all would fit again: only a keyframe makes that right. */
static bool has_other_size(const struct connections *s)
{
	return s->n > s->most || (s->oldest && ct_table_count(s->table) < s->most / 4 * 3);
}

static void delta(void *data, msgpack_packer *p, uint64_t time)
{
	struct connections *s = data;

	encoder_scratch_clear(&s->scratch);
	if (reserve_items(s) < 0)
		s->broken = true;
	else
		gather(s, time);
	s->broken |= s->scratch.failed || has_other_size(s);
	if (s->removed.n || s->scratch.n_new || s->scratch.n_changes) {
		msgpack_pack_array(p, 1);
		encoder_delta(p, &connections_schema, 0, s->removed.items, s->removed.n, &s->scratch, time);
	} else {
		msgpack_pack_array(p, 0);
	}
	s->dirty.n = s->removed.n = 0;
}

static bool has_changes(void *data)
{
	struct connections *s = data;

	return s->dirty.n || s->removed.n;
}

static bool is_broken(void *data)
{
	struct connections *s = data;

	return s->broken;
}

static bool too_large(void *data)
{
	struct connections *s = data;

	s->most = s->n / 4 * 3;
	return s->most > 0;
}

size_t connections_left_out(const struct connections *s)
{
	size_t count = ct_table_count(s->table);

	return s->followed && s->oldest && !s->keyframe && count > s->n ? count - s->n : 0;
}

static size_t unlisted(void *data)
{
	return connections_left_out(data);
}

static void unfollow(void *data)
{
	struct connections *s = data;

	release(s);
	s->keyframe = NULL;
	s->followed = s->broken = false;
}

struct topic_source connections_source(struct connections *s)
{
	return (struct topic_source){
	    .data = s,
	    .tables = &connections_schema,
	    .n_tables = 1,
	    .begin = begin,
	    .slice = slice,
	    .delta = delta,
	    .has_changes = has_changes,
	    .is_broken = is_broken,
	    .too_large = too_large,
	    .unlisted = unlisted,
	    .unfollow = unfollow,
	};
}
