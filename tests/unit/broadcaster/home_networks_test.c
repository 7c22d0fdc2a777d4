/* SPDX-License-Identifier: MIT */
#include "home_networks.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "interfaces_read.h"

enum {
	WAN = 2,
	LAN,
	GUEST,
};

/* What the host has. */
static struct interfaces known;
static bool broken;

int __wrap_interfaces_read(struct interfaces *ret);

int __wrap_interfaces_read(struct interfaces *ret)
{
	if (broken)
		return -ENOBUFS;
	*ret = known;
	return 0;
}

static void add(int interface, const char *text)
{
	struct interface_address *a = &known.addresses[known.n_addresses++];
	const char *slash = strchr(text, '/');
	struct network n;
	char alone[ADDRESS_TEXT_MAX];

	assert_int_equal(network_parse(&n, text), 0);
	snprintf(alone, sizeof(alone), "%.*s", (int)(slash - text), text);
	assert_int_equal(address_parse(&a->address, alone), 0);
	a->interface = interface;
	a->prefix = n.length;
	if (!interfaces_find(&known, interface))
		known.links[known.n_links++] =
		    (struct interface){.index = interface, .flags = IFF_UP | IFF_RUNNING};
}

static void lead_outside(int interface)
{
	for (size_t i = 0; i < known.n_links; i++)
		known.links[i].outside |= known.links[i].index == interface;
}

static bool is_home(const struct home_networks *homes, const char *text, unsigned interface)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return home_networks_contain(homes, &a, interface);
}

static int setup(void **context)
{
	(void)context;
	known = (struct interfaces){};
	broken = false;
	return 0;
}

static void test_private_networks(void **context)
{
	struct home_networks homes = {};

	(void)context;
	add(LAN, "192.168.7.1/24");
	add(LAN, "fd00:1:2:3::1/64");
	add(LAN, "2001:db8::1/64");
	add(GUEST, "203.0.113.9/24");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 4);
	assert_true(is_home(&homes, "127.0.0.1", 0));
	assert_true(is_home(&homes, "::1", 0));
	assert_true(is_home(&homes, "192.168.7.200", 0));
	assert_true(is_home(&homes, "fd00:1:2:3::77", 0));
	assert_false(is_home(&homes, "192.168.8.1", 0));
	assert_false(is_home(&homes, "203.0.113.1", 0));
	assert_false(is_home(&homes, "2001:db8::2", 0));
	home_networks_done(&homes);
}

/* A router behind another: the outer network, and who is on the same wire outside, may not watch. */
static void test_router(void **context)
{
	struct home_networks homes = {};

	(void)context;
	known.forwarding = true;
	add(WAN, "10.0.0.5/24");
	add(WAN, "169.254.1.1/16");
	add(WAN, "fe80::2/64");
	add(LAN, "192.168.7.1/24");
	add(LAN, "fe80::3/64");
	lead_outside(WAN);
	assert_int_equal(home_networks_find(&homes), 0);
	assert_true(is_home(&homes, "192.168.7.200", 0));
	assert_true(is_home(&homes, "fe80::77", LAN));
	assert_false(is_home(&homes, "fe80::77", WAN));
	assert_false(is_home(&homes, "fe80::77", 0));
	assert_false(is_home(&homes, "10.0.0.7", 0));
	assert_false(is_home(&homes, "169.254.3.3", 0));
	/* A machine in that network that forwards for nobody shows itself to it. */
	known.forwarding = false;
	assert_int_equal(home_networks_find(&homes), 0);
	assert_true(is_home(&homes, "10.0.0.7", 0));
	assert_true(is_home(&homes, "fe80::77", WAN));
	home_networks_done(&homes);
}

/* A provider's line by PPPoE: who is on the wire beneath may not watch, nor by the modem's network. */
static void test_pppoe(void **context)
{
	struct home_networks homes = {};

	(void)context;
	known.forwarding = true;
	add(WAN, "fe80::2/64");
	add(LAN, "192.168.7.1/24");
	add(LAN, "fe80::3/64");
	add(GUEST, "198.51.100.7/32");
	lead_outside(GUEST);
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "fe80::77", WAN));
	assert_true(is_home(&homes, "fe80::77", LAN));
	add(WAN, "192.168.100.2/24");
	interfaces_carry(&known, WAN);
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "192.168.100.1", 0));
	assert_false(is_home(&homes, "fe80::77", WAN));
	assert_true(is_home(&homes, "192.168.7.200", 0));
	home_networks_done(&homes);
}

