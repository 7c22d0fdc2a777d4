/* SPDX-License-Identifier: MIT */
#include "ending_delete.h"

#include <libmnl/libmnl.h>
#include <netinet/in.h>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

static void put_addresses(struct nlmsghdr *nlh, const struct ct_tuple *t)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);
	bool ipv4 = address_is_ipv4(&t->src);
	const uint8_t *bytes;
	size_t size = address_wire(&t->src, &bytes);

	mnl_attr_put(nlh, ipv4 ? CTA_IP_V4_SRC : CTA_IP_V6_SRC, size, bytes);
	size = address_wire(&t->dst, &bytes);
	mnl_attr_put(nlh, ipv4 ? CTA_IP_V4_DST : CTA_IP_V6_DST, size, bytes);
	mnl_attr_nest_end(nlh, nest);
}

static void put_protocol(struct nlmsghdr *nlh, uint8_t protocol, bool has_ports, const struct ct_tuple *t)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, CTA_TUPLE_PROTO);
	uint8_t type = (uint8_t)(t->dport >> 8), code = (uint8_t)t->dport;

	mnl_attr_put_u8(nlh, CTA_PROTO_NUM, protocol);
	if (protocol == IPPROTO_ICMP) {
		mnl_attr_put_u16(nlh, CTA_PROTO_ICMP_ID, htons(t->sport));
		mnl_attr_put_u8(nlh, CTA_PROTO_ICMP_TYPE, type);
		mnl_attr_put_u8(nlh, CTA_PROTO_ICMP_CODE, code);
	} else if (protocol == IPPROTO_ICMPV6) {
		mnl_attr_put_u16(nlh, CTA_PROTO_ICMPV6_ID, htons(t->sport));
		mnl_attr_put_u8(nlh, CTA_PROTO_ICMPV6_TYPE, type);
		mnl_attr_put_u8(nlh, CTA_PROTO_ICMPV6_CODE, code);
	} else if (has_ports) {
		mnl_attr_put_u16(nlh, CTA_PROTO_SRC_PORT, htons(t->sport));
		mnl_attr_put_u16(nlh, CTA_PROTO_DST_PORT, htons(t->dport));
	}
	mnl_attr_nest_end(nlh, nest);
}

struct nlmsghdr *ending_delete_put(void *buffer, const struct ct_connection *c, uint32_t sequence)
{
	const struct ct_tuple *t = &c->tuple[CT_ORIG];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct nfgenmsg *family;
	struct nlattr *nest;

	nlh->nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	nlh->nlmsg_seq = sequence;
	family = mnl_nlmsg_put_extra_header(nlh, sizeof(*family));
	family->nfgen_family = address_is_ipv4(&t->src) ? AF_INET : AF_INET6;
	family->version = NFNETLINK_V0;

	/* without a tuple the kernel would delete all entries */
	nest = mnl_attr_nest_start(nlh, CTA_TUPLE_ORIG);
	put_addresses(nlh, t);
	put_protocol(nlh, c->protocol, c->has_ports, t);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_u32(nlh, CTA_ID, htonl(c->id));
	if (c->zone)
		mnl_attr_put_u16(nlh, CTA_ZONE, htons(c->zone));
	return nlh;
}
