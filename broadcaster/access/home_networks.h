/* SPDX-License-Identifier: MIT */
/* The networks that count as home when none are configured, and this host's names. */
#pragma once

#include <stddef.h>

#include "address.h"
#include "interfaces.h"

#define HOME_NAME_MAX 256

struct home_network {
	struct network network;
	unsigned interface; /* the only one that it is on; 0: any */
};

/* As many as the host is in: a host of many containers has a bridge for each. */
struct home_networks {
	struct home_network *items; /* owned */
	size_t n, capacity;
	struct interfaces *interfaces; /* owned; what was read last, or NULL */
	bool has_own;
	struct address own; /* one of this host's addresses, by which others know it */
};

/*
 * Loopback and the private networks (RFC 1918, RFC 4193, link-local) that this host is in, as of now (rtnetlink(7)).
 * Where it forwards for one of them, those of interfaces that lead outside do not count; a link-local network
 * there never counts unless the interface has a private one, too; and beside a private one the IPv6 network counts that
 * the provider lends (RFC 8415, prefix delegation), unless outside has it, too. IPv6 link-local networks are each of one interface.
 * Takes the place of what is in networks, which may be zeroed. 0; -errno: networks is as before.
 */
int home_networks_find(struct home_networks *networks);
/* The same of what was read elsewhere. */
int home_networks_derive(struct home_networks *networks, const struct interfaces *interfaces);
/* interface: by which the address is reached, for IPv6 link-local ones (sin6_scope_id); 0: not known. */
bool home_networks_contain(const struct home_networks *networks, const struct address *a, unsigned interface);
/* Is it an address of this host, loopback among them? */
bool home_networks_is_own(const struct home_networks *networks, const struct address *a);
/* Frees what it holds, and empties it. */
void home_networks_done(struct home_networks *networks);

/* The host's own name (gethostname(2)); empty when it has none. */
void home_networks_host_name(char ret[HOME_NAME_MAX]);
