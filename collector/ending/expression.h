/* SPDX-License-Identifier: MIT */
/*
 * The expressions of nftables' rules as the kernel takes them (linux/netfilter/nf_tables.h), each into the list that is
 * open at the end of a message. They are few and always the same, so libmnl alone does: libnftnl would be another
 * 250 kB on the router, and libnftables a megabyte.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <linux/netfilter/nf_tables.h>
#include <linux/netlink.h>

/* Registers have 4 bytes; a value takes as many in a row as it needs, and what is left of the last one is zero. */
void expression_meta(struct nlmsghdr *nlh, enum nft_meta_keys key, uint32_t reg);
void expression_payload(struct nlmsghdr *nlh, enum nft_payload_bases base, uint32_t offset, uint32_t length,
			uint32_t reg);
/* mask: borrowed. */
void expression_mask(struct nlmsghdr *nlh, uint32_t reg, const void *mask, size_t length);
/* The rule goes on where it holds. value: borrowed. */
void expression_compare(struct nlmsghdr *nlh, enum nft_cmp_ops op, uint32_t reg, const void *value,
			size_t length);
/* The rule goes on where the set has what begins at reg. */
void expression_lookup(struct nlmsghdr *nlh, const char *set, uint32_t reg);
/* verdict: NF_ACCEPT, NFT_RETURN, or NFT_GOTO with a chain (else NULL). */
void expression_verdict(struct nlmsghdr *nlh, int verdict, const char *chain);
void expression_reject(struct nlmsghdr *nlh, enum nft_reject_types type, uint8_t code);
