/* SPDX-License-Identifier: MIT */
#include "ct_gone.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_MIN = 256 };

void ct_gone_init(struct ct_gone *g, size_t max)
{
	memset(g, 0, sizeof(*g));
	g->max = max;
}

void ct_gone_done(struct ct_gone *g)
{
	free(g->slots);
	memset(g, 0, sizeof(*g));
}

/* 0 marks an empty slot. */
static uint64_t stored(uint64_t hash)
{
	return hash ? hash : 1;
}

static uint64_t *find(uint64_t *slots, size_t size, uint64_t hash)
{
	size_t i = (size_t)hash & (size - 1);

	while (slots[i] && slots[i] != hash)
		i = (i + 1) & (size - 1);
	return &slots[i];
}

static bool grow(struct ct_gone *g)
{
	size_t size = g->size ? g->size * 2 : SIZE_MIN;
	uint64_t *slots = calloc(size, sizeof(uint64_t));

	if (!slots)
		return false;
	for (size_t i = 0; i < g->size; i++)
		if (g->slots[i])
			*find(slots, size, g->slots[i]) = g->slots[i];
	free(g->slots);
	g->slots = slots;
	g->size = size;
	return true;
}

void ct_gone_add(struct ct_gone *g, uint64_t hash)
{
	uint64_t *slot;

	if (g->full)
		return;
	if (g->used >= g->max || (g->used * 2 >= g->size && !grow(g))) {
		g->full = true;
		return;
	}
	slot = find(g->slots, g->size, stored(hash));
	if (!*slot)
		g->used++;
	*slot = stored(hash);
}

bool ct_gone_has(const struct ct_gone *g, uint64_t hash)
{
	if (g->full)
		return true;
	return g->used && *find(g->slots, g->size, stored(hash));
}

void ct_gone_clear(struct ct_gone *g)
{
	if (g->size > SIZE_MIN && g->used * 16 < g->size) {
		free(g->slots);
		g->slots = NULL;
		g->size = 0;
	} else if (g->used) {
		memset(g->slots, 0, g->size * sizeof(uint64_t));
	}
	g->used = 0;
	g->full = false;
}
