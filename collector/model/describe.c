/* SPDX-License-Identifier: MIT */
#include "describe.h"

#include "special.h"

void describe_remote(const struct home *home, const struct geo *geo, const struct address *a,
		     struct remote_facts *ret)
{
	struct address behind = special_behind_nat64(a);
	enum special special = special_of(&behind);
	bool lookup =
	    special == SPECIAL_NONE || special == SPECIAL_DOCUMENTATION || special == SPECIAL_RESERVED;

	*ret = (struct remote_facts){};
	if (special != SPECIAL_LOOPBACK && (home_is_inside(home, a) || home_is_own(home, a))) {
		ret->special = SPECIAL_HOME;
		return;
	}
	if (lookup && geo)
		geo_look_up(geo, &behind, ret);
	if (!ret->has_place && !ret->has_network)
		ret->special = special;
}
