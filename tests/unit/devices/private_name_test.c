/* SPDX-License-Identifier: MIT */
#include "private_name.h"

#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static void test_host(void **state)
{
	(void)state;
	assert_true(private_name_is_host("annas-laptop", "annas-laptop"));
	assert_true(private_name_is_host("annas-laptop.lan", "Annas-Laptop"));
	assert_true(private_name_is_host("annas-laptop.local", "annas-laptop.lan"));
	assert_false(private_name_is_host("annas-laptop2.lan", "annas-laptop"));
	assert_false(private_name_is_host("www.annas-laptop.lan", "annas-laptop"));
	assert_false(private_name_is_host("annas", "annas-laptop"));
	assert_false(private_name_is_host("", ""));
	assert_false(private_name_is_host(".lan", ""));
}

static void test_reverse(void **state)
{
	static const struct {
		const char *name, *address;
	} good[] = {
	    {"10.2.0.192.in-addr.arpa", "192.0.2.10"},
	    {"a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8:1::a"},
	};
	static const char *const bad[] = {
	    "",
	    "in-addr.arpa",
	    "2.0.192.in-addr.arpa",
	    "256.2.0.192.in-addr.arpa",
	    "1.10.2.0.192.in-addr.arpa",
	    "10.2.0.192.in-addr.arpa.lan",
	    "10.2.0.192",
	    "x.2.0.192.in-addr.arpa",
	    "a.0.0.ip6.arpa",
	    "g.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
	    "aa0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
	};
	struct address a, expected;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(good); i++) {
		assert_true(private_name_reverse(&a, good[i].name));
		assert_int_equal(address_parse(&expected, good[i].address), 0);
		assert_true(address_equal(&a, &expected));
	}
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_false(private_name_reverse(&a, bad[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_host),
	    cmocka_unit_test(test_reverse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
