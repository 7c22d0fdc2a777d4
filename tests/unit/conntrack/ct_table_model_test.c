/* SPDX-License-Identifier: MIT */
/*
 * The table against a naive kernel: entries come, count and go, events queue up and may be lost, dumps are
 * read from copies that grow old meanwhile. Whatever the order, the table ends with what the kernel has.
 */
#include "ct_table.h"

#include <stdio.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "entries.h"
#include "util.h"

enum { SLOTS = 48, QUEUE = 4096, CHUNK = 6 };

struct event {
	struct ct_entry entry;
	bool destroy;
};

struct world {
	/* the kernel: at most one entry for a tuple */
	struct ct_entry kernel[SLOTS];
	bool alive[SLOTS];
	uint64_t clock;
	bool timestamps, accounting;
	size_t created;
	struct event queue[QUEUE];
	size_t queued;

	/* the dump under way */
	bool dumping;
	int next; /* slot that the kernel writes next */
	struct ct_entry chunk[CHUNK];
	size_t in_chunk;

	struct ct_table *table;
	uint32_t now;

	/* what the listener made of it, by row */
	struct mirror {
		bool alive;
		uint64_t packets, bytes;
		uint32_t position;
	} * rows;
	size_t n_rows;
	size_t n_alive;
	uint64_t random;
};

static uint32_t roll(struct world *w, uint32_t below)
{
	w->random = w->random * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(w->random >> 33) % below;
}

static void added(void *data, struct ct_connection *c)
{
	struct world *w = data;

	assert_int_equal(c->row, w->n_rows + 1);
	w->rows = realloc(w->rows, (w->n_rows + 1) * sizeof(*w->rows));
	assert_non_null(w->rows);
	w->rows[w->n_rows++] = (struct mirror){
	    .alive = true,
	    .packets = c->packets[CT_ORIG],
	    .bytes = c->bytes[CT_REPLY],
	    .position = ct_table_position(w->table, c),
	};
	w->n_alive++;
}

static struct mirror *mirrored(struct world *w, const struct ct_connection *c, const struct ct_change *change)
{
	struct mirror *m;

	assert_in_range(c->row, 1, w->n_rows);
	m = &w->rows[c->row - 1];
	assert_true(m->alive);
	assert_int_equal(m->position, ct_table_position(w->table, c));
	if (change->zeroed)
		m->packets = m->bytes = 0;
	m->packets += change->packets[CT_ORIG];
	m->bytes += change->bytes[CT_REPLY];
	assert_int_equal(m->packets, c->packets[CT_ORIG]);
	assert_int_equal(m->bytes, c->bytes[CT_REPLY]);
	return m;
}

static void changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	(void)mirrored(data, c, change);
}

static void ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct world *w = data;

	mirrored(w, c, change)->alive = false;
	w->n_alive--;
}

static void queue(struct world *w, struct ct_entry e, bool destroy)
{
	assert_true(w->queued < QUEUE);
	w->queue[w->queued++] = (struct event){e, destroy};
}

static void kernel_create(struct world *w, int slot)
{
	struct ct_entry e = entry_make((uint16_t)(1000 + slot), 1 + roll(w, 2));

	w->clock += 1 + roll(w, 2000000);
	e.has_counters = w->accounting;
	e.start = w->timestamps ? w->clock * 20000 : 0;
	e.state = TCP_CONNTRACK_SYN_SENT;
	w->kernel[slot] = e;
	w->alive[slot] = true;
	w->created++;
	queue(w, entry_as_new(e), false);
}

static void kernel_step(struct world *w)
{
	int slot = (int)roll(w, SLOTS);
	struct ct_entry *e = &w->kernel[slot];

	if (!w->alive[slot]) {
		kernel_create(w, slot);
	} else if (w->timestamps && !roll(w, 20)) {
		*e = entry_counted(*e, 0); /* as conntrack -z does */
	} else if (roll(w, 3)) {
		if (w->accounting)
			*e = entry_counted(*e, e->packets[CT_ORIG] + roll(w, 5));
		e->state = (uint8_t)(1 + roll(w, 7));
	} else {
		w->alive[slot] = false;
		queue(w, *e, true);
	}
}

