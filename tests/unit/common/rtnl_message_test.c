/* SPDX-License-Identifier: MIT */
#include "rtnl_message.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

/* A message that is built attribute by attribute. */
static struct {
	struct nlmsghdr header;
	uint8_t rest[512];
} message;

static void begin(uint16_t type, const void *fixed, size_t size)
{
	memset(&message, 0, sizeof(message));
	message.header.nlmsg_type = type;
	message.header.nlmsg_len = (uint32_t)NLMSG_LENGTH(NLMSG_ALIGN(size));
	memcpy(message.rest, fixed, size);
}

static void put(uint16_t type, const void *value, size_t length)
{
	struct rtattr a = {.rta_len = (uint16_t)RTA_LENGTH(length), .rta_type = type};
	uint8_t *at = (uint8_t *)&message + message.header.nlmsg_len;

	memcpy(at, &a, sizeof(a));
	memcpy(at + sizeof(a), value, length);
	message.header.nlmsg_len += (uint32_t)RTA_ALIGN(a.rta_len);
}

static const uint8_t mac[6] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55};
static const uint8_t ipv4[4] = {192, 168, 1, 10};
static const uint8_t ipv6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};

static void make_neighbour(uint8_t family, const void *address, size_t length, uint8_t flags)
{
	struct ndmsg info = {
	    .ndm_family = family, .ndm_ifindex = 3, .ndm_state = NUD_STALE, .ndm_flags = flags};

	begin(RTM_NEWNEIGH, &info, sizeof(info));
	put(NDA_DST, address, length);
	put(NDA_LLADDR, mac, sizeof(mac));
}

static void test_neighbour(void **state)
{
	struct rtnl_message m;
	char text[ADDRESS_TEXT_MAX];

	(void)state;
	make_neighbour(AF_INET, ipv4, 4, 0);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_NEIGHBOUR);
	assert_false(m.removed);
	assert_int_equal(m.interface, 3);
	assert_int_equal(m.state, NUD_STALE);
	assert_string_equal(address_format(&m.address, text), "192.168.1.10");
	assert_true(m.has_mac);
	assert_memory_equal(m.mac, mac, 6);

	make_neighbour(AF_INET6, ipv6, 16, 0);
	message.header.nlmsg_type = RTM_DELNEIGH;
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_true(m.removed);
	assert_string_equal(address_format(&m.address, text), "2001:db8::1");

	make_neighbour(AF_INET, ipv4, 4, NTF_PROXY);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_OTHER);
	/* An address of the wrong length is none. */
	make_neighbour(AF_INET6, ipv4, 4, 0);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_OTHER);
}

static void test_link(void **state)
{
	struct ifinfomsg info = {.ifi_type = ARPHRD_ETHER, .ifi_index = 7, .ifi_flags = IFF_UP};
	const uint8_t none[6] = {}, group[6] = {1, 2, 3, 4, 5, 6};
	struct rtnl_message m;

	(void)state;
	begin(RTM_NEWLINK, &info, sizeof(info));
	put(IFLA_ADDRESS, mac, 6);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_LINK);
	assert_int_equal(m.interface, 7);
	assert_int_equal(m.flags, IFF_UP);
	assert_true(m.has_mac);
	begin(RTM_NEWLINK, &info, sizeof(info));
	put(IFLA_ADDRESS, none, 6);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_false(m.has_mac);
	begin(RTM_NEWLINK, &info, sizeof(info));
	put(IFLA_ADDRESS, group, 6);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_false(m.has_mac);
}

static void test_address(void **state)
{
	struct ifaddrmsg info = {.ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = 7};
	const uint8_t peer[4] = {192, 168, 1, 99};
	struct rtnl_message m;
	char text[ADDRESS_TEXT_MAX];

	(void)state;
	/* IFA_LOCAL is our own end, whichever comes first. */
	begin(RTM_NEWADDR, &info, sizeof(info));
	put(IFA_ADDRESS, peer, 4);
	put(IFA_LOCAL, ipv4, 4);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_ADDRESS);
	assert_int_equal(m.prefix, 96 + 24);
	assert_string_equal(address_format(&m.address, text), "192.168.1.10");
	begin(RTM_NEWADDR, &info, sizeof(info));
	put(IFA_LOCAL, ipv4, 4);
	put(IFA_ADDRESS, peer, 4);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_string_equal(address_format(&m.address, text), "192.168.1.10");

	assert_true(m.leased);
	info.ifa_flags = IFA_F_PERMANENT;
	begin(RTM_NEWADDR, &info, sizeof(info));
	put(IFA_LOCAL, ipv4, 4);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_false(m.leased);

	info.ifa_prefixlen = 33;
	begin(RTM_NEWADDR, &info, sizeof(info));
	put(IFA_LOCAL, ipv4, 4);
	assert_int_equal(rtnl_message_parse(&m, &message.header), -EBADMSG);
}

