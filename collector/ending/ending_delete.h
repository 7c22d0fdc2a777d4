/* SPDX-License-Identifier: MIT */
/* The request to delete one entry of the connection table (linux/netfilter/nfnetlink_conntrack.h). */
#pragma once

#include <linux/netlink.h>

#include "ct_table.h"

#define ENDING_DELETE_BYTES 160 /* no request is longer */

/* Writes it into buffer, which is aligned and has room for ENDING_DELETE_BYTES; that very entry and no later one of the
 * same addresses. Returns buffer, with all of the header set but the sender. */
struct nlmsghdr *ending_delete_put(void *buffer, const struct ct_connection *c, uint32_t sequence);
