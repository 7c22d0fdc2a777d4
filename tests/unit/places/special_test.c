/* SPDX-License-Identifier: MIT */
#include "special.h"

#include "cmocka_all.h"
#include "describe.h"
#include "util.h"

static const struct {
	const char *address;
	enum special special;
} cases[] = {
    {"8.8.8.8", SPECIAL_NONE},
    {"0.1.2.3", SPECIAL_RESERVED},
    {"10.255.255.255", SPECIAL_PRIVATE},
    {"11.0.0.0", SPECIAL_NONE},
    {"100.63.255.255", SPECIAL_NONE},
    {"100.64.0.0", SPECIAL_CGNAT},
    {"100.127.255.255", SPECIAL_CGNAT},
    {"100.128.0.0", SPECIAL_NONE},
    {"127.0.0.1", SPECIAL_LOOPBACK},
    {"169.254.1.1", SPECIAL_LINK_LOCAL},
    {"172.15.255.255", SPECIAL_NONE},
    {"172.16.0.0", SPECIAL_PRIVATE},
    {"172.31.255.255", SPECIAL_PRIVATE},
    {"172.32.0.0", SPECIAL_NONE},
    {"192.0.2.1", SPECIAL_DOCUMENTATION},
    {"192.168.0.1", SPECIAL_PRIVATE},
    {"198.18.0.1", SPECIAL_RESERVED},
    {"198.51.100.1", SPECIAL_DOCUMENTATION},
    {"203.0.113.1", SPECIAL_DOCUMENTATION},
    {"224.0.0.251", SPECIAL_MULTICAST},
    {"239.255.255.250", SPECIAL_MULTICAST},
    {"240.0.0.1", SPECIAL_RESERVED},
    {"255.255.255.255", SPECIAL_MULTICAST},
    {"::", SPECIAL_RESERVED},
    {"::1", SPECIAL_LOOPBACK},
    {"::2", SPECIAL_NONE},
    {"64:ff9b:1::1", SPECIAL_PRIVATE},
    {"100::1", SPECIAL_RESERVED},
    {"2001:db8::1", SPECIAL_DOCUMENTATION},
    {"2001:db9::1", SPECIAL_NONE},
    {"3fff::1", SPECIAL_DOCUMENTATION},
    {"fc00::1", SPECIAL_PRIVATE},
    {"fdff::1", SPECIAL_PRIVATE},
    {"fe80::1", SPECIAL_LINK_LOCAL},
    {"fec0::1", SPECIAL_NONE},
    {"ff02::fb", SPECIAL_MULTICAST},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		struct address a;

		assert_int_equal(address_parse(&a, cases[i].address), 0);
		if (special_of(&a) != cases[i].special)
			fail_msg("%s: %d, not %d", cases[i].address, special_of(&a), cases[i].special);
	}
	for (int s = SPECIAL_NONE + 1; s < SPECIALS; s++)
		assert_non_null(special_word((enum special)s));
	assert_null(special_word(SPECIAL_NONE));
}

static void test_home_comes_first(void **state)
{
	struct home home = {.mode = HOME_ROUTER, .n_networks = 1};
	struct remote_facts facts;
	struct address a;

	(void)state;
	assert_int_equal(network_parse(&home.networks[0], "192.168.1.0/24"), 0);
	assert_int_equal(address_parse(&a, "192.168.1.7"), 0);
	describe_remote(&home, NULL, &a, &facts);
	assert_int_equal(facts.special, SPECIAL_HOME);
	assert_int_equal(address_parse(&a, "192.168.2.7"), 0);
	describe_remote(&home, NULL, &a, &facts);
	assert_int_equal(facts.special, SPECIAL_PRIVATE);
}

static void test_behind_nat64(void **state)
{
	static const char *const pairs[][2] = {
	    {"64:ff9b::808:808", "8.8.8.8"},
	    {"64:ff9b::a00:1", "10.0.0.1"},
	    {"64:ff9b:0:0:0:1:808:808", "64:ff9b::1:808:808"},
	    {"64:ff9b:1::808:808", "64:ff9b:1::808:808"},
	    {"2001:db8::808:808", "2001:db8::808:808"},
	    {"192.0.2.1", "192.0.2.1"},
	};
	struct home home = {.mode = HOME_ROUTER};
	struct remote_facts facts;
	char text[ADDRESS_TEXT_MAX];
	struct address a;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(pairs); i++) {
		assert_int_equal(address_parse(&a, pairs[i][0]), 0);
		a = special_behind_nat64(&a);
		assert_string_equal(address_format(&a, text), pairs[i][1]);
	}
	assert_int_equal(address_parse(&a, "64:ff9b::a00:1"), 0);
	describe_remote(&home, NULL, &a, &facts);
	assert_int_equal(facts.special, SPECIAL_PRIVATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_home_comes_first),
	    cmocka_unit_test(test_behind_nat64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
