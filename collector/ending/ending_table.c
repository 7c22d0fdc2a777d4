/* SPDX-License-Identifier: MIT */
#include "ending_table.h"

#include <arpa/inet.h>
#include <endian.h>
#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "ending.h"
#include "expression.h"
#include "util.h"

#define PRIORITY (-190)
#define SIZE (2 * ENDING_MAX) /* both directions */

/* What nft calls the parts of a key (enum datatypes in its include/datatype.h): it lists the set by them. */
enum {
	TYPE_IPV4 = 7,
	TYPE_IPV6 = 8,
	TYPE_PROTOCOL = 12,
	TYPE_PORT = 13,
	TYPE_BITS = 6,
};

/* Where a key begins; each part of it has registers of its own. */
#define KEY NFT_REG32_00

#define PART_BYTES 4
#define KEY_MAX (3 * PART_BYTES + 2 * 16)

enum kind {
	FLOWS4,
	FLOWS6,
	PAIRS4,
	PAIRS6,
	KINDS,
};

static const struct {
	const char *name;
	uint8_t family; /* NFPROTO_* */
	uint8_t address;
	uint8_t source, destination; /* offsets in the IP header */
	bool ported;
} kinds[KINDS] = {
    [FLOWS4] = {"flows4", NFPROTO_IPV4, 4, 12, 16, true},
    [FLOWS6] = {"flows6", NFPROTO_IPV6, 16, 8, 24, true},
    [PAIRS4] = {"pairs4", NFPROTO_IPV4, 4, 12, 16, false},
    [PAIRS6] = {"pairs6", NFPROTO_IPV6, 16, 8, 24, false},
};

static const uint8_t ported[] = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_DCCP, IPPROTO_SCTP, IPPROTO_UDPLITE};

static void put_number(struct nlmsghdr *nlh, uint16_t type, uint32_t value)
{
	mnl_attr_put_u32(nlh, type, htonl(value));
}

static void put_set(struct ending_batch *b, const char *name, uint32_t flags, uint32_t type, uint32_t length,
		    uint32_t size)
{
	struct nlmsghdr *nlh = ending_batch_open(b, NFT_MSG_NEWSET, NLM_F_CREATE);
	struct nlattr *nest;

	mnl_attr_put_strz(nlh, NFTA_SET_TABLE, ENDING_TABLE);
	mnl_attr_put_strz(nlh, NFTA_SET_NAME, name);
	put_number(nlh, NFTA_SET_ID, b->sequence); /* any, as long as no other of the batch has it */
	put_number(nlh, NFTA_SET_FLAGS, flags);
	put_number(nlh, NFTA_SET_KEY_TYPE, type);
	put_number(nlh, NFTA_SET_KEY_LEN, length);
	if (flags & NFT_SET_TIMEOUT)
		mnl_attr_put_u64(nlh, NFTA_SET_TIMEOUT, htobe64(ENDING_REFUSED_S * 1000ull));
	nest = mnl_attr_nest_start(nlh, NFTA_SET_DESC);
	put_number(nlh, NFTA_SET_DESC_SIZE, size);
	mnl_attr_nest_end(nlh, nest);
	ending_batch_close(b, nlh);
}

static void put_set_of_kind(struct ending_batch *b, enum kind k)
{
	uint32_t address = kinds[k].address == 4 ? TYPE_IPV4 : TYPE_IPV6, type = TYPE_PROTOCOL;
	uint32_t length = PART_BYTES + 2u * kinds[k].address;

	for (int direction = 0; direction < CT_DIRECTIONS; direction++) {
		type = type << TYPE_BITS | address;
		if (kinds[k].ported)
			type = type << TYPE_BITS | TYPE_PORT;
	}
	if (kinds[k].ported)
		length += 2 * PART_BYTES;
	put_set(b, kinds[k].name, NFT_SET_TIMEOUT, type, length, SIZE);
}

/* The elements of a set, of which put_element adds one. */
static struct nlmsghdr *begin_elements(struct ending_batch *b, const char *set, struct nlattr **ret_list)
{
	struct nlmsghdr *nlh = ending_batch_open(b, NFT_MSG_NEWSETELEM, NLM_F_CREATE);

