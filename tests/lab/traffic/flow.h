/* SPDX-License-Identifier: MIT */
/* The clients of the lab: each line of the plan opens one connection after another and talks as it says. */
#pragma once

#include <stdint.h>

#include "network.h"
#include "plan.h"

struct flows;

struct flow_addresses {
	struct in_addr outside; /* the router's in the world, which inbound flows call */
	/* the DNS server's: who connects over a family asks over it too */
	struct in_addr dns_ipv4;
	struct in6_addr dns_ipv6;
};

/* n, plan, addresses: borrowed, must outlive the flows. 0 or -errno. */
int flows_new(struct flows **ret, struct network *n, const struct plan *plan,
	      const struct flow_addresses *addresses);
struct flows *flows_free(struct flows *f);

/* Begins and goes on with what is due. now: ms, any clock that only goes on; elapsed: ms since the last call.
 */
void flows_tick(struct flows *f, uint64_t now, uint32_t elapsed);
