/* SPDX-License-Identifier: MIT */
/*
 * Where the connections live: chunks of memory that never move, so that pointers stay good, mapped when they
 * are needed and given back to the system when they are empty. A position numbers a place, from 1.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ct_table.h"

enum {
	CT_CHUNK_SIZE = 256 * 1024, /* and alignment, so that a connection leads to its chunk */
	CT_CHUNK_HEADER = 64,
	CT_CHUNK_ITEMS = (CT_CHUNK_SIZE - CT_CHUNK_HEADER) / sizeof(struct ct_connection),
};

/* Of the table_flags in a connection, the one that is the pool's: the place is taken. */
#define CT_POOL_LIVE 0x80

struct ct_chunk {
	uint32_t index;
	uint32_t used;	/* live connections */
	uint32_t fresh; /* places that were ever taken; those behind are untouched memory */
	uint32_t free;	/* the first of the list of places given back, 0 for none */
	_Alignas(CT_CHUNK_HEADER) struct ct_connection items[];
};

struct ct_pool {
	struct ct_chunk **chunks; /* NULL where one was given back */
	uint32_t n_chunks;	  /* up to the last that is there */
	uint32_t max_chunks;
	uint32_t open;	/* no chunk before this has room */
	uint32_t empty; /* chunks without a connection: one is kept in reserve */
	uint32_t mapped;
};

/* max: connections at most. 0 or -ENOMEM. */
int ct_pool_init(struct ct_pool *p, size_t max);
void ct_pool_done(struct ct_pool *p);

/* A zeroed connection but for CT_POOL_LIVE, at the lowest chunk with room; NULL without memory. */
struct ct_connection *ct_pool_take(struct ct_pool *p);
void ct_pool_give(struct ct_pool *p, struct ct_connection *c);

static inline uint32_t ct_pool_positions(const struct ct_pool *p)
{
	return p->n_chunks * CT_CHUNK_ITEMS;
}

/* The live connection there, or NULL. Any number may be asked. */
static inline struct ct_connection *ct_pool_at(const struct ct_pool *p, uint32_t position)
{
	uint32_t place = position - 1, index = place / CT_CHUNK_ITEMS;
	struct ct_connection *c;

	if (index >= p->n_chunks || !p->chunks[index])
		return NULL;
	c = &p->chunks[index]->items[place % CT_CHUNK_ITEMS];
	return c->table_flags & CT_POOL_LIVE ? c : NULL;
}

static inline struct ct_chunk *ct_pool_chunk(const struct ct_connection *c)
{
	return (struct ct_chunk *)((uintptr_t)c & ~(uintptr_t)(CT_CHUNK_SIZE - 1));
}

static inline uint32_t ct_pool_position(const struct ct_connection *c)
{
	const struct ct_chunk *chunk = ct_pool_chunk(c);

	return chunk->index * CT_CHUNK_ITEMS + (uint32_t)(c - chunk->items) + 1;
}
