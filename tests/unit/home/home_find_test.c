/* SPDX-License-Identifier: MIT */
#include "home.h"

#include <stdio.h>

#include "made_interfaces.h"

static void settle(bool forwarding)
{
	static const struct interfaces nothing;

	known.forwarding = forwarding;
	interfaces_settle(&known, &nothing);
}

static void make_router(void)
{
	known = (struct interfaces){};
	link_up(LO, IFF_LOOPBACK);
	link_up(WAN, 0);
	link_up(LAN, 0);
	address(LO, "127.0.0.1", 96 + 8);
	address(WAN, "198.51.100.7", 96 + 24);
	address(WAN, "fe80::2", 64);
	address(LAN, "192.168.1.1", 96 + 24);
	address(LAN, "2001:db8:1::1", 64);
	address(LAN, "fe80::3", 64);
	outside_route(WAN);
}

static void test_router(void **state)
{
	struct home home = {};
	char text[ADDRESS_TEXT_MAX];

	(void)state;
	make_router();
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.mode, HOME_ROUTER);
	assert_int_equal(home.n_networks, 3);
	assert_string_equal(network_format(&home.networks[0], text), "192.168.1.0/24");
	assert_string_equal(network_format(&home.networks[1], text), "2001:db8:1::/64");
	assert_string_equal(network_format(&home.networks[2], text), "fe80::/64");
	assert_int_equal(home.n_own, 6);
	assert_int_equal(interfaces_own_mac(&known)[5], WAN);
}

static void test_machine_that_does_not_forward(void **state)
{
	struct home home = {};

	(void)state;
	make_router();
	settle(false);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.mode, HOME_MACHINE);
	/* Both networks, so that their DNS is home DNS. */
	assert_int_equal(home.n_networks, 4);
	/* Asked for, it is a router all the same. */
	settle(false);
	home_find(&home, &known, HOME_WISH_ROUTER, NULL, 0);
	assert_int_equal(home.mode, HOME_ROUTER);
	assert_int_equal(home.n_networks, 3);
}

static void test_forwarding_with_one_network_only(void **state)
{
	struct home home = {};

	(void)state;
	known = (struct interfaces){};
	link_up(WAN, 0);
	address(WAN, "198.51.100.7", 96 + 24);
	outside_route(WAN);
	/* A second interface that has nothing but its link-local address. */
	link_up(LAN, 0);
	address(LAN, "fe80::3", 64);
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.mode, HOME_MACHINE);
}

static void test_network_without_carrier(void **state)
{
	struct rtnl_message m = {.kind = RTNL_LINK, .interface = GUEST, .flags = IFF_UP};
	struct home home = {};

	(void)state;
	make_router();
	interfaces_take(&known, &m);
	address(GUEST, "172.17.0.1", 96 + 16);
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.n_networks, 3);
}

/* Beneath ppp0 there is an interface without an address of its own. */
static void test_pppoe(void **state)
{
	struct home home = {};

	(void)state;
	known = (struct interfaces){};
	link_up(WAN, 0);
	address(WAN, "192.168.100.2", 96 + 24);
	address(WAN, "fe80::2", 64);
	link_up(LAN, 0);
	address(LAN, "192.168.1.1", 96 + 24);
	link_up(GUEST, IFF_POINTOPOINT);
	address(GUEST, "198.51.100.7", 96 + 32);
	outside_route(GUEST);
	interfaces_carry(&known, WAN);
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.mode, HOME_ROUTER);
	assert_int_equal(home.n_networks, 1);
}

static void test_configured(void **state)
{
	struct network configured;
	struct home home = {};

	(void)state;
	make_router();
	assert_int_equal(network_parse(&configured, "10.0.0.0/8"), 0);
	settle(false);
	home_find(&home, &known, HOME_WISH_AUTO, &configured, 1);
	assert_int_equal(home.mode, HOME_ROUTER);
	assert_int_equal(home.n_networks, 1);
	assert_int_equal(home.n_own, 6);
}

static void test_bounds(void **state)
{
	struct home home = {};

	(void)state;
	known = (struct interfaces){};
	for (int i = 0; i < INTERFACES_MAX + 5; i++)
		link_up(10 + i, 0);
	for (int i = 0; i < INTERFACE_ADDRESSES_MAX + 5; i++)
		address(10 + i % INTERFACES_MAX, "192.168.1.1", 96 + 24);
	assert_int_equal(known.left_out, 10);
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.n_networks, 1);
	assert_int_equal(home.n_own, HOME_OWN_MAX);
}

static void test_what_does_not_fit_is_counted(void **state)
{
	struct home home = {};
	char text[32];

	(void)state;
	make_router();
	for (unsigned n = 0; n < HOME_NETWORKS_MAX; n++) {
		snprintf(text, sizeof(text), "10.%u.0.1", n);
		address(LAN, text, 96 + 24);
	}
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	/* Those of LAN itself come first: two networks and the link-local one. */
	assert_int_equal(home.n_networks, HOME_NETWORKS_MAX);
	assert_int_equal(home.left_out, 3);
	make_router();
	for (unsigned n = 0; n < HOME_OWN_MAX; n++) {
		snprintf(text, sizeof(text), "10.1.%u.%u", n / 250, n % 250 + 1);
		address(LAN, text, 96 + 16);
	}
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.n_own, HOME_OWN_MAX);
	assert_int_equal(home.left_out, 6);
	for (int n = 0; n < INTERFACES_MAX; n++)
		link_up(GUEST + n, 0);
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.left_out, 6 + 3);
	make_router();
	settle(true);
	home_find(&home, &known, HOME_WISH_AUTO, NULL, 0);
	assert_int_equal(home.left_out, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_router),
	    cmocka_unit_test(test_machine_that_does_not_forward),
	    cmocka_unit_test(test_forwarding_with_one_network_only),
	    cmocka_unit_test(test_network_without_carrier),
	    cmocka_unit_test(test_pppoe),
	    cmocka_unit_test(test_configured),
	    cmocka_unit_test(test_bounds),
	    cmocka_unit_test(test_what_does_not_fit_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
