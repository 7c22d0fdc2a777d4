/* SPDX-License-Identifier: MIT */
/* This machine's interfaces as rtnetlink told them, and which networks are home by them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "home.h"
#include "rtnl_message.h"

#define INTERFACES_MAX 256
#define INTERFACE_ADDRESSES_MAX 1024

struct interface {
	int index;
	uint32_t flags; /* IFF_* */
	bool upstream;	/* a default route leads through it */
	bool has_mac;
	uint8_t mac[6];
};

struct interface_address {
	int interface;
	struct address address;
	uint8_t prefix;
};

struct interfaces {
	size_t n_links, n_addresses;
	struct interface links[INTERFACES_MAX];
	struct interface_address addresses[INTERFACE_ADDRESSES_MAX];
	size_t left_out; /* what did not fit */
};

/* Whether the mode comes from the machine or the configuration. */
enum interfaces_mode {
	INTERFACES_AUTO,
	INTERFACES_ROUTER,
	INTERFACES_MACHINE,
};

/* Takes a message of a dump in: links first, then addresses and default routes. Others are ignored. */
void interfaces_take(struct interfaces *i, const struct rtnl_message *m);

const struct interface *interfaces_find(const struct interfaces *i, int index);

/*
 * Sets mode, networks and own of home. configured: the home networks of the configuration, n_configured may
 * be 0. forwarding: this machine forwards packets.
 */
void interfaces_derive(const struct interfaces *i, enum interfaces_mode mode,
		       const struct network *configured, size_t n_configured, bool forwarding,
		       struct home *home);

/* The MAC that stands for this machine: of the upstream interface, else of the first that has one. NULL:
 * none. */
const uint8_t *interfaces_own_mac(const struct interfaces *i);
