/* SPDX-License-Identifier: MIT */
#include "hash_set.h"

#include "cmocka_all.h"

enum { MANY = 10000 };

/* Only these bits differ, so that many land in one place. */
static uint64_t hash_of(uint64_t i)
{
	return i << 40 | (0xffffff00 + i % 97) << 2;
}

static void test_marks(void **state)
{
	struct hash_set s = {};

	(void)state;
	assert_null(hash_set_find(&s, 0));
	/* 0 is a hash like any other, and the low bits are no part of one */
	assert_int_equal(hash_set_add(&s, 0, 1), 1);
	assert_int_equal(hash_set_add(&s, 3, 2), 0);
	assert_int_equal(hash_set_add(&s, 4, 3), 1);
	assert_int_equal(s.used, 2);
	assert_int_equal(*hash_set_find(&s, 0) & HASH_SET_MARK, 2);
	assert_int_equal(*hash_set_find(&s, 5) & HASH_SET_MARK, 3);
	assert_null(hash_set_find(&s, 8));
	hash_set_done(&s);
	assert_int_equal(s.used, 0);
	hash_set_done(&s);
}

static void test_runs(void **state)
{
	struct hash_set s = {};

	(void)state;
	for (uint64_t i = 0; i < MANY; i++)
		assert_int_equal(hash_set_add(&s, hash_of(i), 1), 1);
	for (uint64_t i = 0; i < MANY; i += 2)
		hash_set_remove(&s, hash_set_find(&s, hash_of(i)));
	assert_int_equal(s.used, MANY / 2);
	for (uint64_t i = 0; i < MANY; i++)
		assert_int_equal(!!hash_set_find(&s, hash_of(i)), i % 2);
	hash_set_done(&s);
}

static void test_memory(void **state)
{
	struct hash_set s = {};
	size_t most;

	(void)state;
	for (uint64_t i = 0; i < MANY; i++)
		hash_set_add(&s, hash_of(i), 1);
	most = s.size;
	assert_true(most >= 2 * MANY);
	for (uint64_t i = 100; i < MANY; i++)
		hash_set_remove(&s, hash_set_find(&s, hash_of(i)));
	hash_set_shrink(&s);
	assert_int_equal(s.size, most / 4);
	for (uint64_t i = 0; i < 100; i++)
		assert_non_null(hash_set_find(&s, hash_of(i)));
	hash_set_clear(&s);
	assert_int_equal(s.size, 0);
	/* what is used well is kept for the next time */
	for (uint64_t i = 0; i < 100; i++)
		hash_set_add(&s, hash_of(i), 1);
	hash_set_clear(&s);
	assert_int_equal(s.used, 0);
	assert_true(s.size > 0);
	assert_null(hash_set_find(&s, hash_of(1)));
	hash_set_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_marks),
	    cmocka_unit_test(test_runs),
	    cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