static void deliver(struct world *w, size_t n)
{
	n = n < w->queued ? n : w->queued;
	for (size_t i = 0; i < n; i++) {
		if (w->queue[i].destroy)
			ct_table_event_destroy(w->table, &w->queue[i].entry, w->now);
		else
			ct_table_event_new(w->table, &w->queue[i].entry, w->now);
	}
	memmove(w->queue, w->queue + n, (w->queued - n) * sizeof(w->queue[0]));
	w->queued -= n;
}

/* As ct_source does, events are drained before each dump. */
static void dump_begin(struct world *w)
{
	deliver(w, QUEUE);
	ct_table_dump_begin(w->table, w->now);
	w->dumping = true;
	w->next = 0;
	w->in_chunk = 0;
}

/* We read the chunk that the kernel wrote before, and the kernel writes the next. */
static void dump_step(struct world *w)
{
	for (size_t i = 0; i < w->in_chunk; i++)
		ct_table_dump_entry(w->table, &w->chunk[i]);
	if (w->next == SLOTS) {
		ct_table_dump_end(w->table, w->now);
		w->dumping = false;
		return;
	}
	for (w->in_chunk = 0; w->in_chunk < CHUNK && w->next < SLOTS; w->next++)
		if (w->alive[w->next])
			w->chunk[w->in_chunk++] = w->kernel[w->next];
}

static void dump_whole(struct world *w)
{
	dump_begin(w);
	while (w->dumping)
		dump_step(w);
}

static bool same_key(const struct ct_connection *c, const struct ct_entry *e)
{
	return c->id == e->id && !memcmp(&c->tuple[CT_ORIG], &e->tuple[CT_ORIG], sizeof(c->tuple[CT_ORIG]));
}

/* That the table has just the kernel's entries, and their counters when those must be known too. */
static void check(const struct world *w, bool counters)
{
	size_t kernel = 0, found = 0;

	for (int i = 0; i < SLOTS; i++)
		kernel += w->alive[i];
	assert_int_equal(ct_table_count(w->table), w->n_alive);
	assert_int_equal(ct_table_count(w->table), kernel);
	for (uint32_t p = 1; p <= ct_table_positions(w->table); p++) {
		const struct ct_connection *c = ct_table_at(w->table, p);
		const struct ct_entry *e;

		if (!c)
			continue;
		e = &w->kernel[c->tuple[CT_ORIG].sport - 1000];
		assert_true(w->alive[e - w->kernel]);
		assert_true(same_key(c, e));
		found++;
		if (counters) {
			assert_int_equal(c->packets[CT_ORIG], e->packets[CT_ORIG]);
			assert_int_equal(c->state, e->state);
		}
	}
	assert_int_equal(found, kernel);
}

static void step(struct world *w, bool lossy)
{
	w->now += roll(w, 20);
	switch (roll(w, 12)) {
	case 0:
	case 1:
		deliver(w, roll(w, 10));
		break;
	case 2:
		if (lossy && roll(w, 8) == 0)
			w->queued = roll(w, (uint32_t)w->queued + 1);
		break;
	case 3:
		if (w->dumping && roll(w, 30) == 0) {
			ct_table_dump_abort(w->table);
			w->dumping = false;
		}
		break;
	case 4:
	case 5:
	case 6:
		if (w->dumping)
			dump_step(w);
		else
			dump_begin(w);
		break;
	default:
		kernel_step(w);
	}
	if (w->queued > QUEUE / 2)
		deliver(w, QUEUE);
}

static void run(uint64_t seed, bool lossy, bool timestamps, bool accounting)
{
	static const struct ct_listener listener = {added, changed, ended};
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->random = seed;
	w->timestamps = timestamps;
	w->accounting = accounting;
	assert_int_equal(ct_table_new(&w->table, 1000, &listener, w), 0);
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 500; i++)
			step(w, lossy);
		while (w->dumping)
			dump_step(w);
		deliver(w, QUEUE);
		if (!lossy) {
			check(w, false); /* nothing came back, nothing is missing */
			if (timestamps)	 /* and nobody was taken for somebody else */
				assert_int_equal(w->n_rows, w->created);
		}
		dump_whole(w);
		dump_whole(w);
		check(w, true);
	}
	ct_table_free(w->table);
	free(w->rows);
	free(w);
}

static void test_without_losses(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++)
		run(seed, false, seed & 1, seed & 2);
}

static void test_with_losses(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++)
		run(seed + 1000, true, seed & 1, seed & 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_without_losses),
	    cmocka_unit_test(test_with_losses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
