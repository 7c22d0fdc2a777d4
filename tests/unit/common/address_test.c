/* SPDX-License-Identifier: MIT */
#include "address.h"

#include <errno.h>

#include "../cmocka_all.h"

static struct address parse(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return a;
}

static void reads_and_writes_both_families(void **state)
{
	static const char *const texts[] = {
	    "0.0.0.0", "192.0.2.255", "::", "::1", "2001:db8::1", "fe80::1:2:3:4"};
	char buffer[ADDRESS_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct address a = parse(texts[i]);
		const uint8_t *bytes;

		assert_string_equal(address_format(&a, buffer), texts[i]);
		assert_int_equal(address_wire(&a, &bytes), i < 2 ? 4 : 16);
		assert_int_equal(address_is_ipv4(&a), i < 2);
	}
}

static void refuses_what_is_no_address(void **state)
{
	static const char *const texts[] = {"",	   "1.2.3",   "1.2.3.4.5",  "256.1.1.1",
					    ":::", "12345::", "192.0.2.1 ", "a"};
	struct address a;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(address_parse(&a, texts[i]), -EINVAL);
}

static void a_network_clears_its_host_bits(void **state)
{
	static const char *const pairs[][2] = {
	    {"192.168.1.77/24", "192.168.1.0/24"},
	    {"10.255.0.0/9", "10.128.0.0/9"},
	    {"192.0.2.1", "192.0.2.1/32"},
	    {"0.0.0.0/0", "0.0.0.0/0"},
	    {"2001:db8::ffff/33", "2001:db8::/33"},
	    {"fd00::1", "fd00::1/128"},
	    {"::/0", "::/0"},
	};
	char buffer[ADDRESS_TEXT_MAX];
	struct network n;

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		assert_int_equal(network_parse(&n, pairs[i][0]), 0);
		assert_string_equal(network_format(&n, buffer), pairs[i][1]);
	}
}

static void refuses_what_is_no_network(void **state)
{
	static const char *const texts[] = {
	    "",		  "/24",	"1.2.3.4/33", "1.2.3.4/", "1.2.3.4/-1",
	    "1.2.3.4/+8", "1.2.3.4/ 8", "::/129",     "::/8x",	  "1.2.3.4/99999999999999999999"};
	struct network n;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(network_parse(&n, texts[i]), -EINVAL);
}

static void a_network_contains_its_own(void **state)
{
	static const struct {
		const char *network, *address;
		bool contains;
	} cases[] = {
	    {"192.168.0.0/23", "192.168.1.255", true},
	    {"192.168.0.0/23", "192.168.2.0", false},
	    {"0.0.0.0/0", "8.8.8.8", true},
	    {"0.0.0.0/0", "2001:db8::1", false},
	    {"2001:db8::/61", "2001:db8:0:7::1", true},
	    {"2001:db8::/61", "2001:db8:0:8::1", false},
	    {"192.0.2.1/32", "192.0.2.1", true},
	    {"192.0.2.1/32", "192.0.2.0", false},
	    {"::/0", "192.0.2.1", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address a = parse(cases[i].address);
		struct network n;

		assert_int_equal(network_parse(&n, cases[i].network), 0);
		assert_int_equal(network_contains(&n, &a), cases[i].contains);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_and_writes_both_families), cmocka_unit_test(refuses_what_is_no_address),
	    cmocka_unit_test(a_network_clears_its_host_bits), cmocka_unit_test(refuses_what_is_no_network),
	    cmocka_unit_test(a_network_contains_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
