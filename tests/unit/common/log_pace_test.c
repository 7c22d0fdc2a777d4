/* SPDX-License-Identifier: MIT */
#include "log_pace.h"

#include "cmocka_all.h"

static void test_once_in_a_while(void **state)
{
	struct log_pace pace = {};
	uint64_t unsaid = 99;

	(void)state;
	assert_true(log_pace_allows(&pace, 1000, 5, &unsaid));
	assert_int_equal(unsaid, 0);
	for (uint64_t now = 5; now < 1005; now += 100)
		assert_false(log_pace_allows(&pace, 1000, now, &unsaid));
	assert_int_equal(unsaid, 0);
	assert_true(log_pace_allows(&pace, 1000, 1005, &unsaid));
	assert_int_equal(unsaid, 10);
	assert_false(log_pace_allows(&pace, 1000, 2004, &unsaid));
	assert_true(log_pace_allows(&pace, 1000, 9000, &unsaid));
	assert_int_equal(unsaid, 1);
	assert_true(log_pace_allows(&pace, 1000, 10000, &unsaid));
	assert_int_equal(unsaid, 0);
}

static void test_so_often_in_a_while(void **state)
{
	struct log_burst burst = {};
	uint64_t unsaid = 99;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(log_burst_allows(&burst, 3, 1000, 5, &unsaid));
		assert_int_equal(unsaid, 0);
	}
	assert_false(log_burst_allows(&burst, 3, 1000, 6, &unsaid));
	assert_false(log_burst_allows(&burst, 3, 1000, 1004, &unsaid));
	assert_int_equal(unsaid, 0);
	assert_true(log_burst_allows(&burst, 3, 1000, 1005, &unsaid));
	assert_int_equal(unsaid, 2);
	assert_true(log_burst_allows(&burst, 3, 1000, 1006, &unsaid));
	assert_int_equal(unsaid, 0);
	assert_true(log_burst_allows(&burst, 3, 1000, 9000, &unsaid));
	assert_int_equal(unsaid, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_once_in_a_while),
	    cmocka_unit_test(test_so_often_in_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
