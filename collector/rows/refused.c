/* SPDX-License-Identifier: MIT */
#include "refused.h"

enum { REFUSED = 1 };

void refused_done(struct refused *r)
{
	hash_set_done(&r->things);
}

void refused_note(struct refused *r, uint32_t hash)
{
	/* above the bits of the mark; without memory some are not counted */
	if (r->things.used < REFUSED_MAX)
		(void)hash_set_add(&r->things, (uint64_t)hash << 2, REFUSED);
}
