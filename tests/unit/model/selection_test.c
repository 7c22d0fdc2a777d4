/* SPDX-License-Identifier: MIT */
#include "selection.h"

#include <netinet/in.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

enum {
	ROUTER = 1, /* options that show what is otherwise left out */
	DNS = 2,
	INSIDE = 4,
	MACHINE = 8,
};

/* An entry as the kernel has it (both tuples), and what it must be. */
static const struct {
	const char *what;
	unsigned options;
	uint8_t protocol;
	const char *orig_src, *orig_dst, *reply_src, *reply_dst;
	uint16_t sport, dport;
	enum selection_kind kind;
	const char *device, *remote;
	bool inbound, self;
} cases[] = {
    {"IPv4 behind masquerade", 0, IPPROTO_TCP, "192.168.1.10", "93.184.216.34", "93.184.216.34",
     "198.51.100.1", 4000, 443, SELECTION_SHOWN, "192.168.1.10", "93.184.216.34", false, false},
    {"IPv4 without NAT", 0, IPPROTO_UDP, "192.168.1.10", "93.184.216.34", "93.184.216.34", "192.168.1.10",
     4000, 443, SELECTION_SHOWN, "192.168.1.10", "93.184.216.34", false, false},
    {"IPv6", 0, IPPROTO_TCP, "2001:db8:1::10", "2606:2800::1", "2606:2800::1", "2001:db8:1::10", 4000, 443,
     SELECTION_SHOWN, "2001:db8:1::10", "2606:2800::1", false, false},
    {"IPv6 inbound", 0, IPPROTO_TCP, "2606:2800::1", "2001:db8:1::10", "2001:db8:1::10", "2606:2800::1", 4000,
     22, SELECTION_SHOWN, "2001:db8:1::10", "2606:2800::1", true, false},
    {"port forward", 0, IPPROTO_TCP, "93.184.216.34", "198.51.100.1", "192.168.1.10", "93.184.216.34", 4000,
     80, SELECTION_SHOWN, "192.168.1.10", "93.184.216.34", true, false},
    {"port forward with source NAT too", 0, IPPROTO_TCP, "93.184.216.34", "198.51.100.1", "192.168.1.10",
     "192.168.1.1", 4000, 80, SELECTION_SHOWN, "192.168.1.10", "93.184.216.34", true, false},
    {"hairpin: inside by way of the outer address", 0, IPPROTO_TCP, "192.168.1.10", "198.51.100.1",
     "192.168.1.20", "192.168.1.1", 4000, 80, SELECTION_INSIDE, NULL, NULL, false, false},
    {"redirected to another server outside", 0, IPPROTO_TCP, "192.168.1.10", "93.184.216.34", "203.0.113.9",
     "198.51.100.1", 4000, 80, SELECTION_SHOWN, "192.168.1.10", "203.0.113.9", false, false},
    {"the router outward", 0, IPPROTO_TCP, "198.51.100.1", "93.184.216.34", "93.184.216.34", "198.51.100.1",
     4000, 443, SELECTION_ROUTER, NULL, NULL, false, false},
    {"the router outward, shown", ROUTER, IPPROTO_TCP, "198.51.100.1", "93.184.216.34", "93.184.216.34",
     "198.51.100.1", 4000, 443, SELECTION_SHOWN, "198.51.100.1", "93.184.216.34", false, true},
    {"to the router from outside, shown", ROUTER, IPPROTO_TCP, "93.184.216.34", "198.51.100.1",
     "198.51.100.1", "93.184.216.34", 4000, 22, SELECTION_SHOWN, "198.51.100.1", "93.184.216.34", true, true},
    {"a device to the router", 0, IPPROTO_TCP, "192.168.1.10", "192.168.1.1", "192.168.1.1", "192.168.1.10",
     4000, 80, SELECTION_ROUTER, NULL, NULL, false, false},
    {"a device to the router, shown", ROUTER, IPPROTO_TCP, "192.168.1.10", "192.168.1.1", "192.168.1.1",
     "192.168.1.10", 4000, 80, SELECTION_SHOWN, "192.168.1.10", "192.168.1.1", false, false},
    {"the router to a device, shown", ROUTER, IPPROTO_TCP, "192.168.1.1", "192.168.1.10", "192.168.1.10",
     "192.168.1.1", 4000, 80, SELECTION_SHOWN, "192.168.1.10", "192.168.1.1", true, false},
    {"loopback is the router's own", 0, IPPROTO_TCP, "127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1", 4000,
     80, SELECTION_ROUTER, NULL, NULL, false, false},
    {"DNS to the router", 0, IPPROTO_UDP, "192.168.1.10", "192.168.1.1", "192.168.1.1", "192.168.1.10", 4000,
     53, SELECTION_DNS, NULL, NULL, false, false},
    {"DNS to the router, shown", DNS, IPPROTO_UDP, "192.168.1.10", "192.168.1.1", "192.168.1.1",
     "192.168.1.10", 4000, 53, SELECTION_SHOWN, "192.168.1.10", "192.168.1.1", false, false},
    {"DNS over TCP between two at home", 0, IPPROTO_TCP, "192.168.1.10", "192.168.1.20", "192.168.1.20",
     "192.168.1.10", 4000, 53, SELECTION_DNS, NULL, NULL, false, false},
    {"DNS over IPv6 to the router", 0, IPPROTO_UDP, "2001:db8:1::10", "2001:db8:1::1", "2001:db8:1::1",
     "2001:db8:1::10", 4000, 53, SELECTION_DNS, NULL, NULL, false, false},
    {"DNS outward, redirected to the router", 0, IPPROTO_UDP, "192.168.1.10", "9.9.9.9", "192.168.1.1",
     "192.168.1.10", 4000, 53, SELECTION_DNS, NULL, NULL, false, false},
    {"DNS outward is no home DNS", 0, IPPROTO_UDP, "192.168.1.10", "9.9.9.9", "9.9.9.9", "198.51.100.1", 4000,
     53, SELECTION_SHOWN, "192.168.1.10", "9.9.9.9", false, false},
    {"the router's DNS outward", 0, IPPROTO_UDP, "198.51.100.1", "9.9.9.9", "9.9.9.9", "198.51.100.1", 4000,
     53, SELECTION_ROUTER, NULL, NULL, false, false},
    {"ICMP has no DNS port", 0, IPPROTO_ICMP, "192.168.1.10", "192.168.1.20", "192.168.1.20", "192.168.1.10",
     53, 53, SELECTION_INSIDE, NULL, NULL, false, false},
    {"inside the home", 0, IPPROTO_TCP, "192.168.1.10", "192.168.2.20", "192.168.2.20", "192.168.1.10", 4000,
     80, SELECTION_INSIDE, NULL, NULL, false, false},
    {"inside the home, shown", INSIDE, IPPROTO_TCP, "192.168.1.10", "192.168.2.20", "192.168.2.20",
     "192.168.1.10", 4000, 80, SELECTION_SHOWN, "192.168.1.10", "192.168.2.20", false, false},
    {"to the home's broadcast address", 0, IPPROTO_UDP, "192.168.1.10", "192.168.1.255", "192.168.1.255",
     "192.168.1.10", 4000, 137, SELECTION_INSIDE, NULL, NULL, false, false},
    {"the broadcast address is no device", 0, IPPROTO_UDP, "93.184.216.34", "192.168.1.255", "192.168.1.255",
     "93.184.216.34", 4000, 137, SELECTION_FOREIGN, NULL, NULL, false, false},
    {"a /25's broadcast address lies in the middle", 0, IPPROTO_UDP, "192.168.2.10", "192.168.2.127",
     "192.168.2.127", "192.168.2.10", 4000, 137, SELECTION_INSIDE, NULL, NULL, false, false},
    {"everybody's broadcast address", 0, IPPROTO_UDP, "192.168.1.10", "255.255.255.255", "255.255.255.255",
     "192.168.1.10", 68, 67, SELECTION_SHOWN, "192.168.1.10", "255.255.255.255", false, false},
    {"multicast", 0, IPPROTO_UDP, "192.168.1.10", "224.0.0.251", "224.0.0.251", "192.168.1.10", 5353, 5353,
     SELECTION_SHOWN, "192.168.1.10", "224.0.0.251", false, false},
    {"IPv6 multicast", 0, IPPROTO_UDP, "2001:db8:1::10", "ff02::fb", "ff02::fb", "2001:db8:1::10", 5353, 5353,
     SELECTION_SHOWN, "2001:db8:1::10", "ff02::fb", false, false},
    {"DHCP before there is an address", 0, IPPROTO_UDP, "0.0.0.0", "255.255.255.255", "255.255.255.255",
     "0.0.0.0", 68, 67, SELECTION_FOREIGN, NULL, NULL, false, false},
    {"nobody's", 0, IPPROTO_TCP, "203.0.113.1", "203.0.113.2", "203.0.113.2", "203.0.113.1", 4000, 80,
     SELECTION_FOREIGN, NULL, NULL, false, false},
    {"machine: outward", MACHINE, IPPROTO_TCP, "192.168.1.1", "93.184.216.34", "93.184.216.34", "192.168.1.1",
     4000, 443, SELECTION_SHOWN, "192.168.1.1", "93.184.216.34", false, true},
    {"machine: from a neighbour", MACHINE, IPPROTO_TCP, "192.168.1.10", "192.168.1.1", "192.168.1.1",
     "192.168.1.10", 4000, 22, SELECTION_SHOWN, "192.168.1.1", "192.168.1.10", true, true},
    {"machine: loopback", MACHINE, IPPROTO_TCP, "127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1", 4000, 80,
     SELECTION_INSIDE, NULL, NULL, false, false},
    {"machine: IPv6 loopback", MACHINE, IPPROTO_TCP, "::1", "::1", "::1", "::1", 4000, 80, SELECTION_INSIDE,
     NULL, NULL, false, false},
    {"machine: DNS in its own network", MACHINE, IPPROTO_UDP, "192.168.1.1", "192.168.1.9", "192.168.1.9",
     "192.168.1.1", 4000, 53, SELECTION_DNS, NULL, NULL, false, false},
    {"machine: somebody else's", MACHINE, IPPROTO_TCP, "192.168.1.10", "93.184.216.34", "93.184.216.34",
     "192.168.1.10", 4000, 443, SELECTION_FOREIGN, NULL, NULL, false, false},
};

