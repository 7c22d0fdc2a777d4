/* SPDX-License-Identifier: MIT */
#include "ending_batch.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>

static struct nlmsghdr *put(struct ending_batch *b, uint16_t type, uint16_t flags, uint8_t family,
			    uint16_t subsystem)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(b->buffer + b->used);
	struct nfgenmsg *header;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++b->sequence;
	header = mnl_nlmsg_put_extra_header(nlh, sizeof(*header));
	header->nfgen_family = family;
	header->version = NFNETLINK_V0;
	header->res_id = htons(subsystem);
	return nlh;
}

static void put_bracket(struct ending_batch *b, uint16_t type)
{
	b->used += put(b, type, 0, NFPROTO_UNSPEC, NFNL_SUBSYS_NFTABLES)->nlmsg_len;
}

void ending_batch_begin(struct ending_batch *b, void *buffer, uint32_t sequence)
{
	*b = (struct ending_batch){.buffer = buffer, .sequence = sequence};
	put_bracket(b, NFNL_MSG_BATCH_BEGIN);
}

struct nlmsghdr *ending_batch_open(struct ending_batch *b, uint8_t request, uint16_t flags)
{
	uint16_t type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | request);

	return put(b, type, flags | NLM_F_ACK, NFPROTO_INET, 0);
}

void ending_batch_close(struct ending_batch *b, const struct nlmsghdr *nlh)
{
	b->used += nlh->nlmsg_len; /* attributes are padded, and so is this */
	b->requests++;
}

void ending_batch_end(struct ending_batch *b)
{
	put_bracket(b, NFNL_MSG_BATCH_END);
}