	mnl_attr_put_strz(nlh, NFTA_SET_ELEM_LIST_TABLE, ENDING_TABLE);
	mnl_attr_put_strz(nlh, NFTA_SET_ELEM_LIST_SET, set);
	*ret_list = mnl_attr_nest_start(nlh, NFTA_SET_ELEM_LIST_ELEMENTS);
	return nlh;
}

static void put_element(struct nlmsghdr *nlh, const void *key, size_t length)
{
	struct nlattr *element = mnl_attr_nest_start(nlh, NFTA_LIST_ELEM);
	struct nlattr *nest = mnl_attr_nest_start(nlh, NFTA_SET_ELEM_KEY);

	mnl_attr_put(nlh, NFTA_DATA_VALUE, length, key);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_nest_end(nlh, element);
}

static void put_ported(struct ending_batch *b)
{
	struct nlattr *list;
	struct nlmsghdr *nlh;

	put_set(b, "ported", NFT_SET_CONSTANT, TYPE_PROTOCOL, 1, ELEMENTS_OF(ported));
	nlh = begin_elements(b, "ported", &list);
	for (size_t i = 0; i < ELEMENTS_OF(ported); i++)
		put_element(nlh, &ported[i], 1);
	mnl_attr_nest_end(nlh, list);
	ending_batch_close(b, nlh);
}

/* hook: NF_INET_*, or negative for a chain that is only gone to. */
static void put_chain(struct ending_batch *b, const char *name, int hook)
{
	struct nlmsghdr *nlh = ending_batch_open(b, NFT_MSG_NEWCHAIN, NLM_F_CREATE);
	struct nlattr *nest;

	mnl_attr_put_strz(nlh, NFTA_CHAIN_TABLE, ENDING_TABLE);
	mnl_attr_put_strz(nlh, NFTA_CHAIN_NAME, name);
	if (hook >= 0) {
		nest = mnl_attr_nest_start(nlh, NFTA_CHAIN_HOOK);
		put_number(nlh, NFTA_HOOK_HOOKNUM, (uint32_t)hook);
		put_number(nlh, NFTA_HOOK_PRIORITY, (uint32_t)PRIORITY);
		mnl_attr_nest_end(nlh, nest);
		mnl_attr_put_strz(nlh, NFTA_CHAIN_TYPE, "filter");
		put_number(nlh, NFTA_CHAIN_POLICY, NF_ACCEPT);
	}
	ending_batch_close(b, nlh);
}

static struct nlmsghdr *begin_rule(struct ending_batch *b, const char *chain, struct nlattr **ret_list)
{
	struct nlmsghdr *nlh = ending_batch_open(b, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);

	mnl_attr_put_strz(nlh, NFTA_RULE_TABLE, ENDING_TABLE);
	mnl_attr_put_strz(nlh, NFTA_RULE_CHAIN, chain);
	*ret_list = mnl_attr_nest_start(nlh, NFTA_RULE_EXPRESSIONS);
	return nlh;
}

static void end_rule(struct ending_batch *b, struct nlmsghdr *nlh, struct nlattr *list)
{
	mnl_attr_nest_end(nlh, list);
	ending_batch_close(b, nlh);
}

static void put_byte_is(struct nlmsghdr *nlh, enum nft_meta_keys meta, uint8_t value)
{
	expression_meta(nlh, meta, KEY);
	expression_compare(nlh, NFT_CMP_EQ, KEY, &value, sizeof(value));
}

