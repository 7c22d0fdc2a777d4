/* SPDX-License-Identifier: MIT */
#include "row.h"

#include "cmocka_all.h"
#include "map.h"
#include "util.h"

static unsigned told;

static void note_change(void *data)
{
	(void)data;
	told++;
}

static void test_life_of_a_row(void **state)
{
	struct row_watch watch = {.changed = note_change};
	struct row_table t;
	struct row a, b;

	(void)state;
	told = 0;
	row_table_init(&t, &watch);
	/* Nobody follows: no changes. */
	row_add(&t, &a);
	row_change(&t, &a, 1);
	assert_int_equal(told, 0);
	row_table_clean(&t);
	row_add(&t, &b);
	assert_int_equal(b.id, 2);
	assert_true(b.is_new);
	row_change(&t, &a, 4);
	row_change(&t, &a, 2);
	assert_int_equal(a.changed, 6);
	/* Told once until it is read. */
	assert_int_equal(told, 1);
	/* It came and went unseen. */
	row_remove(&t, &b);
	assert_int_equal(t.n_removed, 0);
	row_remove(&t, &a);
	assert_int_equal(t.n_removed, 1);
	assert_int_equal(t.removed[0], 1);
	row_table_clean(&t);
	assert_int_equal(t.n_removed, 0);
	assert_int_equal(t.count, 0);
	/* An id is never used again. */
	row_add(&t, &a);
	assert_int_equal(a.id, 3);
	row_table_done(&t);
}

static void note_leaves(void *data, struct row *r)
{
	*(uint32_t *)data = r->id;
}

/* Each row that waits is visited once: one that came, changed or went meanwhile, too. */
static void test_pass(void **state)
{
	struct row_watch watch = {};
	struct row_table t;
	struct row a, b, c, d, e;
	uint32_t left = 0;

	(void)state;
	row_table_init(&t, &watch);
	row_add(&t, &a);
	row_add(&t, &b);
	row_add(&t, &c);
	row_table_begin_pass(&t, note_leaves, &left);
	assert_ptr_equal(row_table_waiting(&t), &a);
	row_table_visited(&t, &a);
	row_change(&t, &a, 1);
	row_change(&t, &b, 2);
	row_add(&t, &d);
	row_remove(&t, &c);
	assert_int_equal(left, c.id);
	assert_int_equal(t.n_removed, 1);
	assert_ptr_equal(row_table_waiting(&t), &d);
	assert_true(d.is_new);
	row_table_visited(&t, &d);
	assert_ptr_equal(row_table_waiting(&t), &b);
	assert_int_equal(b.changed, 2);
	row_table_visited(&t, &b);
	assert_null(row_table_waiting(&t));
	row_add(&t, &e);
	/* What happened after the visit is left: a changed, c went, e came. */
	assert_int_equal(a.changed, 1);
	assert_false(b.is_dirty || d.is_dirty || d.is_new);
	assert_true(e.is_new);
	assert_ptr_equal(t.dirty.next, &a);
	assert_ptr_equal(t.dirty.previous, &e);
	left = 0;
	row_remove(&t, &b);
	assert_int_equal(left, 0);
	/* One that is given up leaves nothing behind. */
	row_table_clean(&t);
	row_table_begin_pass(&t, note_leaves, &left);
	row_table_visited(&t, row_table_waiting(&t));
	row_table_unfollow(&t);
	row_remove(&t, &e);
	row_change(&t, &a, 1);
	assert_int_equal(left, 0);
	row_table_begin_pass(&t, note_leaves, &left);
	for (unsigned i = 0; i < 2; i++)
		row_table_visited(&t, row_table_waiting(&t));
	assert_null(row_table_waiting(&t));
	row_table_done(&t);
}

static void test_ids_run_out(void **state)
{
	(void)state;
	assert_false(row_ids_run_out(0));
	assert_false(row_ids_run_out(4000000000u));
	/* long before the last: there is no second one for a row */
	assert_true(row_ids_run_out(UINT32_MAX - 1000000));
	assert_true(row_ids_run_out(UINT32_MAX));
}

static void test_many_removed(void **state)
{
	enum { N = 1000 };
	struct row_watch watch = {};
	struct row_table t;
	static struct row rows[N];

	(void)state;
	row_table_init(&t, &watch);
	for (unsigned i = 0; i < N; i++)
		row_add(&t, &rows[i]);
	row_table_clean(&t);
	for (unsigned i = 0; i < N; i++)
		row_remove(&t, &rows[i]);
	assert_int_equal(t.n_removed, N);
	row_table_unfollow(&t);
	assert_null(t.removed);
	row_table_done(&t);
}

struct item {
	struct map_node node;
	uint32_t key;
};

static void test_map(void **state)
{
	enum { N = 5000 };
	static struct item items[N];
	struct map m = {};

	(void)state;
	for (uint32_t i = 0; i < N; i++) {
		items[i].key = i;
		assert_int_equal(map_reserve(&m), 0);
		map_put(&m, &items[i].node, map_hash(&i, sizeof(i)));
	}
	assert_int_equal(m.count, N);
	for (uint32_t i = 0; i < N; i++) {
		struct map_node *n = map_find(&m, map_hash(&i, sizeof(i)));

		while (n && CONTAINER_OF(n, struct item, node)->key != i)
			n = map_find_next(n);
		assert_non_null(n);
	}
	for (uint32_t i = 0; i < N; i++)
		map_take(&m, &items[i].node);
	/* Empty, it holds no memory. */
	assert_null(m.buckets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_life_of_a_row), cmocka_unit_test(test_pass),
	    cmocka_unit_test(test_ids_run_out),	  cmocka_unit_test(test_many_removed),
	    cmocka_unit_test(test_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
