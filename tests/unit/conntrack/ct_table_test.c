/* SPDX-License-Identifier: MIT */
#include "ct_table.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <stdio.h>

#include "../cmocka_all.h"
#include "entries.h"
#include "util.h"

#define S 1000000000ull

struct heard {
	struct ct_table *table;
	unsigned added, changed, ended;
	struct ct_connection last; /* of the last call */
	struct ct_change change;
};

static void added(void *data, struct ct_connection *c)
{
	struct heard *h = data;

	h->added++;
	h->last = *c;
}

static void changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct heard *h = data;

	h->changed++;
	h->last = *c;
	h->change = *change;
}

static void ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct heard *h = data;

	h->ended++;
	h->last = *c;
	h->change = *change;
}

static const struct ct_listener listener = {added, changed, ended};

static void open_table(struct heard *h, size_t max)
{
	memset(h, 0, sizeof(*h));
	assert_int_equal(ct_table_new(&h->table, max, &listener, h), 0);
}

static void dump(struct heard *h, uint32_t now, const struct ct_entry *entries, size_t n)
{
	ct_table_dump_begin(h->table, now);
	for (size_t i = 0; i < n; i++)
		ct_table_dump_entry(h->table, &entries[i]);
	ct_table_dump_end(h->table, now);
}

static void assert_heard(const struct heard *h, unsigned n_added, unsigned n_changed, unsigned n_ended)
{
	assert_int_equal(h->added, n_added);
	assert_int_equal(h->changed, n_changed);
	assert_int_equal(h->ended, n_ended);
	assert_int_equal(ct_table_count(h->table), n_added - n_ended);
}

static void test_life(void **state)
{
	struct ct_entry e = entry_make(1000, 7), now;
	struct heard h;

	(void)state;
	open_table(&h, 100);
	now = entry_as_new(e);
	now.state = TCP_CONNTRACK_SYN_SENT;
	ct_table_event_new(h.table, &now, 50);
	assert_heard(&h, 1, 0, 0);
	assert_int_equal(h.last.seen, 50);
	assert_int_equal(h.last.row, 1);
	assert_false(h.last.has_counters);

	now = entry_counted(e, 3);
	now.start = 5 * S + 1;
	dump(&h, 1000, &now, 1);
	assert_heard(&h, 1, 1, 0);
	assert_int_equal(h.change.packets[CT_ORIG], 3);
	assert_int_equal(h.change.bytes[CT_REPLY], 9000);
	assert_int_equal(h.change.old_state, TCP_CONNTRACK_SYN_SENT);
	assert_true(h.change.active);
	assert_int_equal(h.last.state, TCP_CONNTRACK_ESTABLISHED);
	assert_int_equal(h.last.start, 5);
	assert_int_equal(h.last.active, 1000);

	/* the timeout runs down: nothing to tell */
	now.timeout = 599;
	dump(&h, 2000, &now, 1);
	assert_heard(&h, 1, 1, 0);

	now = entry_counted(now, 10);
	now.has_timeout = false;
	ct_table_event_destroy(h.table, &now, 2500);
	assert_heard(&h, 1, 1, 1);
	assert_int_equal(h.change.packets[CT_REPLY], 14);
	assert_int_equal(h.last.packets[CT_REPLY], 20);
	assert_int_equal(h.last.active, 2500);
	ct_table_free(h.table);
}

static void test_event_order(void **state)
{
	struct ct_entry e = entry_make(1000, 7), n = entry_as_new(e);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	ct_table_event_destroy(h.table, &e, 1); /* unknown */
	assert_heard(&h, 0, 0, 0);

	/* a dump shows it before its NEW is read */
	dump(&h, 10, &e, 1);
	ct_table_event_new(h.table, &n, 11);
	assert_heard(&h, 1, 0, 0);
	/* but a second NEW is another connection, whose predecessor's DESTROY was lost */
	ct_table_event_new(h.table, &n, 12);
	assert_heard(&h, 2, 0, 1);
	ct_table_event_destroy(h.table, &e, 13);
	assert_heard(&h, 2, 0, 2);
	ct_table_free(h.table);
}

static void test_old_entry_reborn(void **state)
{
	struct ct_entry e = entry_make(1000, 7), n = entry_as_new(e);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, &e, 1);
	dump(&h, 20, &e, 1);
	/* its own NEW cannot be that late */
	ct_table_event_new(h.table, &n, 30);
	assert_heard(&h, 2, 0, 1);
	ct_table_free(h.table);
}