static void put_find(struct ending_batch *b, enum kind k)
{
	struct nlattr *list;
	struct nlmsghdr *nlh = begin_rule(b, "find", &list);
	uint32_t reg = KEY;

	put_byte_is(nlh, NFT_META_NFPROTO, kinds[k].family);
	if (kinds[k].ported) {
		expression_meta(nlh, NFT_META_L4PROTO, KEY);
		expression_lookup(nlh, "ported", KEY);
	}
	expression_meta(nlh, NFT_META_L4PROTO, reg++);
	expression_payload(nlh, NFT_PAYLOAD_NETWORK_HEADER, kinds[k].source, kinds[k].address, reg);
	reg += kinds[k].address / PART_BYTES;
	if (kinds[k].ported)
		expression_payload(nlh, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 2, reg++);
	expression_payload(nlh, NFT_PAYLOAD_NETWORK_HEADER, kinds[k].destination, kinds[k].address, reg);
	reg += kinds[k].address / PART_BYTES;
	if (kinds[k].ported)
		expression_payload(nlh, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, reg);
	expression_lookup(nlh, kinds[k].name, KEY);
	expression_verdict(nlh, NFT_GOTO, "refuse");
	end_rule(b, nlh, list);
}

static void put_no_request(struct ending_batch *b, uint8_t family, uint8_t protocol, uint8_t request)
{
	struct nlattr *list;
	struct nlmsghdr *nlh = begin_rule(b, "find", &list);

	put_byte_is(nlh, NFT_META_NFPROTO, family);
	put_byte_is(nlh, NFT_META_L4PROTO, protocol);
	expression_payload(nlh, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1, KEY);
	expression_compare(nlh, NFT_CMP_NEQ, KEY, &request, sizeof(request));
	expression_verdict(nlh, NFT_RETURN, NULL);
	end_rule(b, nlh, list);
}

static void put_rules_of_find(struct ending_batch *b)
{
	enum { ECHO4 = 8, ECHO6 = 128 }; /* RFC 792, RFC 4443 */
	struct nlattr *list;
	struct nlmsghdr *nlh;

	put_find(b, FLOWS4);
	put_find(b, FLOWS6);
	nlh = begin_rule(b, "find", &list);
	expression_meta(nlh, NFT_META_L4PROTO, KEY);
	expression_lookup(nlh, "ported", KEY);
	expression_verdict(nlh, NFT_RETURN, NULL);
	end_rule(b, nlh, list);
	put_no_request(b, NFPROTO_IPV4, IPPROTO_ICMP, ECHO4);
	put_no_request(b, NFPROTO_IPV6, IPPROTO_ICMPV6, ECHO6);
	put_find(b, PAIRS4);
	put_find(b, PAIRS6);
}

static void put_rules_of_refuse(struct ending_batch *b)
{
	struct nlattr *list;
	struct nlmsghdr *nlh = begin_rule(b, "refuse", &list);

	put_byte_is(nlh, NFT_META_L4PROTO, IPPROTO_TCP);
	expression_reject(nlh, NFT_REJECT_TCP_RST, 0);
	end_rule(b, nlh, list);
	nlh = begin_rule(b, "refuse", &list);
	expression_reject(nlh, NFT_REJECT_ICMPX_UNREACH, NFT_REJECT_ICMPX_PORT_UNREACH);
	end_rule(b, nlh, list);
}

static void put_goto_find(struct ending_batch *b, const char *chain)
{
	struct nlattr *list;
	struct nlmsghdr *nlh = begin_rule(b, chain, &list);

	expression_verdict(nlh, NFT_GOTO, "find");
	end_rule(b, nlh, list);
}

static void put_rules_of_hooks(struct ending_batch *b)
{
	enum { FLAGS = 13, RST = 4 }; /* in the header of TCP: RFC 9293 */
	const uint16_t loopback = ARPHRD_LOOPBACK;
	const uint8_t rst = RST, none = 0;
	struct nlattr *list;
	struct nlmsghdr *nlh = begin_rule(b, "arriving", &list);

	expression_meta(nlh, NFT_META_IIFTYPE, KEY);
	expression_compare(nlh, NFT_CMP_EQ, KEY, &loopback, sizeof(loopback));
	expression_verdict(nlh, NF_ACCEPT, NULL);
	end_rule(b, nlh, list);
	put_goto_find(b, "arriving");

	nlh = begin_rule(b, "sent", &list);
	put_byte_is(nlh, NFT_META_L4PROTO, IPPROTO_TCP);
	expression_payload(nlh, NFT_PAYLOAD_TRANSPORT_HEADER, FLAGS, 1, KEY);
	expression_mask(nlh, KEY, &rst, sizeof(rst));
	expression_compare(nlh, NFT_CMP_NEQ, KEY, &none, sizeof(none));
	expression_verdict(nlh, NF_ACCEPT, NULL);
	end_rule(b, nlh, list);
	put_goto_find(b, "sent");
}

