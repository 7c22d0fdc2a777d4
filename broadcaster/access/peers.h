/* SPDX-License-Identifier: MIT */
/*
 * How many connections and viewers each address has. At home each address counts alone: the phones of a room share
 * one /64. Elsewhere IPv6 addresses are counted by their /64, which is what one household or phone has.
 */
#pragma once

#include <stdbool.h>

#include "address.h"

struct peers;

/* Counts of one address, which the holders keep; it lives while it is held. */
struct peer {
	unsigned connections;
	bool stranger; /* not at home when it was first held */
	unsigned viewers;
};

int peers_new(struct peers **ret);
struct peers *peers_free(struct peers *peers);

/* The counts of the address, to be released; NULL when there is no memory. */
struct peer *peers_hold(struct peers *peers, const struct address *address, bool at_home);
/* Takes NULL, returns NULL. */
struct peer *peers_release(struct peers *peers, struct peer *peer);