static void test_another_under_the_same_key(void **state)
{
	struct ct_entry e = entry_counted(entry_make(1000, 7), 10), f;
	struct heard h;
	uint32_t row;

	(void)state;
	open_table(&h, 100);
	e.start = 5 * S;
	dump(&h, 10, &e, 1);
	row = h.last.row;

	f = entry_counted(e, 20);
	f.start = 5 * S + 20000; /* 20 µs later */
	dump(&h, 20, &f, 1);
	assert_heard(&h, 2, 0, 1);
	assert_int_not_equal(h.last.row, row);
	assert_int_equal(h.last.packets[CT_ORIG], 20);

	f.bytes[CT_REPLY]--;
	dump(&h, 30, &f, 1);
	assert_heard(&h, 3, 0, 2);

	f.tuple[CT_REPLY].dport++; /* masqueraded another way */
	dump(&h, 40, &f, 1);
	assert_heard(&h, 4, 0, 3);
	ct_table_free(h.table);
}

static void test_same_tuple_other_key(void **state)
{
	struct ct_entry e[4] = {entry_make(1000, 7), entry_make(1000, 8), entry_make(1000, 7),
				entry_make(1000, 7)};
	struct heard h;

	(void)state;
	open_table(&h, 100);
	e[2].zone = 3;
	e[3].protocol = IPPROTO_UDP;
	dump(&h, 10, e, 4);
	dump(&h, 20, e, 4);
	assert_heard(&h, 4, 0, 0);
	ct_table_free(h.table);
}

static void test_absent_from_two_dumps(void **state)
{
	struct ct_entry e[3] = {entry_make(1000, 1), entry_make(1001, 2), entry_make(1002, 3)};
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, e, 3);
	dump(&h, 20, e, 2);
	assert_heard(&h, 3, 0, 0);
	dump(&h, 30, e, 3); /* it was hidden only */
	dump(&h, 40, e, 2);
	assert_heard(&h, 3, 0, 0);
	dump(&h, 50, e, 2);
	assert_heard(&h, 3, 0, 1);
	assert_int_equal(h.last.id, 3);
	dump(&h, 60, NULL, 0);
	dump(&h, 70, NULL, 0);
	assert_heard(&h, 3, 0, 3);
	ct_table_free(h.table);
}

static void test_born_during_a_dump(void **state)
{
	struct ct_entry e = entry_as_new(entry_make(1000, 1));
	struct heard h;

	(void)state;
	open_table(&h, 100);
	ct_table_dump_begin(h.table, 10);
	ct_table_event_new(h.table, &e, 11);
	ct_table_dump_end(h.table, 12); /* its absence means nothing */
	dump(&h, 20, NULL, 0);
	assert_heard(&h, 1, 0, 0);
	dump(&h, 30, NULL, 0);
	assert_heard(&h, 1, 0, 1);
	ct_table_free(h.table);
}

static void test_aborted_dumps(void **state)
{
	struct ct_entry e[2] = {entry_make(1000, 1), entry_make(1001, 2)};
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, e, 2);
	for (uint32_t i = 0; i < 600; i++) { /* more than any mark of a dump counts */
		ct_table_dump_begin(h.table, 20 + i);
		ct_table_dump_entry(h.table, &e[0]);
		ct_table_dump_abort(h.table);
	}
	assert_heard(&h, 2, 0, 0);
	dump(&h, 1000, &e[0], 1);
	assert_heard(&h, 2, 0, 0);
	/* that an aborted dump showed the first does not speak for the second */
	ct_table_dump_begin(h.table, 1100);
	ct_table_dump_entry(h.table, &e[0]);
	ct_table_dump_abort(h.table);
	dump(&h, 1200, &e[1], 1);
	assert_heard(&h, 2, 0, 0);
	dump(&h, 1300, &e[1], 1);
	assert_heard(&h, 2, 0, 1);
	assert_int_equal(h.last.id, 1);
	ct_table_free(h.table);
}

static void test_no_resurrection(void **state)
{
	struct ct_entry e = entry_counted(entry_make(1000, 1), 5), stale = e, other = entry_make(1001, 2);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, &e, 1);

	ct_table_dump_begin(h.table, 20);
	ct_table_event_destroy(h.table, &e, 21);
	ct_table_dump_entry(h.table, &stale);
	assert_heard(&h, 1, 0, 1);
	/* nor one that was never heard of */
	ct_table_event_destroy(h.table, &other, 22);
	ct_table_dump_entry(h.table, &other);
	assert_heard(&h, 1, 0, 1);
	ct_table_dump_end(h.table, 23);

	/* the next dump is believed again */
	dump(&h, 30, &e, 1);
	assert_heard(&h, 2, 0, 1);
	ct_table_free(h.table);
}