void ending_table_put_make(struct ending_batch *b)
{
	struct nlmsghdr *nlh = ending_batch_open(b, NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_EXCL);

	mnl_attr_put_strz(nlh, NFTA_TABLE_NAME, ENDING_TABLE);
	put_number(nlh, NFTA_TABLE_FLAGS, NFT_TABLE_F_OWNER);
	ending_batch_close(b, nlh);
	put_ported(b);
	for (enum kind k = 0; k < KINDS; k++)
		put_set_of_kind(b, k);
	put_chain(b, "refuse", -1);
	put_chain(b, "find", -1);
	put_chain(b, "arriving", NF_INET_PRE_ROUTING);
	put_chain(b, "sent", NF_INET_LOCAL_OUT);
	put_rules_of_refuse(b);
	put_rules_of_find(b);
	put_rules_of_hooks(b);
}

static enum kind kind_of(const struct ct_connection *c)
{
	bool ipv4 = address_is_ipv4(&c->tuple[CT_ORIG].src);

	if (memchr(ported, c->protocol, sizeof(ported)))
		return ipv4 ? FLOWS4 : FLOWS6;
	return ipv4 ? PAIRS4 : PAIRS6;
}

/* What the rule of this kind puts together. Each part begins a register. */
static void put_flow(struct nlmsghdr *nlh, enum kind k, uint8_t protocol, const struct ct_tuple *t)
{
	uint8_t key[KEY_MAX] = {protocol};
	uint16_t ports[CT_DIRECTIONS] = {htons(t->sport), htons(t->dport)};
	const struct address *addresses[CT_DIRECTIONS] = {&t->src, &t->dst};
	size_t at = PART_BYTES;

	for (int i = 0; i < CT_DIRECTIONS; i++) {
		const uint8_t *bytes;

		(void)address_wire(addresses[i], &bytes);
		memcpy(key + at, bytes, kinds[k].address);
		at += kinds[k].address;
		if (!kinds[k].ported)
			continue;
		memcpy(key + at, &ports[i], sizeof(ports[i]));
		at += PART_BYTES;
	}
	put_element(nlh, key, at);
}

static void put_flows_of(struct ending_batch *b, enum kind k, const struct ct_connection *const *connections,
			 size_t n)
{
	struct nlmsghdr *nlh = NULL;
	struct nlattr *list;

	for (size_t i = 0; i < n; i++) {
		const struct ct_connection *c = connections[i];
		bool is_ping = c->protocol == IPPROTO_ICMP || c->protocol == IPPROTO_ICMPV6;

		if (kind_of(c) != k)
			continue;
		if (!nlh)
			nlh = begin_elements(b, kinds[k].name, &list);
		put_flow(nlh, k, c->protocol, &c->tuple[CT_ORIG]);
		if (!is_ping)
			put_flow(nlh, k, c->protocol, &c->tuple[CT_REPLY]);
	}
	if (!nlh)
		return;
	mnl_attr_nest_end(nlh, list);
	ending_batch_close(b, nlh);
}

void ending_table_put_flows(struct ending_batch *b, const struct ct_connection *const *connections, size_t n)
{
	for (enum kind k = 0; k < KINDS; k++)
		put_flows_of(b, k, connections, n);
}

void ending_table_put_remove(struct ending_batch *b)
{
	struct nlmsghdr *nlh = ending_batch_open(b, NFT_MSG_DELTABLE, 0);

	mnl_attr_put_strz(nlh, NFTA_TABLE_NAME, ENDING_TABLE);
	ending_batch_close(b, nlh);
}
