/* SPDX-License-Identifier: MIT */
#include "result.h"

#include <string.h>

#include "cmocka_all.h"

static void test_members(void **state)
{
	struct result r = {};

	(void)state;
	assert_string_equal(result_end(&r), "{}");
	r = (struct result){};
	result_number(&r, "n", UINT64_MAX);
	result_flag(&r, "yes", true);
	result_flag(&r, "no", false);
	result_text(&r, "nil", NULL);
	result_text(&r, "text", "\"a\\b\" \x01\n\x7f<ä>");
	result_list(&r, "none");
	result_list_end(&r);
	result_list(&r, "two");
	result_item(&r, "1");
	result_item(&r, "2");
	result_list_end(&r);
	result_list(&r, "lists");
	result_item_list(&r);
	result_list_end(&r);
	result_item_list(&r);
	result_item(&r, NULL);
	result_item_number(&r, 7);
	result_list_end(&r);
	result_item(&r, "end");
	result_list_end(&r);
	assert_string_equal(
	    result_end(&r),
	    "{\"n\":18446744073709551615,\"yes\":true,\"no\":false,\"nil\":null,"
	    "\"text\":\"\\\"a\\\\b\\\" <ä>\",\"none\":[],\"two\":[\"1\",\"2\"],\"lists\":[[],[null,7],\"end\"]}");
}

static void test_what_does_not_fit(void **state)
{
	char text[COMMAND_RESULT_MAX];
	struct result r = {};

	(void)state;
	memset(text, '"', sizeof(text));
	text[(COMMAND_RESULT_MAX - 3 - 7) / 2] = '\0';
	result_text(&r, "a", text);
	assert_true(result_room(&r) < 2);
	assert_non_null(result_end(&r));
	assert_true(strlen(r.json) < COMMAND_RESULT_MAX);

	r = (struct result){};
	result_text(&r, "a", text);
	result_text(&r, "b", "more");
	result_number(&r, "c", 1);
	assert_int_equal(result_room(&r), 0);
	assert_null(result_end(&r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_members),
	    cmocka_unit_test(test_what_does_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
