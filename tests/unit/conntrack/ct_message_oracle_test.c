/* SPDX-License-Identifier: MIT */
/*
 * ct_message_parse() against libnetfilter_conntrack: messages of this kernel, and the same with bytes
 * changed. Where both accept a message, they must agree on every value.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <libnetfilter_conntrack/libnetfilter_conntrack.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "../cmocka_all.h"
#include "ct_message.h"
#include "ct_netlink.h"
#include "inject_send.h"
#include "netns.h"

enum { MESSAGES_MAX = 5000 };

struct sample {
	size_t size;
	void *bytes;
};

static struct sample samples[MESSAGES_MAX];
static size_t n_samples;

static void keep(const struct nlmsghdr *nlh)
{
	struct sample *s = &samples[n_samples];

	if (n_samples == MESSAGES_MAX || ct_netlink_message(nlh) < 0)
		return;
	s->size = nlh->nlmsg_len;
	s->bytes = malloc(s->size);
	assert_non_null(s->bytes);
	memcpy(s->bytes, nlh, s->size);
	n_samples++;
}

/* Keeps what comes until the end of a dump, or until nothing is left. */
static void collect(int fd)
{
	static _Alignas(struct nlmsghdr) char buffer[65536];
	ssize_t n;

	while ((n = recv(fd, buffer, sizeof(buffer), MSG_DONTWAIT)) > 0) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;

		for (int left = (int)n; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
			if (nlh->nlmsg_type == NLMSG_DONE)
				return;
			keep(nlh);
		}
	}
}

static void inject(const struct inject_plan *plan, uint32_t n, bool delete)
{
	struct inject_sender *s;

	assert_int_equal(inject_sender_new(&s, plan), 0);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(delete ? inject_delete(s, i) : inject_create(s, i), 0);
	assert_int_equal(inject_sync(s), 0);
	inject_sender_free(s);
}

/* A real datagram to nobody on the loopback, so that some counters are not zero. */
static void count_some(void)
{
	struct sockaddr_in to = {
	    .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_int_equal(
	    system(
		"ip link set lo up && nft 'table ip connvis_test { chain c { type filter hook output priority 0; ct state new accept; }; }'"),
	    0);
	for (int i = 0; i < 5; i++)
		(void)sendto(fd, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));
	close(fd);
}

static int set_up(void **state)
{
	struct inject_plan plan = inject_plan_default();
	int events, dump;

	(void)state;
	if (!netns_enter())
		return 0; /* the tests say that they were skipped */
	events = ct_netlink_open(NF_NETLINK_CONNTRACK_NEW | NF_NETLINK_CONNTRACK_DESTROY |
				 NF_NETLINK_CONNTRACK_UPDATE);
	dump = ct_netlink_open(0);
	assert_true(events >= 0 && dump >= 0);
	ct_netlink_set_buffer(events, 16 * 1024 * 1024);

	assert_int_equal(inject_protocols_parse(&plan, "tcp,udp,icmp,sctp,udplite,gre,esp,89"), 0);
	plan.nat = INJECT_NAT_MIXED;
	plan.mixed_states = true;
	inject(&plan, 600, false);
	plan.seed = 2;
	plan.mark = 0x1234;
	plan.zone = 5;
	inject(&plan, 200, false);
	count_some();
	assert_int_equal(ct_netlink_request(dump, IPCTNL_MSG_CT_GET, NLM_F_DUMP, 1), 0);
	collect(dump);
	inject(&plan, 200, true);
	collect(events);
	close(events);
	close(dump);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	while (n_samples)
		free(samples[--n_samples].bytes);
	return 0;
}

static void same_address(const struct nf_conntrack *ct, enum nf_conntrack_attr ipv4,
			 enum nf_conntrack_attr ipv6, const struct address *ours)
{
	const uint8_t *bytes;
	size_t n = address_wire(ours, &bytes);

	if (n == 4 && nfct_attr_is_set(ct, ipv4))
		assert_memory_equal(nfct_get_attr(ct, ipv4), bytes, 4);
	else
		assert_memory_equal(nfct_get_attr(ct, ipv6), ours->bytes, 16);
}

