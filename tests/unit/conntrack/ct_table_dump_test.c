/* SPDX-License-Identifier: MIT */
/* What dumps do to the table. */
#include "ct_table.h"

#include <linux/netfilter/nf_conntrack_common.h>

#include "heard.h"

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
	ct_table_free(h.table);
}

/* The first is in the table, which is full; dumps show n of them. */
static void dump_full(struct heard *h, const struct ct_entry *e, size_t n, uint64_t expected)
{
	dump(h, 100, e, n);
	assert_int_equal(ct_table_full(h->table), expected);
}

/* One that does not fit counts once, whenever its NEW is read. */
static void test_full_counts_things(void **state)
{
	struct ct_entry e[6], n[6];
	struct heard h;

	(void)state;
	for (uint16_t i = 0; i < 6; i++) {
		e[i] = entry_make(i, i);
		n[i] = entry_as_new(e[i]);
	}
	open_table(&h, 1);
	dump_full(&h, e, 1, 0);

	/* a dump was faster than its NEW */
	dump_full(&h, e, 2, 1);
	ct_table_event_new(h.table, &n[1], 101);
	assert_int_equal(ct_table_full(h.table), 1);

	/* NEW while a dump is under way that shows it, and one that has passed its place */
	ct_table_dump_begin(h.table, 102);
	ct_table_event_new(h.table, &n[2], 103);
	ct_table_event_new(h.table, &n[3], 103);
	for (int i = 0; i < 3; i++)
		ct_table_dump_entry(h.table, &e[i]);
	ct_table_dump_end(h.table, 104);
	assert_int_equal(ct_table_full(h.table), 3);
	dump_full(&h, e, 4, 3);

	/* dumps that are broken off */
	for (int i = 0; i < 5; i++) {
		ct_table_dump_begin(h.table, 105);
		ct_table_dump_entry(h.table, &e[3]);
		ct_table_dump_entry(h.table, &e[4]);
		ct_table_dump_abort(h.table);
	}
	dump_full(&h, e, 5, 4);

	/* one goes, and another has its key */
	ct_table_event_destroy(h.table, &e[4], 106);
	ct_table_event_new(h.table, &n[4], 107);
	assert_int_equal(ct_table_full(h.table), 5);
	dump_full(&h, e, 5, 5);
	/* the same, and its DESTROY was lost */
	dump_full(&h, e, 4, 5);
	dump_full(&h, e, 4, 5);
	dump_full(&h, e, 5, 6);
	/* one that a dump hides once is the same */
	dump_full(&h, e, 4, 6);
	dump_full(&h, e, 5, 6);

	/* room: one comes in, and when it goes another does; neither counts again */
	ct_table_event_destroy(h.table, &e[0], 108);
	dump_full(&h, e + 1, 4, 6);
	assert_heard(&h, 3, 0, 2); /* with the one that was destroyed */
	ct_table_event_destroy(h.table, &e[1], 109);
	dump_full(&h, e + 2, 3, 6);
	assert_heard(&h, 4, 0, 3);
	ct_table_free(h.table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_absent_from_two_dumps),
	    cmocka_unit_test(test_born_during_a_dump),
	    cmocka_unit_test(test_aborted_dumps),
	    cmocka_unit_test(test_no_resurrection),
	    cmocka_unit_test(test_stale_record_of_predecessor),
	    cmocka_unit_test(test_destroy_of_predecessor),
	    cmocka_unit_test(test_dying),
	    cmocka_unit_test(test_follower_freed),
	    cmocka_unit_test(test_full),
	    cmocka_unit_test(test_full_counts_things),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
