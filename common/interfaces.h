/* SPDX-License-Identifier: MIT */
/* This machine's interfaces as rtnetlink told them, and which of them lead outside. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "rtnl_message.h"

#define INTERFACES_MAX 1024 /* a host of many containers has a bridge for each */
#define INTERFACE_ADDRESSES_MAX 4096

struct interface {
	int index;
	uint32_t flags; /* IFF_* */
	bool outside;	/* the world is behind it */
	bool beneath;	/* PPPoE runs over it, to outside: nor is it home's, whatever its addresses */
	bool has_mac;
	uint8_t mac[6];
};

struct interface_address {
	int interface;
	struct address address;
	uint8_t prefix;
	bool leased; /* it has an end */
};

struct interfaces {
	size_t n_links, n_addresses;
	struct interface links[INTERFACES_MAX];
	struct interface_address addresses[INTERFACE_ADDRESSES_MAX];
	size_t left_out; /* what did not fit */
	bool forwarding; /* this machine forwards packets */
};

/* Takes a message of a dump in: links first, then addresses, routes and forwarding. Others are ignored. */
void interfaces_take(struct interfaces *i, const struct rtnl_message *m);

/* PPPoE runs over this interface; one that is not there is ignored. */
void interfaces_carry(struct interfaces *i, int index);

/*
 * All was taken in: decides which interfaces lead outside. before: what was known until then, zeroed at first; an
 * interface that led outside and has one of the same addresses still does, for routes come and go (a provider is
 * away, a lease ends). Where no route and no past says it, it is the ones with a public, shared (RFC 6598) or leased
 * IPv4 address, if others remain. What carries PPPoE is beneath one that leads outside where that is a point-to-point
 * one, and stays so, likewise, while the provider is away.
 */
void interfaces_settle(struct interfaces *i, const struct interfaces *before);

/* NULL when there is none of this index. */
const struct interface *interfaces_find(const struct interfaces *i, int index);

/* It carries packets, and not only to this machine itself. link may be NULL. */
bool interfaces_is_live(const struct interface *link);

/* It may be home's: neither leads outside nor is beneath, and has an address that is not a link-local one. What has none
 * is a wire that something else runs over. */
bool interfaces_is_inner(const struct interfaces *i, const struct interface *link);

/* Does this machine forward for a network that does not lead outside? link-local ones are none. */
bool interfaces_is_router(const struct interfaces *i);

/* The MAC that stands for this machine: of an interface that leads outside, else of the first that has one. NULL:
 * none. */
const uint8_t *interfaces_own_mac(const struct interfaces *i);
