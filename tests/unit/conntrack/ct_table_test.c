/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
#include "ct_table.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>

#include "heard.h"

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

	f.tuple[CT_REPLY].dport++; /* masqueraded another way */
	dump(&h, 40, &f, 1);
	assert_heard(&h, 3, 0, 2);
	ct_table_free(h.table);
}

static void test_counters_that_others_set_to_zero(void **state)
{
	struct ct_entry e = entry_counted(entry_make(1000, 1), 100);
	struct heard h;
	uint32_t row;

	(void)state;
	open_table(&h, 100);
	e.start = 5 * S;
	dump(&h, 10, &e, 1);
	row = h.last.row;
	e = entry_counted(e, 7);
	dump(&h, 20, &e, 1);
	assert_heard(&h, 1, 1, 0);
	assert_true(h.change.zeroed && h.change.active);
	assert_int_equal(h.last.row, row);
	assert_int_equal(h.change.packets[CT_ORIG], 7);
	assert_int_equal(h.change.bytes[CT_REPLY], 7 * 3000);
	e = entry_counted(e, 9);
	dump(&h, 30, &e, 1);
	assert_false(h.change.zeroed);
	assert_int_equal(h.change.packets[CT_REPLY], 4);

	/* one direction alone, and in the last words */
	e.packets[CT_REPLY] = 1;
	e.bytes[CT_REPLY] = 10;
	ct_table_event_destroy(h.table, &e, 40);
	assert_heard(&h, 1, 2, 1);
	assert_true(h.change.zeroed);
	assert_int_equal(h.change.bytes[CT_REPLY], 10);
	ct_table_free(h.table);
}

/* Without timestamps a tuple that got its id again looks the same. */
static void test_fallen_counters_without_a_start(void **state)
{
	struct ct_entry e = entry_counted(entry_make(1000, 1), 100);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 10, &e, 1);
	e.bytes[CT_REPLY]--;
	dump(&h, 20, &e, 1);
	assert_heard(&h, 2, 0, 1);
	ct_table_free(h.table);
}

static struct ct_entry entry_offloaded(struct ct_entry e)
{
	e.has_state = e.has_timeout = false;
	e.state = 0;
	e.timeout = 0;
	e.status |= IPS_OFFLOAD;
	return e;
}

/* As ctnetlink_dump_info writes entries of a flowtable: no state, no timeout. */
static void test_offloaded_is_established(void **state)
{
	struct ct_entry e = entry_make(1000, 1), udp = entry_make(1001, 2);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	e.state = TCP_CONNTRACK_SYN_SENT;
	ct_table_event_new(h.table, &e, 10);
	e = entry_offloaded(entry_counted(e, 3));
	dump(&h, 1000, &e, 1);
	assert_heard(&h, 1, 1, 0);
	assert_int_equal(h.last.state, TCP_CONNTRACK_ESTABLISHED);
	ct_table_free(h.table);

	/* first seen so; other protocols have no state */
	open_table(&h, 100);
	udp.protocol = IPPROTO_UDP;
	udp = entry_offloaded(udp);
	dump(&h, 1000, &udp, 1);
	assert_int_equal(h.last.state, 0);
	dump(&h, 2000, &e, 1);
	assert_int_equal(h.last.state, TCP_CONNTRACK_ESTABLISHED);

	/* counters that stand still: it is active all the same, as long as the kernel keeps it offloaded */
	h.changed = 0;
	for (uint32_t s = 3; s <= 64; s++)
		dump(&h, s * 1000, &e, 1);
	assert_int_equal(h.changed, 2);
	assert_true(h.change.active);
	assert_int_equal(h.last.active, 64000);
	/* what it carries is not known, until its counters move */
	assert_int_equal(ct_table_uncounted(h.table), 1);
	e = entry_counted(e, 9);
	dump(&h, 65000, &e, 1);
	assert_int_equal(ct_table_uncounted(h.table), 0);
	dump(&h, 66000, &e, 1);
	assert_int_equal(ct_table_uncounted(h.table), 0);
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

/* 32 bits of ms last 49.7 days, with a sign half of that. */
static void test_old_connections(void **state)
{
	const uint64_t day = 24 * 3600 * 1000ull;
	const uint64_t days[] = {24, 25, 49, 50, 51, 100, 364, 700, 900};
	struct ct_entry e = entry_make(1000, 7);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	dump(&h, 5000, &e, 1);
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		uint64_t now = days[i] * day;
		struct ct_entry counted = entry_counted(e, i + 1);

		dump(&h, now, &counted, 1);
		assert_int_equal(h.changed, i + 1);
		assert_int_equal(ct_connection_seen(&h.last), 5000);
		assert_int_equal(ct_connection_active(&h.last, now), now);
		/* Idle for long, and read a moment before it was set. */
		assert_int_equal(ct_connection_active(&h.last, now + 300 * day), now);
		assert_int_equal(ct_connection_active(&h.last, now - 1), now - 1);
	}
	ct_table_free(h.table);
	/* One that comes late. */
	open_table(&h, 100);
	dump(&h, 60 * day, &e, 1);
	assert_int_equal(ct_connection_seen(&h.last), 60 * day);
	assert_int_equal(ct_connection_active(&h.last, 61 * day), 60 * day);
	ct_table_free(h.table);
}

