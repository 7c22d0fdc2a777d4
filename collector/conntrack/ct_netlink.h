/* SPDX-License-Identifier: MIT */
/*
 * ctnetlink sockets and requests (netlink(7), linux/netfilter/nfnetlink_conntrack.h). Only the kernel and
 * processes with CAP_NET_ADMIN can send to such a socket, so the sender is not looked at.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <linux/netlink.h>

/* A socket that does not block, closed on exec, listening to groups (NF_NETLINK_CONNTRACK_*, 0 for none). The
 * descriptor, or -errno: -EPERM, -EPROTONOSUPPORT without nfnetlink. */
int ct_netlink_open(uint32_t groups);

/* Sends a request without attributes. message: IPCTNL_MSG_*; flags: NLM_F_*. 0 or -errno. */
int ct_netlink_request(int fd, uint8_t message, uint16_t flags, uint32_t sequence);

/* Whether ctnetlink is there and talks to us: 0, -EPERM, -EPROTONOSUPPORT, or another -errno. */
int ct_netlink_probe(void);

/* Sets the receive buffer; above the system's limit where the privilege is there, else as near as it may. */
void ct_netlink_set_buffer(int fd, uint32_t bytes);

/* The IPCTNL_MSG_* of a conntrack message, -1 when it is none. */
static inline int ct_netlink_message(const struct nlmsghdr *nlh)
{
	enum { SUBSYSTEM_CONNTRACK = 1 }; /* NFNL_SUBSYS_CTNETLINK */

	return nlh->nlmsg_type >> 8 == SUBSYSTEM_CONNTRACK ? nlh->nlmsg_type & 0xff : -1;
}
