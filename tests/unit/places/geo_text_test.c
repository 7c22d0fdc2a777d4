/* SPDX-License-Identifier: MIT */
#include "geo_text.h"

#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static void test_unknown(void **state)
{
	static const char *const unknown[] = {
	    "", "-", "Unknown", "N/A", " ", "Private Customer", "REDACTED FOR PRIVACY"};
	static const char *const known[] = {
	    "Nara", "Privat", "Unknown Worlds Entertainment", "Private Layer INC", "A-", "NA", "None"};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(unknown); i++)
		assert_true(geo_text_is_unknown(unknown[i]));
	for (size_t i = 0; i < ELEMENTS_OF(known); i++)
		assert_false(geo_text_is_unknown(known[i]));
}

static void test_no_country(void **state)
{
	(void)state;
	assert_true(geo_text_is_no_country("ZZ"));
	assert_true(geo_text_is_no_country("EU"));
	assert_false(geo_text_is_no_country("FI"));
	assert_false(geo_text_is_no_country("NA"));
}

static void test_registries(void **state)
{
	(void)state;
	assert_true(geo_text_is_registry("RIPE Network Coordination Centre"));
	assert_true(geo_text_is_registry("american registry for internet numbers"));
	assert_true(geo_text_is_registry("APNIC"));
	assert_true(geo_text_is_registry("African Network Information Center - ( AfriNIC Ltd. )"));
	assert_false(geo_text_is_registry("Ripe Digital Entertainment"));
	assert_false(geo_text_is_registry("Elisa Oyj"));
}

static void assert_cut(const char *from, const char *to)
{
	char city[96];

	strcpy(city, from);
	geo_text_cut_district(city);
	assert_string_equal(city, to);
}

static void test_districts(void **state)
{
	(void)state;
	assert_cut("Moscow (Tsentralnyy administrativnyy okrug)", "Moscow");
	assert_cut("San Jose (Ballbach and SOFA)", "San Jose");
	assert_cut("Frankfurt am Main (Innenstadt I (Altstadt))", "Frankfurt am Main");
	assert_cut("Frankfurt (Oder)", "Frankfurt (Oder)");
	assert_cut("Helsinki", "Helsinki");
	assert_cut("(Kallio)", "(Kallio)");
	assert_cut("Kallio (Helsinki", "Kallio (Helsinki");
	assert_cut(" (x)", " (x)");
	assert_cut("", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_unknown),
	    cmocka_unit_test(test_no_country),
	    cmocka_unit_test(test_registries),
	    cmocka_unit_test(test_districts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