/* What it says changes with a call only, so that all who listen say the same. */
static void test_expires(void **state)
{
	struct ct_entry e = entry_make(1000, 1);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	e.timeout = 600;
	dump(&h, 0, &e, 1);
	assert_int_equal(h.last.expires, 600000);
	for (uint32_t s = 1; s <= 20; s++) {
		e.timeout = 600 - s;
		dump(&h, s * 1000 + 200, &e, 1);
	}
	assert_int_equal(h.changed, 0);
	assert_int_equal(ct_table_at(h.table, 1)->expires, 600000);
	e.timeout = 432000; /* established: five days */
	dump(&h, 21000, &e, 1);
	assert_int_equal(h.changed, 1);
	assert_true(h.change.refreshed);
	assert_int_equal(h.last.expires, 432021000u);
	e.mark = 7;
	dump(&h, 22000, &e, 1);
	assert_false(h.change.refreshed);
	assert_int_equal(h.change.old_mark, 0);
	e.timeout = UINT32_MAX; /* further than the clock reaches */
	dump(&h, 23000, &e, 1);
	assert_int_equal(h.last.expires, 23000u + INT32_MAX);
	ct_table_free(h.table);
}

static void assert_counted(const struct heard *h, unsigned n, uint64_t packets)
{
	static const struct ct_change nothing = {};

	assert_heard(h, n, 0, n);
	assert_int_equal(h->last.packets[CT_ORIG], packets);
	/* all was told when it was added */
	assert_memory_equal(h->change.packets, nothing.packets, sizeof(nothing.packets));
	assert_memory_equal(h->change.bytes, nothing.bytes, sizeof(nothing.bytes));
}

/* Entries whose NEW was lost and that went before a dump showed them. */
static void test_known_from_destroy_alone(void **state)
{
	struct ct_entry e = entry_counted(entry_make(1000, 7), 20);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	ct_table_event_destroy(h.table, &e, 10);
	assert_heard(&h, 0, 0, 0);
	ct_table_set_unheard(h.table, true);
	ct_table_event_destroy(h.table, &e, 11);
	assert_counted(&h, 1, 20);

	/* the dump that the kernel wrote before does not count it again */
	ct_table_dump_begin(h.table, 20);
	e.packets[CT_ORIG] = 30;
	ct_table_event_destroy(h.table, &e, 21);
	ct_table_dump_entry(h.table, &e);
	ct_table_dump_end(h.table, 22);
	assert_counted(&h, 2, 30);

	/* and one that a dump has shown counts what it moved since */
	dump(&h, 30, &e, 1);
	e.packets[CT_ORIG] = 35;
	ct_table_event_destroy(h.table, &e, 31);
	assert_heard(&h, 3, 0, 3);
	assert_int_equal(h.change.packets[CT_ORIG], 5);

	ct_table_set_unheard(h.table, false);
	ct_table_event_destroy(h.table, &e, 40);
	assert_heard(&h, 3, 0, 3);
	ct_table_free(h.table);
}

/* One with the same key that began later, when both its NEW and the DESTROY of the one before were lost. */
static void test_known_from_destroy_after_another(void **state)
{
	struct ct_entry e = entry_counted(entry_make(1000, 7), 20), later = entry_counted(e, 50);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	e.start = 5 * S;
	later.start = 6 * S;
	dump(&h, 10, &e, 1);
	ct_table_set_unheard(h.table, true);
	ct_table_event_destroy(h.table, &later, 11);
	assert_counted(&h, 2, 50);
	ct_table_free(h.table);
}

/* What did not fit counts at its end, once. */
static void test_unplaced_counts_at_its_end(void **state)
{
	struct ct_entry first = entry_make(1000, 1), e = entry_counted(entry_make(1001, 2), 20);
	const struct ct_timeouts timeouts = {.udp = 30};
	struct heard h;

	(void)state;
	open_table(&h, 1);
	ct_table_set_timeouts(h.table, &timeouts);
	e.protocol = IPPROTO_UDP;
	dump(&h, 100000, (struct ct_entry[]){first, e}, 2);
	assert_heard(&h, 1, 0, 0);
	e.packets[CT_ORIG] = 25;
	e.has_timeout = false;
	ct_table_event_destroy(h.table, &e, 140000);
	assert_heard(&h, 2, 0, 1);
	assert_int_equal(h.last.id, 2);
	assert_int_equal(h.last.packets[CT_ORIG], 25);
	assert_int_equal(h.change.packets[CT_ORIG], 0);
	assert_int_equal(h.last.active, 110000); /* the kernel waited for a packet before */
	ct_table_event_destroy(h.table, &e, 140001);
	assert_heard(&h, 2, 0, 1);
	assert_int_equal(ct_table_full(h.table), 1);
	ct_table_free(h.table);
}

static void test_no_room_at_all(void **state)
{
	const struct ct_listener nobody = {};
	struct ct_table *table;

	(void)state;
	assert_int_equal(ct_table_new(&table, 0, &nobody, NULL), -EINVAL);
	assert_null(ct_table_free(NULL));
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
	    cmocka_unit_test(test_counters_that_others_set_to_zero),
	    cmocka_unit_test(test_fallen_counters_without_a_start),
	    cmocka_unit_test(test_offloaded_is_established),
	    cmocka_unit_test(test_same_tuple_other_key),
	    cmocka_unit_test(test_timeout_is_activity),
	    cmocka_unit_test(test_old_connections),
	    cmocka_unit_test(test_expires),
	    cmocka_unit_test(test_known_from_destroy_alone),
	    cmocka_unit_test(test_known_from_destroy_after_another),
	    cmocka_unit_test(test_unplaced_counts_at_its_end),
	    cmocka_unit_test(test_no_room_at_all),
	    cmocka_unit_test(test_positions),
	    cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
