/* SPDX-License-Identifier: MIT */
/* What is home: the home networks, this machine's own addresses, and what is shown of the traffic inside. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "interfaces.h"

#define HOME_NETWORKS_MAX 64
#define HOME_OWN_MAX 256

enum home_mode {
	HOME_ROUTER,  /* devices are in the home networks */
	HOME_MACHINE, /* this machine forwards for nobody: it is the one device */
};

/* What is home. */
struct home {
	enum home_mode mode;
	size_t n_networks;
	struct network networks[HOME_NETWORKS_MAX];
	size_t
	    left_out; /* networks and addresses of its own that did not fit, or were not known for want of room */
	/* The networks that this machine is on itself, behind whose addresses it learns the MACs. */
	size_t n_linked;
	struct network linked[HOME_NETWORKS_MAX];
	size_t n_own; /* this machine's own addresses */
	struct address own[HOME_OWN_MAX];
	bool show_router, show_dns, show_inside; /* what is otherwise left out */
};

/* Whether the mode comes from the machine or the configuration. */
enum home_wish {
	HOME_WISH_AUTO,
	HOME_WISH_ROUTER,
	HOME_WISH_MACHINE,
};

/*
 * Sets mode, networks, linked, left_out and own of home by the interfaces. configured: the home networks of the configuration;
 * n_configured may be 0.
 */
void home_find(struct home *home, const struct interfaces *interfaces, enum home_wish wish,
	       const struct network *configured, size_t n_configured);

/* One of this machine's own addresses. */
bool home_is_own(const struct home *h, const struct address *a);
/* In a home network, and neither its broadcast address nor its bare network address (RFC 919, RFC 950). */
bool home_is_inside(const struct home *h, const struct address *a);
/* On a network whose neighbours have MACs: sooner or later that of whoever is at this address becomes known. */
bool home_is_linked(const struct home *h, const struct address *a);
/* ff00::/8 (RFC 4291), 224.0.0.0/4 (RFC 5771), 255.255.255.255. */
bool home_is_multicast(const struct address *a);
/* The first or last address of a home network: its broadcast address, or its bare network address. */
bool home_is_edge(const struct home *h, const struct address *a);
