/* SPDX-License-Identifier: MIT */
/* The request to delete an entry, read by libnetfilter_conntrack. */
#include "ending_delete.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <libnetfilter_conntrack/libnetfilter_conntrack.h>
#include <netinet/in.h>
#include <string.h>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "flows.h"

struct request {
	char buffer[ENDING_DELETE_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct nlmsghdr *nlh;
	struct nf_conntrack *ct; /* what the library reads in it */
};

static void make(struct request *r, const struct ct_connection *c)
{
	memset(r->buffer, 0x5a, sizeof(r->buffer));
	r->nlh = ending_delete_put(r->buffer, c, 77);
	assert_ptr_equal(r->nlh, r->buffer);
	assert_in_range(r->nlh->nlmsg_len, NLMSG_LENGTH(sizeof(struct nfgenmsg)) + 1, ENDING_DELETE_BYTES);
	assert_int_equal(r->nlh->nlmsg_len % NLMSG_ALIGNTO, 0);
	assert_int_equal(r->nlh->nlmsg_type, NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE);
	assert_int_equal(r->nlh->nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK);
	assert_int_equal(r->nlh->nlmsg_seq, 77);
	r->ct = nfct_new();
	assert_non_null(r->ct);
	assert_int_equal(nfct_nlmsg_parse(r->nlh, r->ct), 0);
}

static int count_tuple(const struct nlattr *attribute, void *data)
{
	if (mnl_attr_get_type(attribute) == CTA_TUPLE_ORIG)
		++*(int *)data;
	return MNL_CB_OK;
}

/* Without it the kernel deletes all there are. */
static void assert_is_of_one(const struct request *r)
{
	int tuples = 0;

	assert_int_equal(mnl_attr_parse(r->nlh, sizeof(struct nfgenmsg), count_tuple, &tuples), MNL_CB_OK);
	assert_int_equal(tuples, 1);
}

static void test_with_ports(void **state)
{
	static const uint8_t protocols[] = {IPPROTO_TCP,     IPPROTO_UDP,  IPPROTO_SCTP,
					    IPPROTO_UDPLITE, IPPROTO_DCCP, IPPROTO_GRE};

	(void)state;
	for (size_t i = 0; i < sizeof(protocols) * 2; i++) {
		struct ct_connection c = flow_make(protocols[i / 2], i % 2, 4711, 443);
		struct request r;

		make(&r, &c);
		assert_is_of_one(&r);
		assert_int_equal(nfct_get_attr_u8(r.ct, ATTR_ORIG_L4PROTO), protocols[i / 2]);
		assert_int_equal(ntohs(nfct_get_attr_u16(r.ct, ATTR_ORIG_PORT_SRC)), 4711);
		assert_int_equal(ntohs(nfct_get_attr_u16(r.ct, ATTR_ORIG_PORT_DST)), 443);
		assert_int_equal(nfct_get_attr_u8(r.ct, ATTR_ORIG_L3PROTO), i % 2 ? AF_INET : AF_INET6);
		if (i % 2) {
			assert_int_equal(ntohl(nfct_get_attr_u32(r.ct, ATTR_ORIG_IPV4_SRC)), 0xc0000201);
			assert_int_equal(ntohl(nfct_get_attr_u32(r.ct, ATTR_ORIG_IPV4_DST)), 0xc6336407);
		} else {
			assert_memory_equal(nfct_get_attr(r.ct, ATTR_ORIG_IPV6_SRC), &c.tuple[CT_ORIG].src,
					    16);
			assert_memory_equal(nfct_get_attr(r.ct, ATTR_ORIG_IPV6_DST), &c.tuple[CT_ORIG].dst,
					    16);
		}
		nfct_destroy(r.ct);
	}
}

static void test_ping(void **state)
{
	(void)state;
	for (int ipv4 = 0; ipv4 < 2; ipv4++) {
		struct ct_connection c = flow_make(ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6, ipv4, 4711,
						   ipv4 ? 8 << 8 | 3 : 128 << 8 | 3);
		struct request r;

		make(&r, &c);
		assert_is_of_one(&r);
		assert_int_equal(ntohs(nfct_get_attr_u16(r.ct, ATTR_ICMP_ID)), 4711);
		assert_int_equal(nfct_get_attr_u8(r.ct, ATTR_ICMP_TYPE), ipv4 ? 8 : 128);
		assert_int_equal(nfct_get_attr_u8(r.ct, ATTR_ICMP_CODE), 3);
		nfct_destroy(r.ct);
	}
}

static void test_without_ports(void **state)
{
	struct ct_connection c = flow_make(IPPROTO_ESP, true, 0, 0);
	struct request r;

	(void)state;
	make(&r, &c);
	assert_is_of_one(&r);
	assert_int_equal(nfct_get_attr_u8(r.ct, ATTR_ORIG_L4PROTO), IPPROTO_ESP);
	assert_false(nfct_attr_is_set(r.ct, ATTR_ORIG_PORT_SRC));
	nfct_destroy(r.ct);
}

static void test_that_very_entry(void **state)
{
	struct ct_connection c = flow_make(IPPROTO_TCP, true, 1, 2);
	struct request r;

	(void)state;
	make(&r, &c);
	assert_int_equal(nfct_get_attr_u32(r.ct, ATTR_ID), 0x12345678);
	assert_false(nfct_attr_is_set(r.ct, ATTR_ZONE));
	nfct_destroy(r.ct);
	c.zone = 9;
	make(&r, &c);
	assert_int_equal(nfct_get_attr_u16(r.ct, ATTR_ZONE), 9);
	nfct_destroy(r.ct);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_with_ports),
	    cmocka_unit_test(test_ping),
	    cmocka_unit_test(test_without_ports),
	    cmocka_unit_test(test_that_very_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