static void test_stale_record_of_predecessor(void **state)
{
	struct ct_entry old = entry_counted(entry_make(1000, 1), 500), young = entry_as_new(old);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, &old, 1);
	ct_table_dump_begin(h.table, 20);
	ct_table_event_destroy(h.table, &old, 21);
	ct_table_event_new(h.table, &young, 22);
	ct_table_dump_entry(h.table, &old);
	ct_table_dump_end(h.table, 23);
	assert_heard(&h, 2, 0, 1);
	assert_int_equal(ct_table_at(h.table, 1)->packets[CT_ORIG], 0);
	ct_table_free(h.table);
}

static void test_destroy_of_predecessor(void **state)
{
	struct ct_entry old = entry_counted(entry_make(1000, 1), 500), young = entry_make(1000, 1);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	old.start = 5 * S;
	young.start = 6 * S;
	dump(&h, 10, &old, 1);
	dump(&h, 20, &young, 1);
	assert_heard(&h, 2, 0, 1);
	ct_table_event_destroy(h.table, &old, 21); /* the events were slower */
	assert_heard(&h, 2, 0, 1);
	/* one that began later than ours: ours is long gone, its counters are not of ours */
	young.start = 7 * S;
	ct_table_event_destroy(h.table, &young, 22);
	assert_heard(&h, 2, 0, 2);
	assert_int_equal(h.change.packets[CT_ORIG], 0);
	ct_table_free(h.table);
}

static void test_dying(void **state)
{
	struct ct_entry e = entry_make(1000, 1);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	e.status = IPS_CONFIRMED | IPS_DYING;
	dump(&h, 10, &e, 1);
	assert_heard(&h, 0, 0, 0);
	ct_table_free(h.table);
}

static void test_follower_freed(void **state)
{
	struct ct_entry e[4] = {entry_make(1, 1), entry_make(2, 2), entry_make(3, 3), entry_make(4, 4)};
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, e, 4);
	/* the one just read goes while its follower is looked for */
	ct_table_dump_begin(h.table, 20);
	ct_table_dump_entry(h.table, &e[0]);
	ct_table_dump_entry(h.table, &e[1]);
	ct_table_event_destroy(h.table, &e[1], 21);
	ct_table_event_new(h.table, &e[1], 22); /* takes its place */
	ct_table_dump_entry(h.table, &e[2]);
	ct_table_dump_entry(h.table, &e[3]);
	ct_table_dump_end(h.table, 23);
	assert_heard(&h, 5, 0, 1);
	/* another order, one twice */
	dump(&h, 30, (struct ct_entry[]){e[3], e[2], e[2], e[1], e[0]}, 5);
	dump(&h, 40, e, 4);
	assert_heard(&h, 5, 0, 1);
	ct_table_free(h.table);
}

static void test_timeout_is_activity(void **state)
{
	struct ct_entry e = entry_as_new(entry_make(1000, 1));
	struct heard h;

	(void)state;
	open_table(&h, 100);
	e.protocol = IPPROTO_UDP;
	e.has_state = false;
	e.timeout = 30;
	dump(&h, 0, &e, 1);
	for (uint32_t s = 1; s <= 10; s++) { /* runs down */
		e.timeout = 30 - s - s % 2;  /* the kernel's rounding */
		dump(&h, s * 1000, &e, 1);
	}
	assert_heard(&h, 1, 0, 0);
	e.timeout = 29; /* a packet came */
	dump(&h, 11000, &e, 1);
	assert_heard(&h, 1, 1, 0);
	assert_true(h.change.active);
	assert_int_equal(h.last.active, 11000);
	/* packets all the time: the timeout stands still */
	for (uint32_t s = 12; s <= 20; s++)
		dump(&h, s * 1000, &e, 1);
	assert_in_range(h.changed, 4, 10);
	assert_in_range(h.last.active, 18000, 20000);

	/* with counters, they alone tell, but where the hardware forwards */
	e.has_counters = true;
	dump(&h, 20000, &e, 1);
	h.changed = 0;
	e.timeout = 100;
	dump(&h, 20500, &e, 1);
	assert_int_equal(h.changed, 1);
	assert_false(h.change.active);
	e.status |= IPS_OFFLOAD;
	e.timeout = 200;
	dump(&h, 21000, &e, 1);
	assert_true(h.change.active);
	ct_table_free(h.table);
}

