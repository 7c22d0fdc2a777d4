/* SPDX-License-Identifier: MIT */
/* An entry of the connection table as the kernel writes it, a part at a time. */
#pragma once

#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <netinet/in.h>

#include "cmocka_all.h"
#include "ct_message.h"

static inline void put_address(struct nlmsghdr *nlh, uint16_t v4, uint16_t v6, const struct address *a)
{
	if (address_is_ipv4(a))
		mnl_attr_put(nlh, v4, 4, a->bytes + 12);
	else
		mnl_attr_put(nlh, v6, 16, a->bytes);
}

static inline void put_tuple(struct nlmsghdr *nlh, uint16_t type, const struct ct_tuple *t, uint8_t protocol)
{
	struct nlattr *tuple = mnl_attr_nest_start(nlh, type);
	struct nlattr *part = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);

	put_address(nlh, CTA_IP_V4_SRC, CTA_IP_V6_SRC, &t->src);
	put_address(nlh, CTA_IP_V4_DST, CTA_IP_V6_DST, &t->dst);
	mnl_attr_nest_end(nlh, part);
	part = mnl_attr_nest_start(nlh, CTA_TUPLE_PROTO);
	mnl_attr_put_u8(nlh, CTA_PROTO_NUM, protocol);
	mnl_attr_put_u16(nlh, CTA_PROTO_SRC_PORT, htons(t->sport));
	mnl_attr_put_u16(nlh, CTA_PROTO_DST_PORT, htons(t->dport));
	mnl_attr_nest_end(nlh, part);
	mnl_attr_nest_end(nlh, tuple);
}

static inline void put_counters(struct nlmsghdr *nlh, uint16_t type, uint64_t packets, uint64_t bytes)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, type);

	mnl_attr_put_u64(nlh, CTA_COUNTERS_PACKETS, htobe64(packets));
	mnl_attr_put_u64(nlh, CTA_COUNTERS_BYTES, htobe64(bytes));
	mnl_attr_nest_end(nlh, nest);
}

/* What ctnetlink_fill_info() does with what decays: none of it while a flowtable has the entry. */
static inline void put_state(struct nlmsghdr *nlh, const struct ct_entry *e)
{
	struct nlattr *nest, *inner;

	mnl_attr_put_u32(nlh, CTA_TIMEOUT, htonl(e->timeout));
	if (e->protocol != IPPROTO_TCP)
		return;
	nest = mnl_attr_nest_start(nlh, CTA_PROTOINFO);
	inner = mnl_attr_nest_start(nlh, CTA_PROTOINFO_TCP);
	mnl_attr_put_u8(nlh, CTA_PROTOINFO_TCP_STATE, e->state);
	mnl_attr_nest_end(nlh, inner);
	mnl_attr_nest_end(nlh, nest);
}

/* As the parser reads it. */
static inline struct ct_entry put_entry(const struct ct_entry *e, bool offloaded, bool counts)
{
	static _Alignas(struct nlmsghdr) char buffer[1024];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct ct_entry ret;
	struct nlattr *nest;

	nlh->nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct nfgenmsg));
	put_tuple(nlh, CTA_TUPLE_ORIG, &e->tuple[CT_ORIG], e->protocol);
	put_tuple(nlh, CTA_TUPLE_REPLY, &e->tuple[CT_REPLY], e->protocol);
	mnl_attr_put_u32(nlh, CTA_STATUS, htonl(IPS_CONFIRMED | (offloaded ? IPS_OFFLOAD : 0)));
	if (!offloaded)
		put_state(nlh, e);
	if (counts) {
		put_counters(nlh, CTA_COUNTERS_ORIG, e->packets[CT_ORIG], e->bytes[CT_ORIG]);
		put_counters(nlh, CTA_COUNTERS_REPLY, e->packets[CT_REPLY], e->bytes[CT_REPLY]);
	}
	nest = mnl_attr_nest_start(nlh, CTA_TIMESTAMP);
	mnl_attr_put_u64(nlh, CTA_TIMESTAMP_START, htobe64(e->start));
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_u32(nlh, CTA_ID, htonl(e->id));
	assert_int_equal(ct_message_parse(&ret, nlh), 0);
	assert_int_equal(ret.has_state, !offloaded && e->protocol == IPPROTO_TCP);
	return ret;
}
