/* SPDX-License-Identifier: MIT */
/* The parser of one ctnetlink message: pure, inlined, bounds-checked. nfct_nlmsg_parse is its oracle in the
 * tests. */
#pragma once

#include <stddef.h>

#include <linux/netlink.h>

#include "ct_entry.h"

/*
 * Reads the conntrack message whose netlink header is at nlh and whose nlmsg_len the caller has checked
 * against its buffer. 0, or -EBADMSG when it has not at least both tuples, or an attribute passes its end.
 * ret is set only on 0.
 */
int ct_message_parse(struct ct_entry *ret, const struct nlmsghdr *nlh);
