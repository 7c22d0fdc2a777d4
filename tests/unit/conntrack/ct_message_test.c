/* SPDX-License-Identifier: MIT */
#include "ct_message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "../cmocka_all.h"

static _Alignas(struct nlmsghdr) char buffer[4096];

static struct nlmsghdr *begin(void)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);

	nlh->nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct nfgenmsg));
	return nlh;
}

static void put_ipv4(struct nlmsghdr *nlh, const char *src, const char *dst)
{
	struct nlattr *ip = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);

	mnl_attr_put_u32(nlh, CTA_IP_V4_SRC, inet_addr(src));
	mnl_attr_put_u32(nlh, CTA_IP_V4_DST, inet_addr(dst));
	mnl_attr_nest_end(nlh, ip);
}

static void put_ports(struct nlmsghdr *nlh, uint8_t protocol, uint16_t sport, uint16_t dport)
{
	struct nlattr *proto = mnl_attr_nest_start(nlh, CTA_TUPLE_PROTO);

	mnl_attr_put_u8(nlh, CTA_PROTO_NUM, protocol);
	mnl_attr_put_u16(nlh, CTA_PROTO_SRC_PORT, htons(sport));
	mnl_attr_put_u16(nlh, CTA_PROTO_DST_PORT, htons(dport));
	mnl_attr_nest_end(nlh, proto);
}

static void put_tuples(struct nlmsghdr *nlh, uint8_t protocol)
{
	struct nlattr *tuple = mnl_attr_nest_start(nlh, CTA_TUPLE_ORIG);

	put_ipv4(nlh, "192.0.2.1", "198.51.100.1");
	put_ports(nlh, protocol, 40000, 443);
	mnl_attr_nest_end(nlh, tuple);
	tuple = mnl_attr_nest_start(nlh, CTA_TUPLE_REPLY);
	put_ipv4(nlh, "198.51.100.1", "203.0.113.9");
	put_ports(nlh, protocol, 443, 50000);
	mnl_attr_nest_end(nlh, tuple);
}

static void assert_address(const struct address *a, const char *text)
{
	char as_text[ADDRESS_TEXT_MAX];

	assert_string_equal(address_format(a, as_text), text);
}

/* From memory that ends where the message does, so that the sanitizer sees a read behind it. */
static int parse_copy(struct ct_entry *ret, const void *message, size_t n)
{
	struct nlmsghdr *copy = malloc(n);
	int r;

	assert_non_null(copy);
	memcpy(copy, message, n);
	r = ct_message_parse(ret, copy);
	free(copy);
	return r;
}

/* An entry with every attribute that is read. */
static struct nlmsghdr *everything(void)
{
	struct nlmsghdr *nlh = begin();
	struct nlattr *nest, *inner;

	put_tuples(nlh, IPPROTO_TCP);
	mnl_attr_put_u32(nlh, CTA_STATUS, htonl(IPS_CONFIRMED | IPS_ASSURED | IPS_SRC_NAT));
	mnl_attr_put_u32(nlh, CTA_TIMEOUT, htonl(431999));
	nest = mnl_attr_nest_start(nlh, CTA_COUNTERS_ORIG);
	mnl_attr_put_u64(nlh, CTA_COUNTERS_PACKETS, htobe64(0x1122334455667788));
	mnl_attr_put_u64(nlh, CTA_COUNTERS_BYTES, htobe64(2));
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, CTA_COUNTERS_REPLY);
	mnl_attr_put_u32(nlh, CTA_COUNTERS32_PACKETS, htonl(3));
	mnl_attr_put_u32(nlh, CTA_COUNTERS32_BYTES, htonl(4));
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, CTA_TIMESTAMP);
	mnl_attr_put_u64(nlh, CTA_TIMESTAMP_START, htobe64(1700000000123456789));
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, CTA_PROTOINFO);
	inner = mnl_attr_nest_start(nlh, CTA_PROTOINFO_TCP);
	mnl_attr_put_u8(nlh, CTA_PROTOINFO_TCP_STATE, 3);
	mnl_attr_nest_end(nlh, inner);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_u32(nlh, CTA_MARK, htonl(0xabcdef));
	mnl_attr_put_u32(nlh, CTA_ID, htonl(77));
	mnl_attr_put_u16(nlh, CTA_ZONE, htons(12));
	mnl_attr_put_strz(nlh, 1000, "of a later kernel");
	return nlh;
}

