/* SPDX-License-Identifier: MIT */
#include "prefix_table.h"

#include <errno.h>
#include <stdio.h>

#include "cmocka_all.h"

static int add(struct prefix_table *t, const char *text, uint32_t value)
{
	struct network n;

	assert_int_equal(network_parse(&n, text), 0);
	return prefix_table_add(t, &n, value);
}

static uint32_t find(const struct prefix_table *t, const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return prefix_table_find(t, &a, NULL);
}

static void test_longest_prefix(void **state)
{
	struct prefix_table *t;

	(void)state;
	assert_int_equal(prefix_table_new(&t), 0);
	assert_int_equal(find(t, "192.0.2.1"), 0);
	assert_int_equal(add(t, "192.0.2.0/24", 1), 0);
	assert_int_equal(add(t, "192.0.2.128/25", 2), 0);
	assert_int_equal(add(t, "192.0.2.200", 3), 0);
	assert_int_equal(add(t, "2001:db8::/32", 4), 0);
	assert_int_equal(add(t, "192.0.2.0/24", 5), 1);
	assert_int_equal(find(t, "192.0.2.1"), 1);
	assert_int_equal(find(t, "192.0.2.129"), 2);
	assert_int_equal(find(t, "192.0.2.200"), 3);
	assert_int_equal(find(t, "192.0.3.1"), 0);
	assert_int_equal(find(t, "2001:db8:ffff::1"), 4);
	assert_int_equal(find(t, "2001:db9::1"), 0);
	assert_int_equal(prefix_table_count(t), 4);
	prefix_table_free(t);
}

static void test_the_whole_of_a_family(void **state)
{
	struct prefix_table *t;

	(void)state;
	assert_int_equal(prefix_table_new(&t), 0);
	assert_int_equal(add(t, "0.0.0.0/0", 1), 0);
	assert_int_equal(find(t, "203.0.113.1"), 1);
	assert_int_equal(find(t, "2001:db8::1"), 0);
	assert_int_equal(add(t, "::/0", 2), 0);
	assert_int_equal(find(t, "203.0.113.1"), 1);
	assert_int_equal(find(t, "2001:db8::1"), 2);
	prefix_table_free(t);
}

static void test_many(void **state)
{
	enum { N = 100000 };
	struct prefix_table *t;
	char text[32];

	(void)state;
	assert_int_equal(prefix_table_new(&t), 0);
	for (unsigned i = 1; i <= N; i++) {
		snprintf(text, sizeof(text), "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
		assert_int_equal(add(t, text, i), 0);
	}
	assert_int_equal(find(t, "10.1.134.159"), 99999);
	assert_true(prefix_table_bytes(t) / N <= 100);
	prefix_table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_longest_prefix),
	    cmocka_unit_test(test_the_whole_of_a_family),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
