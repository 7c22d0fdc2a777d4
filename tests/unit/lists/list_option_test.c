/* SPDX-License-Identifier: MIT */
#include "list_option.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static void test_good_ones(void **state)
{
	struct list_option o;

	(void)state;
	assert_int_equal(list_option_parse(&o, "/etc/ads.hosts=advertising"), 0);
	assert_string_equal(o.path, "/etc/ads.hosts");
	assert_string_equal(o.category, "advertising");
	assert_string_equal(o.name, "");
	assert_int_equal(list_option_parse(&o, "/a=b c=smart-home:Our list: the second"), 0);
	assert_string_equal(o.path, "/a=b c");
	assert_string_equal(o.category, "smart-home");
	assert_string_equal(o.name, "Our list: the second");
	assert_null(list_option_check("lists/mine=ignored:"));
}

static void test_wrong_ones(void **state)
{
	static const char *const wrong[][2] = {
	    {"/etc/hosts", "such as"},
	    {"=advertising", "such as"},
	    {"/x=", "CATEGORY is a word"},
	    {"/x=nonsense", "CATEGORY is a word"},
	    {"/x=advertising2345678901234567890123", "CATEGORY is a word"},
	    {"/x=:name", "CATEGORY is a word"},
	    {"/x=advertising:\xff", "UTF-8"},
	};
	char text[LIST_OPTION_PATH_MAX + 32];
	struct list_option o;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(list_option_parse(&o, wrong[i][0]), -EINVAL);
		assert_non_null(strstr(list_option_check(wrong[i][0]), wrong[i][1]));
	}
	memset(text, 'a', LIST_OPTION_PATH_MAX);
	strcpy(text + LIST_OPTION_PATH_MAX, "=ai");
	assert_non_null(strstr(list_option_check(text), "at most 255 bytes"));
	assert_null(list_option_check(text + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good_ones),
	    cmocka_unit_test(test_wrong_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