static void test_everything(void **state)
{
	struct nlmsghdr *nlh = everything();
	struct ct_entry e;

	(void)state;
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), 0);
	assert_address(&e.tuple[CT_ORIG].src, "192.0.2.1");
	assert_address(&e.tuple[CT_ORIG].dst, "198.51.100.1");
	assert_address(&e.tuple[CT_REPLY].dst, "203.0.113.9");
	assert_int_equal(e.tuple[CT_ORIG].sport, 40000);
	assert_int_equal(e.tuple[CT_REPLY].dport, 50000);
	assert_int_equal(e.protocol, IPPROTO_TCP);
	assert_true(e.has_ports && e.has_counters && e.has_status && e.has_timeout && e.has_state);
	assert_int_equal(e.status, IPS_CONFIRMED | IPS_ASSURED | IPS_SRC_NAT);
	assert_int_equal(e.timeout, 431999);
	assert_int_equal(e.packets[CT_ORIG], 0x1122334455667788);
	assert_int_equal(e.bytes[CT_ORIG], 2);
	assert_int_equal(e.packets[CT_REPLY], 3);
	assert_int_equal(e.bytes[CT_REPLY], 4);
	assert_int_equal(e.start, 1700000000123456789);
	assert_int_equal(e.state, 3);
	assert_int_equal(e.mark, 0xabcdef);
	assert_int_equal(e.id, 77);
	assert_int_equal(e.zone, 12);
}

static void test_everything_cut_anywhere(void **state)
{
	struct nlmsghdr *nlh = everything();

	/* it is read to its end or refused */
	(void)state;
	for (uint32_t n = sizeof(*nlh); n < nlh->nlmsg_len; n++) {
		struct ct_entry before, after;

		memset(&before, 0x5a, sizeof(before));
		after = before;
		memcpy(buffer + 3000, nlh, n);
		((struct nlmsghdr *)(buffer + 3000))->nlmsg_len = n;
		if (parse_copy(&after, buffer + 3000, n) < 0)
			assert_memory_equal(&after, &before, sizeof(before));
	}
}

static void test_ipv6_icmp(void **state)
{
	uint8_t src[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1}, dst[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 2};
	struct nlmsghdr *nlh = begin();
	struct ct_entry e;

	(void)state;
	for (unsigned d = CTA_TUPLE_ORIG; d <= CTA_TUPLE_REPLY; d++) {
		struct nlattr *tuple = mnl_attr_nest_start(nlh, (uint16_t)d);
		struct nlattr *part = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);

		mnl_attr_put(nlh, CTA_IP_V6_SRC, 16, d == CTA_TUPLE_ORIG ? src : dst);
		mnl_attr_put(nlh, CTA_IP_V6_DST, 16, d == CTA_TUPLE_ORIG ? dst : src);
		mnl_attr_nest_end(nlh, part);
		part = mnl_attr_nest_start(nlh, CTA_TUPLE_PROTO);
		mnl_attr_put_u8(nlh, CTA_PROTO_NUM, IPPROTO_ICMPV6);
		mnl_attr_put_u16(nlh, CTA_PROTO_ICMPV6_ID, htons(0x1234));
		mnl_attr_put_u8(nlh, CTA_PROTO_ICMPV6_TYPE, d == CTA_TUPLE_ORIG ? 128 : 129);
		mnl_attr_put_u8(nlh, CTA_PROTO_ICMPV6_CODE, 1);
		mnl_attr_nest_end(nlh, part);
		mnl_attr_nest_end(nlh, tuple);
	}
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), 0);
	assert_address(&e.tuple[CT_ORIG].src, "2001:db8::1");
	assert_address(&e.tuple[CT_REPLY].src, "2001:db8::2");
	assert_int_equal(e.tuple[CT_ORIG].sport, 0x1234);
	assert_int_equal(e.tuple[CT_ORIG].dport, 128 * 256 + 1);
	assert_int_equal(e.tuple[CT_REPLY].dport, 129 * 256 + 1);
	assert_true(e.has_ports);
	assert_false(e.has_counters || e.has_status || e.has_timeout || e.has_state);
}

