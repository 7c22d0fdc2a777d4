/* SPDX-License-Identifier: MIT */
/* The networks that count as home when none are configured, and this host's name. */
#pragma once

#include <stddef.h>

#include "address.h"

#define HOME_NAME_MAX 256

/* As many as the host is in: a host of many containers has a bridge for each. */
struct home_networks {
	struct network *items; /* owned */
	size_t n, capacity;
};

/*
 * Loopback and the private networks (RFC 1918, RFC 4193, link-local) that an interface of this host is in, as
 * of now (getifaddrs(3)). Takes the place of what is in networks, which may be zeroed. 0; -errno: networks is
 * as before.
 */
int home_networks_find(struct home_networks *networks);
/* Frees what it holds, and empties it. */
void home_networks_done(struct home_networks *networks);

/* The host's own name (gethostname(2)); empty when it has none. */
void home_networks_host_name(char ret[HOME_NAME_MAX]);
