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
	    cmocka_unit_test(test_life_of_a_row),
	    cmocka_unit_test(test_many_removed),
	    cmocka_unit_test(test_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