static void test_states_of_protocols(void **state)
{
	static const struct {
		uint8_t protocol;
		uint16_t info, type;
	} cases[] = {
	    {IPPROTO_SCTP, CTA_PROTOINFO_SCTP, CTA_PROTOINFO_SCTP_STATE},
	    {IPPROTO_DCCP, CTA_PROTOINFO_DCCP, CTA_PROTOINFO_DCCP_STATE},
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct nlmsghdr *nlh = begin();
		struct nlattr *nest, *inner;
		struct ct_entry e;

		put_tuples(nlh, cases[i].protocol);
		nest = mnl_attr_nest_start(nlh, CTA_PROTOINFO);
		inner = mnl_attr_nest_start(nlh, cases[i].info);
		mnl_attr_put_u8(nlh, cases[i].type, 4);
		mnl_attr_nest_end(nlh, inner);
		mnl_attr_nest_end(nlh, nest);
		assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), 0);
		assert_true(e.has_state);
		assert_int_equal(e.state, 4);
	}
}

/* A zone may hold for one direction alone; it is in that tuple then. */
static void test_zone_of_a_direction(void **state)
{
	(void)state;
	for (int d = CT_ORIG; d < CT_DIRECTIONS; d++) {
		struct nlmsghdr *nlh = begin();
		struct ct_entry e;

		for (int i = CT_ORIG; i < CT_DIRECTIONS; i++) {
			struct nlattr *tuple = mnl_attr_nest_start(nlh, (uint16_t)(CTA_TUPLE_ORIG + i));

			put_ipv4(nlh, "192.0.2.1", "192.0.2.2");
			put_ports(nlh, IPPROTO_UDP, 1, 2);
			if (i == d)
				mnl_attr_put_u16(nlh, CTA_TUPLE_ZONE, htons(9));
			mnl_attr_nest_end(nlh, tuple);
		}
		assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), 0);
		assert_int_equal(e.zone, 9);
	}
}

static struct nlattr *find(struct nlmsghdr *nlh, uint16_t type)
{
	struct nlattr *attr;

	mnl_attr_for_each(attr, nlh,
			  sizeof(struct nfgenmsg)) if (mnl_attr_get_type(attr) == type) return attr;
	return NULL;
}

static void test_refused(void **state)
{
	struct nlmsghdr *nlh = begin();
	struct nlattr *attr;
	struct ct_entry e;

	(void)state;
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG); /* nothing in it */
	nlh->nlmsg_len = sizeof(*nlh);
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG);

	nlh = begin();
	put_tuples(nlh, IPPROTO_TCP);
	mnl_attr_put_u16(nlh, CTA_ID, 1); /* too short */
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG);

	nlh = begin();
	put_tuples(nlh, IPPROTO_TCP);
	attr = find(nlh, CTA_TUPLE_REPLY);
	attr->nla_type = 1000;
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG);
	attr->nla_type = CTA_TUPLE_REPLY;
	attr->nla_len += 4; /* past the end */
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG);
	attr->nla_len = 3; /* shorter than its header */
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG);

	/* an IPv4 source and an IPv6 destination */
	nlh = begin();
	put_tuples(nlh, IPPROTO_TCP);
	attr = find(nlh, CTA_TUPLE_ORIG);
	attr = mnl_attr_get_payload(attr); /* CTA_TUPLE_IP */
	attr = mnl_attr_get_payload(attr);
	attr->nla_type = CTA_IP_V6_SRC;
	assert_int_equal(parse_copy(&e, nlh, nlh->nlmsg_len), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_everything),		cmocka_unit_test(test_everything_cut_anywhere),
	    cmocka_unit_test(test_ipv6_icmp),		cmocka_unit_test(test_states_of_protocols),
	    cmocka_unit_test(test_zone_of_a_direction), cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