static void test_default_route(void **state)
{
	struct rtmsg info = {.rtm_family = AF_INET, .rtm_type = RTN_UNICAST};
	const struct rtnexthop hops[2] = {{.rtnh_len = sizeof(hops[0]), .rtnh_ifindex = 4},
					  {.rtnh_len = sizeof(hops[0]), .rtnh_ifindex = 5}};
	struct rtnexthop bad = {.rtnh_len = 200};
	const int out = 9;
	struct rtnl_message m;

	(void)state;
	begin(RTM_NEWROUTE, &info, sizeof(info));
	put(RTA_OIF, &out, sizeof(out));
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_OUTSIDE_ROUTE);
	assert_int_equal(m.n_hops, 1);
	assert_int_equal(m.hops[0], 9);

	begin(RTM_NEWROUTE, &info, sizeof(info));
	put(RTA_MULTIPATH, hops, sizeof(hops));
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.n_hops, 2);
	assert_int_equal(m.hops[1], 5);

	begin(RTM_NEWROUTE, &info, sizeof(info));
	put(RTA_MULTIPATH, &bad, sizeof(bad));
	assert_int_equal(rtnl_message_parse(&m, &message.header), -EBADMSG);

	info.rtm_dst_len = 24;
	begin(RTM_NEWROUTE, &info, sizeof(info));
	put(RTA_OIF, &out, sizeof(out));
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	assert_int_equal(m.kind, RTNL_OTHER);
}

static enum rtnl_kind kind_of_route(const char *to, bool gateway)
{
	const int out = 9;
	struct rtmsg info = {.rtm_type = RTN_UNICAST};
	struct rtnl_message m;
	struct network n;
	const uint8_t *bytes;
	size_t length;

	assert_int_equal(network_parse(&n, to), 0);
	length = address_wire(&n.base, &bytes);
	info.rtm_family = length == 4 ? AF_INET : AF_INET6;
	info.rtm_dst_len = (uint8_t)(n.length - (length == 4 ? 96 : 0));
	begin(RTM_NEWROUTE, &info, sizeof(info));
	put(RTA_DST, bytes, length);
	put(RTA_OIF, &out, sizeof(out));
	if (gateway)
		put(RTA_GATEWAY, bytes, length);
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	return m.kind;
}

static void test_routes_that_lead_outside(void **state)
{
	static const char *const wide[] = {"0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/2",
					   "0.0.0.0/5", "11.0.0.0/8",  "::/1",
					   "8000::/1",	"2000::/3",    "2002::/16"};
	static const char *const narrow[] = {
	    "10.0.0.0/8",  "192.168.0.0/16", "172.16.0.0/12", "203.0.113.0/24", "224.0.0.0/4",
	    "127.0.0.0/8", "fc00::/7",	     "fe80::/10",     "2001:db8::/32",	"ff00::/8"};

	(void)state;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		assert_int_equal(kind_of_route(wide[i], false), RTNL_OUTSIDE_ROUTE);
	for (size_t i = 0; i < sizeof(narrow) / sizeof(narrow[0]); i++)
		assert_int_equal(kind_of_route(narrow[i], true), RTNL_OTHER);
	/* The far end of a tunnel that has taken the default route. */
	assert_int_equal(kind_of_route("198.51.100.1/32", true), RTNL_OUTSIDE_ROUTE);
	assert_int_equal(kind_of_route("2001:db8::1/128", true), RTNL_OUTSIDE_ROUTE);
	assert_int_equal(kind_of_route("198.51.100.1/32", false), RTNL_OTHER);
	assert_int_equal(kind_of_route("192.168.7.1/32", true), RTNL_OTHER);
}

static enum rtnl_kind parse_forwarding(int32_t interface, int32_t value, bool *ret)
{
	struct {
		uint8_t family;
	} info = {AF_INET};
	struct rtnl_message m;

	begin(RTM_NEWNETCONF, &info, sizeof(info));
	put(NETCONFA_IFINDEX, &interface, sizeof(interface));
	put(NETCONFA_FORWARDING, &value, sizeof(value));
	assert_int_equal(rtnl_message_parse(&m, &message.header), 0);
	*ret = m.forwarding;
	return m.kind;
}

static void test_forwarding(void **state)
{
	bool forwarding;

	(void)state;
	assert_int_equal(parse_forwarding(NETCONFA_IFINDEX_ALL, 1, &forwarding), RTNL_FORWARDING);
	assert_true(forwarding);
	/* For routers that take router advertisements themselves (ip-sysctl.rst). */
	assert_int_equal(parse_forwarding(NETCONFA_IFINDEX_ALL, 2, &forwarding), RTNL_FORWARDING);
	assert_true(forwarding);
	assert_int_equal(parse_forwarding(NETCONFA_IFINDEX_ALL, 0, &forwarding), RTNL_FORWARDING);
	assert_false(forwarding);
	assert_int_equal(parse_forwarding(3, 1, &forwarding), RTNL_OTHER);
	assert_int_equal(parse_forwarding(NETCONFA_IFINDEX_DEFAULT, 1, &forwarding), RTNL_OTHER);
}

/* Cut off anywhere, in a buffer of just that size: no byte beyond is read (the sanitizer sees to it). */
static void test_truncated(void **state)
{
	(void)state;
	make_neighbour(AF_INET6, ipv6, 16, 0);
	for (uint32_t length = NLMSG_HDRLEN; length < message.header.nlmsg_len; length++) {
		struct nlmsghdr *copy = malloc(length);
		struct rtnl_message m;

		assert_non_null(copy);
		memcpy(copy, &message, length);
		copy->nlmsg_len = length;
		if (rtnl_message_parse(&m, copy) == 0 && m.kind == RTNL_NEIGHBOUR)
			assert_true(length >= NLMSG_LENGTH(sizeof(struct ndmsg)) + RTA_LENGTH(16));
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_neighbour),  cmocka_unit_test(test_link),
	    cmocka_unit_test(test_address),    cmocka_unit_test(test_default_route),
	    cmocka_unit_test(test_truncated),  cmocka_unit_test(test_routes_that_lead_outside),
	    cmocka_unit_test(test_forwarding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
