/* SPDX-License-Identifier: MIT */
/* What is known of an address, from the address and from data files. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "shared.h"

/* Networks that are in no register of companies. */
enum special {
	SPECIAL_NONE,
	SPECIAL_HOME,
	SPECIAL_PRIVATE,
	SPECIAL_CGNAT,
	SPECIAL_MULTICAST,
	SPECIAL_LINK_LOCAL,
	SPECIAL_LOOPBACK,
	SPECIAL_DOCUMENTATION,
	SPECIAL_RESERVED,
	SPECIALS,
};

/* What enrichment says of an address. */
struct remote_facts {
	enum special special;
	bool anycast; /* served from many places: it has none */
	bool has_place, has_network;
	struct place_facts place;
	struct network_facts network;
	const char *company; /* borrowed, like the next two; NULL: unknown */
	const char *category;
	const char *cloud; /* provider and region */
	uint32_t list;	   /* row id of the source that decided company and category, 0: none */
};
