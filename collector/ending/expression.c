/* SPDX-License-Identifier: MIT */
#include "expression.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>

struct nests {
	struct nlattr *element, *data;
};

static struct nests begin(struct nlmsghdr *nlh, const char *name)
{
	struct nests n;

	n.element = mnl_attr_nest_start(nlh, NFTA_LIST_ELEM);
	mnl_attr_put_strz(nlh, NFTA_EXPR_NAME, name);
	n.data = mnl_attr_nest_start(nlh, NFTA_EXPR_DATA);
	return n;
}

static void end(struct nlmsghdr *nlh, struct nests n)
{
	mnl_attr_nest_end(nlh, n.data);
	mnl_attr_nest_end(nlh, n.element);
}

static void put_number(struct nlmsghdr *nlh, uint16_t type, uint32_t value)
{
	mnl_attr_put_u32(nlh, type, htonl(value));
}

static void put_value(struct nlmsghdr *nlh, uint16_t type, const void *value, size_t length)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, type);

	mnl_attr_put(nlh, NFTA_DATA_VALUE, length, value);
	mnl_attr_nest_end(nlh, nest);
}

void expression_meta(struct nlmsghdr *nlh, enum nft_meta_keys key, uint32_t reg)
{
	struct nests n = begin(nlh, "meta");

	put_number(nlh, NFTA_META_KEY, key);
	put_number(nlh, NFTA_META_DREG, reg);
	end(nlh, n);
}

void expression_payload(struct nlmsghdr *nlh, enum nft_payload_bases base, uint32_t offset, uint32_t length,
			uint32_t reg)
{
	struct nests n = begin(nlh, "payload");

	put_number(nlh, NFTA_PAYLOAD_DREG, reg);
	put_number(nlh, NFTA_PAYLOAD_BASE, base);
	put_number(nlh, NFTA_PAYLOAD_OFFSET, offset);
	put_number(nlh, NFTA_PAYLOAD_LEN, length);
	end(nlh, n);
}

void expression_mask(struct nlmsghdr *nlh, uint32_t reg, const void *mask, size_t length)
{
	static const uint8_t none[16];
	struct nests n = begin(nlh, "bitwise");

	put_number(nlh, NFTA_BITWISE_SREG, reg);
	put_number(nlh, NFTA_BITWISE_DREG, reg);
	put_number(nlh, NFTA_BITWISE_LEN, (uint32_t)length);
	put_value(nlh, NFTA_BITWISE_MASK, mask, length);
	put_value(nlh, NFTA_BITWISE_XOR, none, length);
	end(nlh, n);
}

void expression_compare(struct nlmsghdr *nlh, enum nft_cmp_ops op, uint32_t reg, const void *value,
			size_t length)
{
	struct nests n = begin(nlh, "cmp");

	put_number(nlh, NFTA_CMP_SREG, reg);
	put_number(nlh, NFTA_CMP_OP, op);
	put_value(nlh, NFTA_CMP_DATA, value, length);
	end(nlh, n);
}

void expression_lookup(struct nlmsghdr *nlh, const char *set, uint32_t reg)
{
	struct nests n = begin(nlh, "lookup");

	mnl_attr_put_strz(nlh, NFTA_LOOKUP_SET, set);
	put_number(nlh, NFTA_LOOKUP_SREG, reg);
	end(nlh, n);
}

void expression_verdict(struct nlmsghdr *nlh, int verdict, const char *chain)
{
	struct nests n = begin(nlh, "immediate");
	struct nlattr *data, *nest;

	put_number(nlh, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
	data = mnl_attr_nest_start(nlh, NFTA_IMMEDIATE_DATA);
	nest = mnl_attr_nest_start(nlh, NFTA_DATA_VERDICT);
	put_number(nlh, NFTA_VERDICT_CODE, (uint32_t)verdict);
	if (chain)
		mnl_attr_put_strz(nlh, NFTA_VERDICT_CHAIN, chain);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_nest_end(nlh, data);
	end(nlh, n);
}

void expression_reject(struct nlmsghdr *nlh, enum nft_reject_types type, uint8_t code)
{
	struct nests n = begin(nlh, "reject");

	put_number(nlh, NFTA_REJECT_TYPE, type);
	mnl_attr_put_u8(nlh, NFTA_REJECT_ICMP_CODE, code);
	end(nlh, n);
}
