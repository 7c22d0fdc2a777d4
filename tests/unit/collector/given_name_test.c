/* SPDX-License-Identifier: MIT */
#include "given_name.h"

#include <string.h>

#include "alias.h"
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

static int set_up(void **state)
{
	(void)state;
	devices_init(&d, &watch, 2000, alias_assign, (char *)"home");
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
		assert_null(given_name_check(name, &d, one, good[i]));
		assert_string_equal(name, good[i]);
	}
	assert_null(given_name_check(name, &d, one, "  My  phone "));
	assert_string_equal(name, "My  phone");
	assert_null(given_name_check(name, &d, one, "1234567890123456789012345678901234567890"));
	/* Its own name again. */
	assert_null(given_name_check(name, &d, one, one->alias));
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
	    "a\xc3",
	    "\xed\xa0\x80",
	};
	char name[DEVICE_ALIAS_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_non_null(given_name_check(name, &d, one, bad[i]));
}

static void test_taken(void **state)
{
	char name[DEVICE_ALIAS_MAX], loud[DEVICE_ALIAS_MAX] = "AINO";

	(void)state;
	assert_string_equal(given_name_check(name, &d, one, other->alias),
			    "Another device has this name already.");
	device_set_alias(&d, other, "Aino");
	assert_non_null(given_name_check(name, &d, one, loud));
	assert_null(given_name_check(name, &d, other, loud));
}

/* A name that a person gave is nobody else's, whoever comes later; and it stays when namesakes come. */
static void test_devices_leave_given_names_alone(void **state)
{
	(void)state;
	for (unsigned i = 3; i < 200; i++) {
		struct device *device = get((uint8_t)i);
		char wanted[DEVICE_ALIAS_MAX];

		/* What the next one would be called. */
		strcpy(wanted, device->alias);
		device_set_alias(&d, device, "elsewhere");
		device_set_named(&d, one, true);
		device_set_alias(&d, one, wanted);
		alias_assign((char *)"home", &d, device);
		assert_string_not_equal(device->alias, wanted);
		assert_string_equal(one->alias, wanted);
		alias_assign((char *)"home", &d, one);
		assert_string_equal(one->alias, wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_good, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_bad, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_taken, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_devices_leave_given_names_alone, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
