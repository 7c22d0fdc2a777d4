/* SPDX-License-Identifier: MIT */
/* The clients of the lab: each line of the plan opens one connection after another and talks as it says. */
#pragma once

#include <stdint.h>

#include "network.h"
#include "plan.h"

struct flows;

/* n, plan: borrowed, must outlive the flows. outside: the router's address in the world, for inbound flows.
 * 0 or -errno. */
int flows_new(struct flows **ret, struct network *n, const struct plan *plan, struct in_addr outside);
struct flows *flows_free(struct flows *f);

/* Begins and goes on with what is due. now: ms, any clock that only goes on; elapsed: ms since the last call.
 */
void flows_tick(struct flows *f, uint64_t now, uint32_t elapsed);
