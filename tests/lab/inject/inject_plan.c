/* SPDX-License-Identifier: MIT */
#include "inject_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netfilter/nf_conntrack_sctp.h>
#include <linux/netfilter/nf_conntrack_tcp.h>

#include "util.h"

struct inject_plan inject_plan_default(void)
{
	struct inject_plan p = {
	    .seed = 1,
	    .ipv4 = true,
	    .ipv6 = true,
	    .protocols = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP},
	    .n_protocols = 3,
	    .timeout = 600,
	};

	(void)inject_networks_parse(&p.devices, "192.0.2.0/25,2001:db8:77::/64");
	(void)inject_networks_parse(&p.remotes, "198.51.100.0/24,203.0.113.0/24,2001:db8:1000::/48");
	(void)address_parse(&p.nat_ipv4, "192.0.2.254");
	(void)address_parse(&p.nat_ipv6, "2001:db8:fe::1");
	return p;
}

int inject_networks_parse(struct inject_networks *ret, const char *text)
{
	_cleanup_(cleanup_free) char *copy = strdup(text);
	struct inject_networks networks = {};
	char *rest = copy, *word;

	if (!copy)
		return -ENOMEM;
	while ((word = strsep(&rest, ","))) {
		if (networks.n == INJECT_LIST_MAX || network_parse(&networks.of[networks.n], word) < 0)
			return -EINVAL;
		networks.n++;
	}
	*ret = networks;
	return 0;
}

static int protocol_parse(const char *word)
{
	static const struct {
		const char *name;
		uint8_t number;
	} known[] = {
	    {"tcp", IPPROTO_TCP},	{"udp", IPPROTO_UDP},	{"icmp", IPPROTO_ICMP},
	    {"icmpv6", IPPROTO_ICMPV6}, {"sctp", IPPROTO_SCTP}, {"udplite", IPPROTO_UDPLITE},
	    {"gre", IPPROTO_GRE},	{"esp", IPPROTO_ESP},
	};
	unsigned long number;
	char *end;

	for (size_t i = 0; i < ELEMENTS_OF(known); i++)
		if (!strcmp(word, known[i].name))
			return known[i].number;
	number = strtoul(word, &end, 10);
	return *word && !*end && number > 0 && number < 256 ? (int)number : -EINVAL;
}

int inject_protocols_parse(struct inject_plan *p, const char *text)
{
	_cleanup_(cleanup_free) char *copy = strdup(text);
	char *rest = copy, *word;

	if (!copy)
		return -ENOMEM;
	p->n_protocols = 0;
	while ((word = strsep(&rest, ","))) {
		int number = protocol_parse(word);

		if (number < 0 || p->n_protocols == INJECT_LIST_MAX)
			return -EINVAL;
		p->protocols[p->n_protocols++] = (uint8_t)number;
	}
	return 0;
}

/* A number from 0 to below, for a seed, an entry and a purpose (Steele et al.'s SplitMix finaliser). */
static uint64_t pick(const struct inject_plan *p, uint32_t number, uint32_t purpose, uint64_t below)
{
	uint64_t x = p->seed * 0x9e3779b97f4a7c15 + ((uint64_t)purpose << 32 | number);

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return (x ^ x >> 31) % below;
}

static size_t networks_of(const struct inject_networks *n, bool ipv6, struct network *ret)
{
	size_t found = 0;

	for (size_t i = 0; i < n->n; i++)
		if (address_is_ipv4(&n->of[i].base) != ipv6)
			ret[found++] = n->of[i];
	return found;
}

/* A host of one of the networks; neither the first nor the last address where there is a choice. */
static struct address host(const struct inject_plan *p, const struct inject_networks *networks, bool ipv6,
			   uint32_t number, uint32_t purpose)
{
	struct network fitting[INJECT_LIST_MAX];
	size_t n = networks_of(networks, ipv6, fitting);
	const struct network *chosen = &fitting[pick(p, number, purpose, n)];
	unsigned bits = 128 - chosen->length;
	struct address a = chosen->base;
	uint64_t h = 0;

	if (bits > 1)
		h = 1 + pick(p, number, purpose + 1, (1ull << (bits < 16 ? bits : 16)) - 2);
	for (int i = 15; h; i--, h >>= 8)
		a.bytes[i] |= (uint8_t)h;
	return a;
}

static uint16_t service(const struct inject_plan *p, uint32_t number, uint8_t protocol)
{
	static const uint16_t tcp[] = {443, 80, 22, 993, 8443, 5223}, udp[] = {443, 53, 123, 3478, 51820};

	if (protocol == IPPROTO_TCP)
		return tcp[pick(p, number, 20, ELEMENTS_OF(tcp))];
	if (protocol == IPPROTO_SCTP)
		return 3868;
	return udp[pick(p, number, 20, ELEMENTS_OF(udp))];
}

static uint8_t state(const struct inject_plan *p, uint32_t number, uint8_t protocol)
{
	if (protocol == IPPROTO_SCTP)
		return SCTP_CONNTRACK_ESTABLISHED;
	if (protocol != IPPROTO_TCP)
		return TCP_CONNTRACK_NONE;
	if (!p->mixed_states)
		return TCP_CONNTRACK_ESTABLISHED;
	return (uint8_t)(TCP_CONNTRACK_SYN_SENT + pick(p, number, 21, TCP_CONNTRACK_TIME_WAIT));
}

struct inject_entry inject_plan_entry(const struct inject_plan *p, uint32_t number)
{
	bool ipv6 = p->ipv6 && (!p->ipv4 || pick(p, number, 1, 2));
	struct inject_entry e = {
	    .protocol = p->protocols[pick(p, number, 2, p->n_protocols)],
	    .nat =
		p->nat == INJECT_NAT_MIXED ? (enum inject_nat)pick(p, number, 3, INJECT_NAT_MIXED) : p->nat,
	};
	struct address device = host(p, &p->devices, ipv6, number, 4);
	struct address remote = host(p, &p->remotes, ipv6, number, 6);

	if (e.protocol == IPPROTO_ICMP || e.protocol == IPPROTO_ICMPV6)
		e.protocol = ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
	e.state = state(p, number, e.protocol);
	/* numbers count through the ports, so that hardly ever two entries are the same */
	e.sport = (uint16_t)(1024 + number % 64512);
	e.dport = service(p, number, e.protocol);
	e.src = device;
	e.dst = remote;
	if (e.nat == INJECT_NAT_SOURCE) {
		e.nat_address = ipv6 ? p->nat_ipv6 : p->nat_ipv4;
	} else if (e.nat == INJECT_NAT_DESTINATION) {
		e.src = remote;
		e.dst = ipv6 ? p->nat_ipv6 : p->nat_ipv4;
		e.nat_address = device;
		e.nat_port = (uint16_t)(e.dport + 1);
	}
	return e;
}

bool inject_plan_is_whole(const struct inject_plan *p)
{
	struct network fitting[INJECT_LIST_MAX];

	if (!p->n_protocols || (!p->ipv4 && !p->ipv6))
		return false;
	for (int ipv6 = 0; ipv6 < 2; ipv6++)
		if ((ipv6 ? p->ipv6 : p->ipv4) &&
		    (!networks_of(&p->devices, ipv6, fitting) || !networks_of(&p->remotes, ipv6, fitting)))
			return false;
	return true;
}
