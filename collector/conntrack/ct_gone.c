/* SPDX-License-Identifier: MIT */
#include "ct_gone.h"

enum { GONE = 1 };

void ct_gone_init(struct ct_gone *g, size_t max)
{
	*g = (struct ct_gone){.max = max};
}

void ct_gone_done(struct ct_gone *g)
{
	hash_set_done(&g->keys);
}

void ct_gone_add(struct ct_gone *g, uint64_t hash)
{
	if (!g->full && (g->keys.used >= g->max || hash_set_add(&g->keys, hash, GONE) < 0))
		g->full = true;
}

bool ct_gone_has(const struct ct_gone *g, uint64_t hash)
{
	return g->full || hash_set_find(&g->keys, hash);
}

void ct_gone_clear(struct ct_gone *g)
{
	hash_set_clear(&g->keys);
	g->full = false;
}
