/* SPDX-License-Identifier: MIT */
#include "given_name.h"

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static struct row_watch watch;
static struct devices d;
static struct device *one, *other;

static struct device *get(uint8_t last)
{
	const uint8_t mac[6] = {0, 1, 2, 3, 4, last};
	struct address a;

	assert_int_equal(address_parse(&a, "192.0.2.0"), 0);
	a.bytes[15] = last;
	devices_neighbour(&d, &a, mac, 0);
	return devices_find_mac(&d, mac);
}

static void name_by_number(void *data, struct devices *devices, struct device *device)
{
	char alias[DEVICE_ALIAS_MAX];

	(void)data;
	snprintf(alias, sizeof(alias), "Device %u", device->row.id);
	device_set_alias(devices, device, alias);
}

static int set_up(void **state)
{
	(void)state;
	devices_init(&d, &watch, 2000, name_by_number, NULL);
	one = get(1);
	other = get(2);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	devices_done(&d);
	return 0;
}

static void test_good(void **state)
{
	static const char *const good[] = {"A", "Aino's phone", "Äiti", "祖母", "👵 1", "<b>x</b>"};
	char name[DEVICE_ALIAS_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(good); i++) {
		assert_int_equal(given_name_check(name, &d, one, good[i]), COMMAND_FAULT_NONE);
		assert_string_equal(name, good[i]);
	}
	assert_int_equal(given_name_check(name, &d, one, "  My  phone "), COMMAND_FAULT_NONE);
	assert_string_equal(name, "My  phone");
	assert_int_equal(given_name_check(name, &d, one, "1234567890123456789012345678901234567890"),
			 COMMAND_FAULT_NONE);
	/* Its own name again. */
	assert_int_equal(given_name_check(name, &d, one, one->alias), COMMAND_FAULT_NONE);
}

static void test_bad(void **state)
{
	static const char *const bad[] = {
	    "",
	    "   ",
	    "12345678901234567890123456789012345678901",
	    "a\nb",
	    "a\x7f",
	    "a\xc2\x85",
	    "a\xc2\x9f",
	    "a\xc2\xad",
	    "a\xd8\x9c",
	    "\xe2\x80\x8f"
	    "a",
	    "a\xe2\x80\xae"
	    "b",
	    "a\xe2\x81\xa6",
	    "a\xef\xbb\xbf",
	    "a\xf3\xa0\x80\x81",
	    "\xff",
	    /* white space, Hangul fillers, an empty Braille cell, selectors of variants */
	    "\u00a0\u2003\u3000",
	    "\u115f\u3164",
	    "a\u2800",
	    "\ufe0f",
	    "a\ufe00",
	    "\u0301",
	    "a\xc3",
	    "\xed\xa0\x80",
	};
	char name[DEVICE_ALIAS_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_not_equal(given_name_check(name, &d, one, bad[i]), COMMAND_FAULT_NONE);
}

static void test_taken(void **state)
{
	char name[DEVICE_ALIAS_MAX], loud[DEVICE_ALIAS_MAX] = "AINO";

	(void)state;
	assert_int_not_equal(given_name_check(name, &d, one, other->alias), COMMAND_FAULT_NONE);
	device_set_alias(&d, other, "Aino");
	assert_int_not_equal(given_name_check(name, &d, one, loud), COMMAND_FAULT_NONE);
	assert_int_equal(given_name_check(name, &d, other, loud), COMMAND_FAULT_NONE);
}

static void test_look_alikes(void **state)
{
	/* Cyrillic, Greek, full-width, blanks inside, accents written apart, l for I, 0 for O */
	static const char *const pairs[][2] = {
	    {"Paul", "P\u0430ul"}, {"Paul", "\u03a1aul"},	{"Paul", "\uff30\uff41\uff55\uff4c"},
	    {"Aino 2", "Aino2"},   {"\u00c4iti", "A\u0308iti"}, {"Iida", "lida"},
	    {"Olli", "0lli"},	   {"\u00e4iti", "\u00c4iti"},
	};
	static const char *const different[][2] = {
	    {"Hanna", "H\u00e4nna"}, {"Paul", "Paula"}, {"Mia", "Pia"}};
	char name[DEVICE_ALIAS_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(pairs); i++) {
		device_set_alias(&d, other, pairs[i][0]);
		if (!given_name_check(name, &d, one, pairs[i][1]))
			fail_msg("%s and %s", pairs[i][0], pairs[i][1]);
		assert_int_equal(given_name_check(name, &d, other, pairs[i][1]), COMMAND_FAULT_NONE);
	}
	for (size_t i = 0; i < ELEMENTS_OF(different); i++) {
		device_set_alias(&d, other, different[i][0]);
		assert_int_equal(given_name_check(name, &d, one, different[i][1]), COMMAND_FAULT_NONE);
	}
	assert_int_equal(given_name_check(name, &d, one, "\u2003Aada\u00a0"), COMMAND_FAULT_NONE);
	assert_string_equal(name, "Aada");
	assert_int_equal(given_name_check(name, &d, one, "\u2764\ufe0f"), COMMAND_FAULT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_good, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_bad, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_taken, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_look_alikes, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
