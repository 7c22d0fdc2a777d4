/* SPDX-License-Identifier: MIT */
/* Requests to nftables that the kernel does all of, or none; each is acknowledged (linux/netfilter/nfnetlink.h). */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

struct ending_batch {
	char *buffer; /* borrowed */
	size_t used;
	uint32_t sequence; /* of the last message */
	size_t requests;
};

/* buffer: aligned, with room for all that will be in it. sequence: that of the last message before. */
void ending_batch_begin(struct ending_batch *b, void *buffer, uint32_t sequence);
/* Begins a request (NFT_MSG_*), to which the caller adds attributes and which it then closes. */
struct nlmsghdr *ending_batch_open(struct ending_batch *b, uint8_t request, uint16_t flags);
void ending_batch_close(struct ending_batch *b, const struct nlmsghdr *nlh);
void ending_batch_end(struct ending_batch *b);
