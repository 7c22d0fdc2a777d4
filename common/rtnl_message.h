/* SPDX-License-Identifier: MIT */
/* The parser of one rtnetlink message (rtnetlink(7)): pure, bounds-checked; reads only what we need. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <linux/netlink.h>

#include "address.h"

#define RTNL_HOPS_MAX 8 /* interfaces of a route with several next hops */

enum rtnl_kind {
	RTNL_OTHER, /* nothing that matters here */
	RTNL_LINK,
	RTNL_ADDRESS,
	/* The world is behind it: a default route, one to a large part of all addresses (as tunnels split the default
	 * route, 0.0.0.0/1 and 128.0.0.0/1, or 2000::/3), or one by a gateway to a single public address (the far end
	 * of a tunnel that has taken the default route). */
	RTNL_OUTSIDE_ROUTE,
	RTNL_FORWARDING, /* whether this machine forwards packets of a family */
	RTNL_NEIGHBOUR,
};

struct rtnl_message {
	enum rtnl_kind kind;
	bool removed;	/* the thing is gone */
	int interface;	/* its index; of a link, an address or a neighbour */
	uint32_t flags; /* of a link: IFF_* */
	uint16_t state; /* of a neighbour: NUD_* */
	bool has_mac;	/* of a link or a neighbour */
	uint8_t mac[6];
	struct address address; /* of an address or a neighbour */
	uint8_t prefix;		/* of an address: 0 to 128, IPv4 with 96 added */
	bool leased;		/* of an address: it has an end, as one that a DHCP server gave */
	bool forwarding;	/* of RTNL_FORWARDING */
	unsigned n_hops;	/* of a route */
	int hops[RTNL_HOPS_MAX];
};

/* nlh: its nlmsg_len was checked against the buffer by the caller. 0, or -EBADMSG; ret is set only on 0. */
int rtnl_message_parse(struct rtnl_message *ret, const struct nlmsghdr *nlh);