/* What the provider lends is of one wire at home, beside a network that is surely home's. */
static void test_lent(void **context)
{
	struct home_networks homes = {};

	(void)context;
	known.forwarding = true;
	add(WAN, "203.0.113.9/24");
	add(WAN, "2001:db8:ff::9/64");
	add(LAN, "192.168.7.1/24");
	add(LAN, "2001:db8:1:1::1/64");
	add(GUEST, "2001:db8:1:2::1/64");
	lead_outside(WAN);
	assert_int_equal(home_networks_find(&homes), 0);
	assert_true(is_home(&homes, "2001:db8:1:1::77", 0));
	assert_false(is_home(&homes, "2001:db8:1:2::77", 0));
	assert_false(is_home(&homes, "2001:db8:ff::77", 0));
	/* a whole prefix at an interface is no wire's; nor is IPv4 lent */
	add(LAN, "2001:db8:2::1/48");
	add(LAN, "198.51.100.1/24");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "2001:db8:2::77", 0));
	assert_false(is_home(&homes, "198.51.100.77", 0));
	/* passed on from outside */
	add(WAN, "2001:db8:1:1::9/64");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "2001:db8:1:1::77", 0));
	assert_true(is_home(&homes, "192.168.7.77", 0));
	/* who forwards for nobody has no home of its own */
	known.n_addresses -= 1;
	known.forwarding = false;
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "2001:db8:1:1::77", 0));
	home_networks_done(&homes);
}

/* A rented server shares its wire with strangers. */
static void test_machine_with_a_public_address(void **context)
{
	struct home_networks homes = {};

	(void)context;
	add(WAN, "203.0.113.9/24");
	add(WAN, "fe80::2/64");
	lead_outside(WAN);
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 2);
	assert_false(is_home(&homes, "fe80::77", WAN));
	home_networks_done(&homes);
}

static bool own_is(const struct home_networks *homes, const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return homes->has_own && address_equal(&homes->own, &a) && home_networks_is_own(homes, &a);
}

static void test_own_address(void **context)
{
	struct home_networks homes = {};

	(void)context;
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(homes.has_own);
	add(LAN, "fe80::3/64");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(homes.has_own);
	add(LAN, "fd00::1/64");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_true(own_is(&homes, "fd00::1"));
	add(LAN, "192.168.7.1/24");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_true(own_is(&homes, "192.168.7.1"));
	add(WAN, "10.0.0.5/24");
	lead_outside(WAN);
	assert_int_equal(home_networks_find(&homes), 0);
	assert_true(own_is(&homes, "10.0.0.5"));
	home_networks_done(&homes);
}

/* A host of containers has a bridge for each project. */
static void test_many(void **context)
{
	struct home_networks homes = {};
	char text[32];

	(void)context;
	for (int i = 0; i < 200; i++) {
		snprintf(text, sizeof(text), "172.%d.%d.1/24", 16 + i % 16, i);
		add(10 + i, text);
	}
	add(LAN, "192.168.7.1/24");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 203);
	assert_true(is_home(&homes, "192.168.7.5", 0));
	home_networks_done(&homes);
}

static void test_again(void **context)
{
	struct home_networks homes = {};

	(void)context;
	add(LAN, "192.168.7.1/24");
	add(LAN, "192.168.7.2/24");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 3);
	/* what was found stays when nothing can be read */
	broken = true;
	assert_int_equal(home_networks_find(&homes), -ENOBUFS);
	assert_true(is_home(&homes, "192.168.7.5", 0));
	broken = false;
	known.n_addresses = 0;
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "192.168.7.5", 0));
	home_networks_done(&homes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_private_networks, setup),
	    cmocka_unit_test_setup(test_router, setup),
	    cmocka_unit_test_setup(test_pppoe, setup),
	    cmocka_unit_test_setup(test_lent, setup),
	    cmocka_unit_test_setup(test_machine_with_a_public_address, setup),
	    cmocka_unit_test_setup(test_own_address, setup),
	    cmocka_unit_test_setup(test_many, setup),
	    cmocka_unit_test_setup(test_again, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
