/* SPDX-License-Identifier: MIT */
/* What is known of a remote: special networks and geographic data in the right order. */
#pragma once

#include "geo.h"
#include "home.h"
#include "remote_facts.h"

/* home, geo: borrowed; geo may be NULL. Documentation and reserved addresses are looked up first (a lab lives
 * there); other special networks are nowhere. */
void describe_remote(const struct home *home, const struct geo *geo, const struct address *a,
		     struct remote_facts *ret);
