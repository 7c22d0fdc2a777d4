/* SPDX-License-Identifier: MIT */
/*
 * What one device moved with one party in one stretch of time. Cells come from a pool, which allocates many at once:
 * in the steady state the old ones are used again, and nothing is allocated.
 */
#pragma once

#include <stdint.h>

#include "row.h"

struct past_device;
struct party;
struct span;

struct cell_amounts {
	uint64_t up, down;    /* bytes, as the device sees it */
	uint32_t connections; /* that began */
	uint32_t lookups;
};

struct cell {
	struct row row;	   /* id 0: of the minute that runs, which is in no table */
	struct cell *next; /* of the same span; or of those that are free */
	struct span *span;
	struct past_device *device; /* NULL: nobody's */
	struct party *party;	    /* NULL: with whom is not known */
	struct cell_amounts amounts;
};

/* Zeroed memory with max set is an empty one. */
struct cell_pool {
	struct cell *free;
	struct cell_chunk *chunks;
	uint32_t used, max;
};

/* Zeroed; NULL when all are used, or without memory. */
struct cell *cell_take(struct cell_pool *p);
/* Nothing refers to it any more. With the last one all memory goes. */
void cell_give(struct cell_pool *p, struct cell *c);

/* What does not fit into 32 bits stays at the most that does. */
void cell_add(struct cell *c, const struct cell_amounts *more);
