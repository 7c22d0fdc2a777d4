/* SPDX-License-Identifier: MIT */
#include "ct_index.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * Grown above 4/5 full to 2/5, shrunk below 3/10 to 3/5: at most 27 bytes a connection, and a quarter of all
 * connections must go before what has grown shrinks.
 */
enum { SIZE_MIN = 1024 };

static inline uint32_t home(const struct ct_index *x, uint64_t hash)
{
	return (uint32_t)hash & (x->size - 1);
}

static void place(struct ct_index *x, struct ct_index_slot slot)
{
	uint32_t i = home(x, slot.hash);

	while (x->slots[i].position)
		i = (i + 1) & (x->size - 1);
	x->slots[i] = slot;
}

static int resize(struct ct_index *x, uint32_t size)
{
	struct ct_index new = {calloc(size, sizeof(struct ct_index_slot)), size, x->used};

	if (!new.slots)
		return -ENOMEM;
	for (uint32_t i = 0; i < x->size; i++)
		if (x->slots[i].position)
			place(&new, x->slots[i]);
	free(x->slots);
	*x = new;
	return 0;
}

int ct_index_init(struct ct_index *x)
{
	memset(x, 0, sizeof(*x));
	return resize(x, SIZE_MIN);
}

void ct_index_done(struct ct_index *x)
{
	free(x->slots);
	memset(x, 0, sizeof(*x));
}

struct ct_connection *ct_index_find(const struct ct_index *x, const struct ct_pool *p, const struct ct_key *k,
				    uint64_t hash)
{
	for (uint32_t i = home(x, hash); x->slots[i].position; i = (i + 1) & (x->size - 1)) {
		struct ct_connection *c;

		if (x->slots[i].hash != (uint32_t)hash)
			continue;
		c = ct_pool_at(p, x->slots[i].position);
		if (c && ct_key_is_of(k, c))
			return c;
	}
	return NULL;
}

int ct_index_add(struct ct_index *x, uint32_t position, uint64_t hash)
{
	struct ct_index_slot slot = {(uint32_t)hash, position};

	if ((uint64_t)x->used * 5 >= (uint64_t)x->size * 4) {
		int r = resize(x, x->size * 2);

		if (r < 0)
			return r;
	}
	place(x, slot);
	x->used++;
	return 0;
}

void ct_index_remove(struct ct_index *x, uint32_t position, uint64_t hash)
{
	uint32_t mask = x->size - 1, hole = home(x, hash);

	while (x->slots[hole].position != position)
		hole = (hole + 1) & mask;

	/* move up whoever comes later in the run and whose home is not behind the hole */
	for (uint32_t i = (hole + 1) & mask; x->slots[i].position; i = (i + 1) & mask) {
		uint32_t way = (i - home(x, x->slots[i].hash)) & mask;

		if (way >= ((i - hole) & mask)) {
			x->slots[hole] = x->slots[i];
			hole = i;
		}
	}
	x->slots[hole] = (struct ct_index_slot){};
	x->used--;
	if (x->size > SIZE_MIN && (uint64_t)x->used * 10 < (uint64_t)x->size * 3)
		(void)resize(x, x->size / 2); /* without memory it stays as large as it is */
}
