/* SPDX-License-Identifier: MIT */
#include "made_interfaces.h"

static struct interfaces before;

static bool is_outside(int index)
{
	const struct interface *link = interfaces_find(&known, index);

	assert_non_null(link);
	return link->outside;
}

/* Without routes. */
static void make(const char *wan, bool leased)
{
	known = (struct interfaces){};
	link_up(LO, IFF_LOOPBACK);
	link_up(WAN, 0);
	link_up(LAN, 0);
	address(LO, "127.0.0.1", 96 + 8);
	leases = leased;
	address(WAN, wan, 96 + 24);
	leases = false;
	address(WAN, "fe80::2", 64);
	address(LAN, "192.168.1.1", 96 + 24);
	address(LAN, "fe80::3", 64);
}

static int set_up(void **state)
{
	(void)state;
	before = (struct interfaces){};
	return 0;
}

static void test_routes_decide(void **state)
{
	(void)state;
	make("198.51.100.7", false);
	outside_route(LAN);
	interfaces_settle(&known, &before);
	assert_true(is_outside(LAN));
	assert_false(is_outside(WAN));
	assert_int_equal(interfaces_own_mac(&known)[5], LAN);
}

static void test_a_route_that_went(void **state)
{
	(void)state;
	make("192.168.0.7", false);
	outside_route(WAN);
	interfaces_settle(&known, &before);
	before = known;
	/* Also while another one is there, as after a failover. */
	make("192.168.0.7", false);
	link_up(GUEST, 0);
	outside_route(GUEST);
	interfaces_settle(&known, &before);
	assert_true(is_outside(WAN));
	assert_false(is_outside(LAN));
	before = known;
	make("192.168.0.7", false);
	interfaces_settle(&known, &before);
	assert_true(is_outside(WAN));
	/* With other addresses it may serve another purpose. Its link-local one says nothing. */
	before = known;
	make("10.0.0.1", false);
	interfaces_settle(&known, &before);
	assert_false(is_outside(WAN));
}

static void test_no_route_at_all(void **state)
{
	static const char *const providers[] = {"198.51.100.7", "100.64.3.4"};

	(void)state;
	for (size_t n = 0; n < sizeof(providers) / sizeof(providers[0]); n++) {
		make(providers[n], false);
		interfaces_settle(&known, &before);
		assert_true(is_outside(WAN));
		assert_false(is_outside(LAN));
		assert_false(is_outside(LO));
	}
	/* Two private networks cannot be told apart, but by a lease. */
	make("192.168.0.7", false);
	interfaces_settle(&known, &before);
	assert_false(is_outside(WAN));
	make("192.168.0.7", true);
	interfaces_settle(&known, &before);
	assert_true(is_outside(WAN));
	assert_false(is_outside(LAN));
}

/* Something must be left, or a home with public addresses would have no network. */
static void test_nothing_would_remain(void **state)
{
	(void)state;
	known = (struct interfaces){};
	link_up(LAN, 0);
	link_up(GUEST, 0);
	address(LAN, "198.51.100.1", 96 + 24);
	address(GUEST, "fe80::4", 64);
	interfaces_settle(&known, &before);
	assert_false(is_outside(LAN));
}

static void test_router(void **state)
{
	(void)state;
	make("198.51.100.7", false);
	outside_route(WAN);
	interfaces_settle(&known, &before);
	assert_false(interfaces_is_router(&known));
	interfaces_take(&known, &(struct rtnl_message){.kind = RTNL_FORWARDING});
	assert_false(interfaces_is_router(&known));
	interfaces_take(&known, &(struct rtnl_message){.kind = RTNL_FORWARDING, .forwarding = true});
	interfaces_take(&known, &(struct rtnl_message){.kind = RTNL_FORWARDING});
	assert_true(interfaces_is_router(&known));
	/* For whom? Nobody is behind the other one. */
	link_up(LAN, IFF_LOOPBACK);
	assert_false(interfaces_is_router(&known));
}

/* A provider's line by PPPoE: the route says PPP, and the modem's interface has an address of its own. */
static void make_pppoe(bool route)
{
	make("192.168.100.2", false);
	link_up(GUEST, IFF_POINTOPOINT);
	address(GUEST, "198.51.100.7", 96 + 32);
	if (route)
		outside_route(GUEST);
}

static bool is_inner(int index)
{
	const struct interface *link = interfaces_find(&known, index);

	return link && interfaces_is_inner(&known, link);
}

static void test_pppoe(void **state)
{
	(void)state;
	make_pppoe(true);
	interfaces_carry(&known, WAN);
	interfaces_carry(&known, 77);
	interfaces_settle(&known, &before);
	assert_true(is_outside(GUEST));
	assert_false(is_outside(WAN));
	assert_false(is_inner(WAN));
	assert_false(is_inner(GUEST));
	assert_true(is_inner(LAN));
	/* the provider is away */
	before = known;
	make("192.168.100.2", false);
	interfaces_settle(&known, &before);
	assert_false(is_inner(WAN));
	assert_true(is_inner(LAN));
	/* and with another address it serves another purpose */
	before = known;
	make("192.168.5.1", false);
	interfaces_settle(&known, &before);
	assert_true(is_inner(WAN));
}

/* Who serves it to others, and has another way outside. */
static void test_pppoe_at_home(void **state)
{
	(void)state;
	make_pppoe(false);
	outside_route(WAN);
	interfaces_carry(&known, LAN);
	interfaces_settle(&known, &before);
	assert_true(is_inner(LAN));
	assert_false(is_inner(WAN));
}

/* What has only a link-local address carries something, or nothing. */
static void test_a_wire(void **state)
{
	(void)state;
	known = (struct interfaces){};
	link_up(WAN, 0);
	address(WAN, "fe80::2", 64);
	address(WAN, "169.254.3.3", 96 + 16);
	link_up(LAN, 0);
	address(LAN, "fd00::1", 64);
	interfaces_settle(&known, &before);
	assert_false(is_inner(WAN));
	assert_true(is_inner(LAN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_routes_decide, set_up),
	    cmocka_unit_test_setup(test_a_route_that_went, set_up),
	    cmocka_unit_test_setup(test_no_route_at_all, set_up),
	    cmocka_unit_test_setup(test_nothing_would_remain, set_up),
	    cmocka_unit_test_setup(test_router, set_up),
	    cmocka_unit_test_setup(test_pppoe, set_up),
	    cmocka_unit_test_setup(test_pppoe_at_home, set_up),
	    cmocka_unit_test_setup(test_a_wire, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
