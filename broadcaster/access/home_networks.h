/* SPDX-License-Identifier: MIT */
/* The networks that count as home when none are configured, and this host's name. */
#pragma once

#include "config.h"

#define HOME_NAME_MAX 256

/*
 * Loopback and the private networks (RFC 1918, RFC 4193, link-local) that an interface of this host is in, as
 * of now (getifaddrs(3)). 0; -errno.
 */
int home_networks_find(struct config_networks *ret);

/* The host's own name (gethostname(2)); empty when it has none. */
void home_networks_host_name(char ret[HOME_NAME_MAX]);
