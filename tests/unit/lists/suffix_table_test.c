/* SPDX-License-Identifier: MIT */
#include "suffix_table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

static int add(struct suffix_table *t, const char *name, uint32_t value)
{
	return suffix_table_add(t, name, strlen(name), value);
}

static void test_longest_suffix_of_whole_labels(void **state)
{
	struct suffix_table *t;
	size_t length;

	(void)state;
	assert_int_equal(suffix_table_new(&t), 0);
	assert_int_equal(suffix_table_find(t, "example.org", NULL), 0);
	assert_int_equal(add(t, "example.org", 1), 0);
	assert_int_equal(add(t, "ads.example.org", 2), 0);
	assert_int_equal(add(t, "example.org", 3), 1);
	assert_int_equal(suffix_table_find(t, "www.example.org", &length), 1);
	assert_int_equal(length, strlen("example.org"));
	assert_int_equal(suffix_table_find(t, "example.org", NULL), 1);
	assert_int_equal(suffix_table_find(t, "x.ads.example.org", &length), 2);
	assert_int_equal(length, strlen("ads.example.org"));
	assert_int_equal(suffix_table_find(t, "bads.example.org", NULL), 1);
	assert_int_equal(suffix_table_find(t, "notexample.org", NULL), 0);
	assert_int_equal(suffix_table_find(t, "org", NULL), 0);
	assert_int_equal(suffix_table_find(t, "", NULL), 0);
	suffix_table_free(t);
}

static void test_what_is_no_name(void **state)
{
	struct suffix_table *t;
	char name[300];

	(void)state;
	memset(name, 'a', sizeof(name));
	assert_int_equal(suffix_table_new(&t), 0);
	assert_int_equal(suffix_table_add(t, name, 0, 1), -EINVAL);
	assert_int_equal(suffix_table_add(t, name, 254, 1), -EINVAL);
	assert_int_equal(suffix_table_add(t, name, 253, 0), -EINVAL);
	assert_int_equal(suffix_table_add(t, name, 253, 1), 0);
	name[299] = '\0';
	assert_int_equal(suffix_table_find(t, name, NULL), 0);
	assert_int_equal(suffix_table_find(t, name + 299 - 253, NULL), 1);
	suffix_table_free(t);
}

static void test_many(void **state)
{
	enum { N = 200000 };
	struct suffix_table *t;
	char name[64];

	(void)state;
	assert_int_equal(suffix_table_new(&t), 0);
	for (uint32_t i = 1; i <= N; i++) {
		snprintf(name, sizeof(name), "host%u.tracker%u.example", i, i % 1000);
		assert_int_equal(add(t, name, i), 0);
	}
	assert_int_equal(suffix_table_count(t), N);
	for (uint32_t i = 1; i <= N; i += 7) {
		snprintf(name, sizeof(name), "a.b.host%u.tracker%u.example", i, i % 1000);
		assert_int_equal(suffix_table_find(t, name, NULL), i);
	}
	assert_true(suffix_table_bytes(t) / N <= 100);
	suffix_table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_longest_suffix_of_whole_labels),
	    cmocka_unit_test(test_what_is_no_name),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
