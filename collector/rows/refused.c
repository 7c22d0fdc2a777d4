/* SPDX-License-Identifier: MIT */
#include "refused.h"

#include <stdlib.h>

#define FIRST_SIZE 64

void refused_done(struct refused *r)
{
	free(r->hashes);
	*r = (struct refused){};
}

/* The place of hash, or the free one where it belongs. */
static uint32_t *place_of(uint32_t *hashes, uint32_t size, uint32_t hash)
{
	uint32_t i = hash & (size - 1);

	while (hashes[i] && hashes[i] != hash)
		i = (i + 1) & (size - 1);
	return &hashes[i];
}

static void grow(struct refused *r)
{
	uint32_t size = r->size ? r->size * 2 : FIRST_SIZE;
	uint32_t *hashes = calloc(size, sizeof(*hashes));

	if (!hashes)
		return;
	for (uint32_t i = 0; i < r->size; i++)
		if (r->hashes[i])
			*place_of(hashes, size, r->hashes[i]) = r->hashes[i];
	free(r->hashes);
	r->hashes = hashes;
	r->size = size;
}

void refused_note(struct refused *r, uint32_t hash)
{
	uint32_t *place;

	hash += !hash;
	if (r->n >= REFUSED_MAX)
		return;
	if (r->n >= r->size / 2)
		grow(r);
	/* without memory some are not counted */
	if (r->n + 1 >= r->size)
		return;
	place = place_of(r->hashes, r->size, hash);
	if (*place)
		return;
	*place = hash;
	r->n++;
}
