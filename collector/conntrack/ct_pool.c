/* SPDX-License-Identifier: MIT */
#include "ct_pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

_Static_assert(sizeof(struct ct_connection) == 160, "the memory of a connection is part of its design");
_Static_assert(sizeof(struct ct_chunk) == CT_CHUNK_HEADER, "the header is as long as its alignment");

/* mmap(2) aligns to pages alone: map twice as much and give back what is around the aligned part. */
static struct ct_chunk *chunk_map(void)
{
	char *memory =
	    mmap(NULL, 2 * CT_CHUNK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before;

	if (memory == MAP_FAILED)
		return NULL;
	before = -(uintptr_t)memory & (CT_CHUNK_SIZE - 1);
	if (before)
		munmap(memory, before);
	munmap(memory + before + CT_CHUNK_SIZE, CT_CHUNK_SIZE - before);
	return (struct ct_chunk *)(memory + before);
}

static struct ct_chunk *chunk_add(struct ct_pool *p, uint32_t index)
{
	struct ct_chunk *chunk = chunk_map();

	if (!chunk)
		return NULL;
	chunk->index = index;
	p->chunks[index] = chunk;
	p->mapped++;
	p->empty++;
	if (index >= p->n_chunks)
		p->n_chunks = index + 1;
	return chunk;
}

static void chunk_remove(struct ct_pool *p, struct ct_chunk *chunk)
{
	p->chunks[chunk->index] = NULL;
	p->mapped--;
	p->empty--;
	munmap(chunk, CT_CHUNK_SIZE);
	while (p->n_chunks && !p->chunks[p->n_chunks - 1])
		p->n_chunks--;
}

int ct_pool_init(struct ct_pool *p, size_t max)
{
	memset(p, 0, sizeof(*p));
	p->max_chunks = (uint32_t)((max + CT_CHUNK_ITEMS - 1) / CT_CHUNK_ITEMS);
	p->chunks = calloc(p->max_chunks, sizeof(struct ct_chunk *));
	if (!p->chunks)
		return -ENOMEM;
	if (!chunk_add(p, 0)) {
		free(p->chunks);
		p->chunks = NULL;
		return -ENOMEM;
	}
	return 0;
}

void ct_pool_done(struct ct_pool *p)
{
	for (uint32_t i = 0; i < p->n_chunks; i++)
		if (p->chunks[i])
			munmap(p->chunks[i], CT_CHUNK_SIZE);
	free(p->chunks);
	memset(p, 0, sizeof(*p));
}

struct ct_connection *ct_pool_take(struct ct_pool *p)
{
	struct ct_chunk *chunk;
	struct ct_connection *c;

	while (p->open < p->n_chunks && p->chunks[p->open] && p->chunks[p->open]->used == CT_CHUNK_ITEMS)
		p->open++;
	if (p->open == p->max_chunks)
		return NULL;
	chunk = p->chunks[p->open];
	if (!chunk)
		chunk = chunk_add(p, p->open);
	if (!chunk)
		return NULL;

	if (chunk->free) {
		c = &chunk->items[chunk->free - 1];
		chunk->free = c->table_next;
	} else {
		c = &chunk->items[chunk->fresh++];
	}
	if (chunk->used++ == 0)
		p->empty--;
	memset(c, 0, sizeof(*c));
	c->table_flags = CT_POOL_LIVE;
	return c;
}

void ct_pool_give(struct ct_pool *p, struct ct_connection *c)
{
	struct ct_chunk *chunk = ct_pool_chunk(c);

	c->table_flags = 0;
	c->table_next = chunk->free;
	chunk->free = (uint32_t)(c - chunk->items) + 1;
	if (chunk->index < p->open)
		p->open = chunk->index;
	if (--chunk->used)
		return;
	/* all are free: begin again in order, so that neighbours in a dump become neighbours in memory */
	chunk->free = 0;
	chunk->fresh = 0;
	if (p->empty++ > 0)
		chunk_remove(p, chunk);
}