static void same_tuples(const struct nf_conntrack *ct, const struct ct_entry *e)
{
	same_address(ct, ATTR_ORIG_IPV4_SRC, ATTR_ORIG_IPV6_SRC, &e->tuple[CT_ORIG].src);
	same_address(ct, ATTR_ORIG_IPV4_DST, ATTR_ORIG_IPV6_DST, &e->tuple[CT_ORIG].dst);
	same_address(ct, ATTR_REPL_IPV4_SRC, ATTR_REPL_IPV6_SRC, &e->tuple[CT_REPLY].src);
	same_address(ct, ATTR_REPL_IPV4_DST, ATTR_REPL_IPV6_DST, &e->tuple[CT_REPLY].dst);
	assert_int_equal(nfct_get_attr_u8(ct, ATTR_ORIG_L4PROTO), e->protocol);
	if (nfct_attr_is_set(ct, ATTR_ICMP_ID) || nfct_attr_is_set(ct, ATTR_ICMP_TYPE) ||
	    nfct_attr_is_set(ct, ATTR_ICMP_CODE)) {
		/* it does not tell by which direction they were set, and gives them to ICMP alone */
		if (e->protocol != IPPROTO_ICMP && e->protocol != IPPROTO_ICMPV6)
			return;
		assert_int_equal(ntohs(nfct_get_attr_u16(ct, ATTR_ICMP_ID)), e->tuple[CT_ORIG].sport);
		assert_int_equal(nfct_get_attr_u8(ct, ATTR_ICMP_TYPE) << 8 |
				     nfct_get_attr_u8(ct, ATTR_ICMP_CODE),
				 e->tuple[CT_ORIG].dport);
	} else if (nfct_attr_is_set(ct, ATTR_ORIG_PORT_SRC) || nfct_attr_is_set(ct, ATTR_ORIG_PORT_DST)) {
		assert_true(e->has_ports);
		assert_int_equal(ntohs(nfct_get_attr_u16(ct, ATTR_ORIG_PORT_SRC)), e->tuple[CT_ORIG].sport);
		assert_int_equal(ntohs(nfct_get_attr_u16(ct, ATTR_ORIG_PORT_DST)), e->tuple[CT_ORIG].dport);
		assert_int_equal(ntohs(nfct_get_attr_u16(ct, ATTR_REPL_PORT_SRC)), e->tuple[CT_REPLY].sport);
		assert_int_equal(ntohs(nfct_get_attr_u16(ct, ATTR_REPL_PORT_DST)), e->tuple[CT_REPLY].dport);
	} else {
		assert_false(e->has_ports);
	}
}

static void same_rest(const struct nf_conntrack *ct, const struct ct_entry *e)
{
	static const struct {
		uint8_t protocol;
		enum nf_conntrack_attr state;
	} states[] = {
	    {IPPROTO_TCP, ATTR_TCP_STATE}, {IPPROTO_SCTP, ATTR_SCTP_STATE}, {IPPROTO_DCCP, ATTR_DCCP_STATE}};

	assert_int_equal(nfct_get_attr_u32(ct, ATTR_ID), e->id);
	assert_int_equal(nfct_attr_is_set(ct, ATTR_STATUS) != 0, e->has_status);
	assert_int_equal(nfct_get_attr_u32(ct, ATTR_STATUS), e->status);
	assert_int_equal(nfct_attr_is_set(ct, ATTR_TIMEOUT) != 0, e->has_timeout);
	assert_int_equal(nfct_get_attr_u32(ct, ATTR_TIMEOUT), e->timeout);
	assert_int_equal(nfct_get_attr_u32(ct, ATTR_MARK), e->mark);
	if (nfct_attr_is_set(ct, ATTR_ZONE) && nfct_get_attr_u16(ct, ATTR_ZONE))
		assert_int_equal(nfct_get_attr_u16(ct, ATTR_ZONE), e->zone);
	assert_int_equal(nfct_get_attr_u64(ct, ATTR_ORIG_COUNTER_PACKETS), e->packets[CT_ORIG]);
	assert_int_equal(nfct_get_attr_u64(ct, ATTR_ORIG_COUNTER_BYTES), e->bytes[CT_ORIG]);
	assert_int_equal(nfct_get_attr_u64(ct, ATTR_REPL_COUNTER_PACKETS), e->packets[CT_REPLY]);
	assert_int_equal(nfct_get_attr_u64(ct, ATTR_REPL_COUNTER_BYTES), e->bytes[CT_REPLY]);
	assert_int_equal(nfct_get_attr_u64(ct, ATTR_TIMESTAMP_START), e->start);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (e->protocol == states[i].protocol && nfct_attr_is_set(ct, states[i].state))
			assert_int_equal(nfct_get_attr_u8(ct, states[i].state), e->state);
}

#define TYPE(t) (1u << (t))
#define TYPE_OF_NOTHING 0x3ff0

/* Gives attributes other than those to keep a type that nobody knows. */
static void hide_others(void *attributes, size_t size, uint32_t keep)
{
	struct nlattr *attr = attributes;

	for (int left = (int)size; mnl_attr_ok(attr, left); attr = mnl_attr_next(attr)) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type > 31 || !(keep & TYPE(type)))
			attr->nla_type = TYPE_OF_NOTHING;
		left -= (int)MNL_ALIGN(attr->nla_len);
	}
}