static struct address parse(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return a;
}

static struct home make_home(unsigned options)
{
	struct home h = {
	    .mode = options & MACHINE ? HOME_MACHINE : HOME_ROUTER,
	    .n_networks = 3,
	    .n_own = 3,
	    .own = {parse("192.168.1.1"), parse("198.51.100.1"), parse("2001:db8:1::1")},
	    .show_router = options & ROUTER,
	    .show_dns = options & DNS,
	    .show_inside = options & INSIDE,
	};

	assert_int_equal(network_parse(&h.networks[0], "192.168.1.0/24"), 0);
	assert_int_equal(network_parse(&h.networks[1], "192.168.2.0/25"), 0);
	assert_int_equal(network_parse(&h.networks[2], "2001:db8:1::/64"), 0);
	return h;
}

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		struct home home = make_home(cases[i].options);
		struct ct_tuple tuple[CT_DIRECTIONS] = {
		    {parse(cases[i].orig_src), parse(cases[i].orig_dst), cases[i].sport, cases[i].dport},
		    {parse(cases[i].reply_src), parse(cases[i].reply_dst), cases[i].dport, cases[i].sport},
		};
		struct selection s;
		struct address device, remote;

		selection_decide(&s, &home, tuple, cases[i].protocol, true);
		if (s.kind != cases[i].kind)
			fail_msg("%s: %d, not %d", cases[i].what, s.kind, cases[i].kind);
		if (s.kind != SELECTION_SHOWN)
			continue;
		device = parse(cases[i].device);
		remote = parse(cases[i].remote);
		if (!address_equal(&s.device, &device) || !address_equal(&s.remote, &remote))
			fail_msg("%s: the wrong ends", cases[i].what);
		if (s.inbound != cases[i].inbound || s.self != cases[i].self)
			fail_msg("%s: inbound %d, self %d", cases[i].what, s.inbound, s.self);
		assert_int_equal(s.port, cases[i].dport);
	}
}