static void test_full(void **state)
{
	struct ct_entry e[6], n;
	struct heard h;

	(void)state;
	for (uint16_t i = 0; i < 6; i++)
		e[i] = entry_make(i, i);
	open_table(&h, 3);
	dump(&h, 10, e, 5);
	assert_int_equal(ct_table_full(h.table), 2);
	for (uint32_t i = 0; i < 5; i++)
		dump(&h, 20 + i, e, 5); /* the same two */
	assert_int_equal(ct_table_full(h.table), 2);
	n = entry_as_new(e[5]);
	ct_table_event_new(h.table, &n, 30);
	assert_int_equal(ct_table_full(h.table), 3);
	dump(&h, 40, e, 6);
	assert_int_equal(ct_table_full(h.table), 3);
	assert_heard(&h, 3, 0, 0);
	/* room again: the next dump brings one in */
	ct_table_event_destroy(h.table, &e[0], 50);
	dump(&h, 60, e + 1, 5);
	assert_heard(&h, 4, 0, 1);
	assert_int_equal(ct_table_full(h.table), 3);
	assert_int_equal(ct_table_new(&h.table, 0, &listener, &h), -EINVAL);
	ct_table_free(h.table);
}

static void test_positions(void **state)
{
	struct heard h;
	size_t n = 0;

	(void)state;
	open_table(&h, 10000);
	for (uint16_t i = 0; i < 5000; i++) {
		struct ct_entry e = entry_make(i, i);

		ct_table_event_new(h.table, &e, 1);
	}
	for (uint32_t p = 0; p <= ct_table_positions(h.table) + 5; p++) {
		struct ct_connection *c = ct_table_at(h.table, p);

		if (!c)
			continue;
		n++;
		assert_int_equal(ct_table_position(h.table, c), p);
	}
	assert_int_equal(n, 5000);
	assert_null(ct_table_at(h.table, UINT32_MAX));
	ct_table_free(h.table);
}

static struct ct_entry numbered(uint32_t i)
{
	struct ct_entry e = entry_make((uint16_t)i, i);

	e.tuple[CT_ORIG].src.bytes[14] = (uint8_t)(i >> 16);
	e.tuple[CT_REPLY].dst = e.tuple[CT_ORIG].src;
	return e;
}

static void test_memory(void **state)
{
	enum { N = 200000 };
	size_t before, worst = 0;
	struct heard h;

	(void)state;
	open_table(&h, 1000000);
	before = ct_table_memory(h.table);
	for (uint32_t i = 0; i < N; i++) {
		struct ct_entry e = numbered(i);

		ct_table_event_new(h.table, &e, 1);
		if (i > 20000 && ct_table_memory(h.table) / (i + 1) > worst)
			worst = ct_table_memory(h.table) / (i + 1);
	}
	assert_in_range(worst, 160, 205); /* a chunk is filled yet, and the chunks' list is for a million */
	assert_in_range(ct_table_memory(h.table) / N, 160, 190);
	for (uint32_t i = 0; i < N; i++) {
		struct ct_entry e = numbered(i * 7919u % N);

		ct_table_event_destroy(h.table, &e, 2);
	}
	assert_heard(&h, N, 0, N);
	assert_int_equal(ct_table_memory(h.table), before);
	ct_table_free(h.table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_life),
	    cmocka_unit_test(test_event_order),
	    cmocka_unit_test(test_old_entry_reborn),
	    cmocka_unit_test(test_another_under_the_same_key),
	    cmocka_unit_test(test_same_tuple_other_key),
	    cmocka_unit_test(test_absent_from_two_dumps),
	    cmocka_unit_test(test_born_during_a_dump),
	    cmocka_unit_test(test_aborted_dumps),
	    cmocka_unit_test(test_no_resurrection),
	    cmocka_unit_test(test_stale_record_of_predecessor),
	    cmocka_unit_test(test_destroy_of_predecessor),
	    cmocka_unit_test(test_dying),
	    cmocka_unit_test(test_follower_freed),
	    cmocka_unit_test(test_timeout_is_activity),
	    cmocka_unit_test(test_full),
	    cmocka_unit_test(test_positions),
	    cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
