/* SPDX-License-Identifier: MIT */
#include "settled.h"

#include "../cmocka_all.h"

static void test_told_when_it_stands(void **state)
{
	struct settled s = {};

	(void)state;
	assert_false(settled_look(&s, 0));
	assert_false(settled_look(&s, 200));
	assert_false(settled_look(&s, 5000));
	assert_true(settled_look(&s, 5000));
	assert_true(settled_look(&s, 4000));
	/* it is over, and begins again */
	assert_false(settled_look(&s, 0));
	assert_false(settled_look(&s, 3));
	assert_true(settled_look(&s, 3));
}

static void test_told_though_it_never_stands(void **state)
{
	struct settled s = {};

	(void)state;
	for (unsigned i = 1; i < SETTLED_TICKS_MAX; i++)
		assert_false(settled_look(&s, i));
	assert_true(settled_look(&s, SETTLED_TICKS_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_told_when_it_stands),
	    cmocka_unit_test(test_told_though_it_never_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
