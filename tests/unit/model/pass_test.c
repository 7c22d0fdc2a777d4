/* SPDX-License-Identifier: MIT */
#include "pass.h"

#include <string.h>

#include "cmocka_all.h"

/* The places that come next, n at most, as text. */
static const char *visit(struct pass *p, size_t size, bool kept, unsigned n)
{
	static char text[64];
	size_t place, length = 0;

	while (n-- && pass_next(p, size, kept, &place))
		text[length++] = (char)('0' + place);
	text[length] = '\0';
	return text;
}

static void test_once(void **state)
{
	struct pass p = {};

	(void)state;
	assert_string_equal(visit(&p, 5, true, 9), "");
	pass_ask(&p);
	assert_string_equal(visit(&p, 5, true, 9), "01234");
	assert_false(p.wanted);
	assert_string_equal(visit(&p, 5, true, 9), "");
	pass_ask(&p);
	assert_string_equal(visit(&p, 0, true, 9), "");
	assert_false(p.wanted);
}

static void test_asked_meanwhile(void **state)
{
	struct pass p = {};

	(void)state;
	pass_ask(&p);
	assert_string_equal(visit(&p, 5, true, 3), "012");
	pass_ask(&p);
	assert_string_equal(visit(&p, 5, true, 4), "3401");
	/* Once around, and asked for again. */
	pass_ask(&p);
	assert_string_equal(visit(&p, 5, true, 9), "23401");
	assert_false(p.wanted);
}

/* However often it is asked for, each place has its turn. */
static void test_asked_all_the_time(void **state)
{
	struct pass p = {};
	unsigned visits[5] = {};
	size_t place;

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		pass_ask(&p);
		assert_true(pass_next(&p, 5, true, &place));
		visits[place]++;
	}
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(visits[i], 20);
}

static void test_another_size(void **state)
{
	struct pass p = {};

	(void)state;
	/* It grows and shrinks, and what is in its places stays there. */
	pass_ask(&p);
	assert_string_equal(visit(&p, 3, true, 2), "01");
	pass_ask(&p);
	assert_string_equal(visit(&p, 6, true, 9), "234501");
	pass_ask(&p);
	assert_string_equal(visit(&p, 6, true, 4), "0123");
	pass_ask(&p);
	assert_string_equal(visit(&p, 2, true, 9), "01");
	assert_false(p.wanted);
	/* Everything is elsewhere now. */
	pass_ask(&p);
	assert_string_equal(visit(&p, 4, false, 3), "012");
	assert_string_equal(visit(&p, 8, false, 9), "01234567");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_once),
	    cmocka_unit_test(test_asked_meanwhile),
	    cmocka_unit_test(test_asked_all_the_time),
	    cmocka_unit_test(test_another_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
