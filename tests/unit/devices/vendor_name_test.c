/* SPDX-License-Identifier: MIT */
#include "vendor_name.h"

#include <string.h>

#include "cmocka_all.h"

static void test_names(void **state)
{
	static const char *const cases[][2] = {
	    {"Apple, Inc.", "Apple"},
	    {"Samsung Electronics Co.,Ltd", "Samsung"},
	    {"HUAWEI TECHNOLOGIES CO.,LTD", "Huawei"},
	    {"Google, Inc.", "Google"},
	    {"Intel Corporate", "Intel Corporate"},
	    {"Sony Interactive Entertainment Inc.", "Sony Interactive Entertainment"},
	    {"TP-LINK TECHNOLOGIES CO.,LTD.", "TP-LINK"},
	    {"AVM GmbH", "AVM"},
	    {"Raspberry Pi Trading Ltd", "Raspberry Pi Trading"},
	    {"Nokia Solutions and Networks GmbH & Co. KG", "Nokia Solutions and Networks"},
	    {"\"\"Holding \"\"Vesta\"\" Ltd", "Holding Vesta"},
	    {"Shenzhen\tExample  Co.,\tLtd.", "Shenzhen Example"},
	    {"   Example GmbH ", "Example"},
	    {"IEEE Registration Authority", ""},
	    {"Private", ""},
	    {"Private Networks Ltd", "Private Networks"},
	    {"IGT", "IGT"},
	    {"Co., Ltd.", "Co."},
	    {"Company", "Company"},
	    {"", ""},
	    {"\xff\xfe", ""},
	    {"a\x01"
	     "b",
	     "a?b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char name[40];

		vendor_name(name, sizeof(name), cases[i][0], strlen(cases[i][0]));
		assert_string_equal(name, cases[i][1]);
	}
}

static void test_cut_at_a_whole_character(void **state)
{
	char name[6];

	(void)state;
	vendor_name(name, sizeof(name), "abcd\xc3\xa4", 6);
	assert_string_equal(name, "abcd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_cut_at_a_whole_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