/* libnetfilter_conntrack ends the process over a broken attribute: leave it none that we do not check too. */
static void hide_unread(struct nlmsghdr *nlh)
{
	struct nlattr *attr, *info;

	hide_others(mnl_nlmsg_get_payload_offset(nlh, sizeof(struct nfgenmsg)),
		    mnl_nlmsg_get_payload_len(nlh) - MNL_ALIGN(sizeof(struct nfgenmsg)),
		    TYPE(CTA_TUPLE_ORIG) | TYPE(CTA_TUPLE_REPLY) | TYPE(CTA_STATUS) | TYPE(CTA_PROTOINFO) |
			TYPE(CTA_TIMEOUT) | TYPE(CTA_MARK) | TYPE(CTA_COUNTERS_ORIG) |
			TYPE(CTA_COUNTERS_REPLY) | TYPE(CTA_ID) | TYPE(CTA_ZONE) | TYPE(CTA_TIMESTAMP));
	mnl_attr_for_each(attr, nlh, sizeof(struct nfgenmsg))
	{
		size_t size = mnl_attr_get_payload_len(attr);

		if (mnl_attr_get_type(attr) == CTA_TIMESTAMP)
			hide_others(mnl_attr_get_payload(attr), size, TYPE(CTA_TIMESTAMP_START));
		if (mnl_attr_get_type(attr) != CTA_PROTOINFO)
			continue;
		hide_others(mnl_attr_get_payload(attr), size,
			    TYPE(CTA_PROTOINFO_TCP) | TYPE(CTA_PROTOINFO_DCCP) | TYPE(CTA_PROTOINFO_SCTP));
		mnl_attr_for_each_nested(info, attr)
		    hide_others(mnl_attr_get_payload(info), mnl_attr_get_payload_len(info),
				TYPE(CTA_PROTOINFO_TCP_STATE)); /* 1 for all three */
	}
}

/* 1 when we accept the message, and agree; 0 when we refuse it. */
static int compare(struct nlmsghdr *nlh)
{
	struct nf_conntrack *ct;
	struct ct_entry e;

	if (ct_message_parse(&e, nlh) < 0)
		return 0;
	hide_unread(nlh);
	ct = nfct_new();
	assert_non_null(ct);
	assert_int_equal(nfct_nlmsg_parse(nlh, ct), 0);
	same_tuples(ct, &e);
	same_rest(ct, &e);
	nfct_destroy(ct);
	return 1;
}

/* Changes some bytes, the kind that parsers stumble over more often. */
static void mutate(struct nlmsghdr *nlh, size_t size, unsigned *seed)
{
	uint8_t *bytes = (uint8_t *)nlh;
	int n = 1 + rand_r(seed) % 4;

	while (n--) {
		size_t at = NLMSG_HDRLEN + (size_t)rand_r(seed) % (size - NLMSG_HDRLEN);

		switch (rand_r(seed) % 4) {
		case 0:
			bytes[at] = (uint8_t)rand_r(seed);
			break;
		case 1:
			bytes[at] ^= (uint8_t)(1 << rand_r(seed) % 8);
			break;
		case 2: /* the length or type of an attribute */
			at &= ~(size_t)3;
			bytes[at + (size_t)(rand_r(seed) % 2) * 2] = (uint8_t)(rand_r(seed) % 32);
			break;
		default: /* an attribute over another */
			at &= ~(size_t)3;
			if (at + 16 <= size)
				memmove(bytes + NLMSG_HDRLEN + 4 +
					    (size_t)rand_r(seed) % ((size - 36) / 4) * 4,
					bytes + at, 16);
		}
	}
}

/* In memory of its own, so that the sanitizer sees a read past its end. seed: NULL for no mutation. */
static int compare_copy(const struct sample *s, unsigned *seed)
{
	struct nlmsghdr *copy = malloc(s->size);
	int r;

	assert_non_null(copy);
	memcpy(copy, s->bytes, s->size);
	if (seed)
		mutate(copy, s->size, seed);
	r = compare(copy);
	free(copy);
	return r;
}

static void test_real_messages(void **state)
{
	bool seen[256] = {false};
	size_t counted = 0, zones = 0, destroyed = 0;

	(void)state;
	if (!n_samples)
		skip();
	assert_in_range(n_samples, 1600, MESSAGES_MAX);
	for (size_t i = 0; i < n_samples; i++) {
		const struct nlmsghdr *nlh = samples[i].bytes;
		struct ct_entry e;

		assert_int_equal(compare_copy(&samples[i], NULL), 1);
		assert_int_equal(ct_message_parse(&e, nlh), 0);
		seen[e.protocol] = true;
		counted += e.packets[CT_ORIG] > 0;
		zones += e.zone == 5;
		destroyed += ct_netlink_message(nlh) == IPCTNL_MSG_CT_DELETE;
	}
	assert_true(seen[IPPROTO_TCP] && seen[IPPROTO_UDP] && seen[IPPROTO_ICMP] && seen[IPPROTO_ICMPV6]);
	assert_true(seen[IPPROTO_SCTP] && seen[IPPROTO_UDPLITE] && seen[IPPROTO_GRE] && seen[89]);
	assert_true(counted && zones && destroyed);
}

static void test_mutated_messages(void **state)
{
	unsigned seed = 20, both = 0;

	(void)state;
	if (!n_samples)
		skip();
	for (int i = 0; i < 300000; i++)
		both += (unsigned)compare_copy(&samples[(size_t)rand_r(&seed) % n_samples], &seed);
	assert_in_range(both, 10000, 300000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_real_messages),
	    cmocka_unit_test(test_mutated_messages),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