static void test_port_is_the_responders(void **state)
{
	struct home home = make_home(0);
	/* Outer port 8080 leads to port 80 of the device. */
	struct ct_tuple forward[CT_DIRECTIONS] = {
	    {parse("203.0.113.9"), parse("198.51.100.1"), 4000, 8080},
	    {parse("192.168.1.10"), parse("203.0.113.9"), 80, 4000},
	};
	struct selection s;

	(void)state;
	selection_decide(&s, &home, forward, IPPROTO_TCP, true);
	assert_true(s.has_port);
	assert_int_equal(s.port, 80);
	selection_decide(&s, &home, forward, IPPROTO_GRE, true);
	assert_false(s.has_port);
	selection_decide(&s, &home, forward, IPPROTO_ESP, false);
	assert_false(s.has_port);
}

static void test_network_edges(void **state)
{
	struct home home = make_home(0);
	struct address a = parse("192.168.1.0"), b = parse("192.168.1.255"), c = parse("192.168.1.254");
	struct address d = parse("2001:db8:1::");

	(void)state;
	assert_false(home_is_inside(&home, &a));
	assert_false(home_is_inside(&home, &b));
	assert_true(home_is_inside(&home, &c));
	assert_true(home_is_inside(&home, &d));
	/* Of two or one addresses none is an edge (RFC 3021). */
	assert_int_equal(network_parse(&home.networks[0], "192.168.1.254/31"), 0);
	assert_true(home_is_inside(&home, &b));
	assert_true(home_is_inside(&home, &c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_port_is_the_responders),
	    cmocka_unit_test(test_network_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
