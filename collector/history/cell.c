/* SPDX-License-Identifier: MIT */
#include "cell.h"

#include <stdlib.h>

#include "util.h"

#define CHUNK 256

struct cell_chunk {
	struct cell_chunk *next;
	struct cell cells[CHUNK];
};

static void release(struct cell_pool *p)
{
	while (p->chunks) {
		struct cell_chunk *next = p->chunks->next;

		free(p->chunks);
		p->chunks = next;
	}
	p->free = NULL;
}

static void put_back(struct cell_pool *p, struct cell *c)
{
	c->next = p->free;
	p->free = c;
}

static void grow(struct cell_pool *p)
{
	struct cell_chunk *chunk = malloc(sizeof(*chunk));

	if (!chunk)
		return;
	chunk->next = p->chunks;
	p->chunks = chunk;
	for (size_t i = ELEMENTS_OF(chunk->cells); i > 0; i--)
		put_back(p, &chunk->cells[i - 1]);
}

struct cell *cell_take(struct cell_pool *p)
{
	struct cell *c;

	if (p->used >= p->max)
		return NULL;
	if (!p->free)
		grow(p);
	c = p->free;
	if (!c)
		return NULL;
	p->free = c->next;
	p->used++;
	*c = (struct cell){};
	return c;
}

void cell_give(struct cell_pool *p, struct cell *c)
{
	put_back(p, c);
	if (!--p->used)
		release(p);
}

static uint32_t add(uint32_t a, uint32_t b)
{
	return a + b < a ? UINT32_MAX : a + b;
}

void cell_add(struct cell *c, const struct cell_amounts *more)
{
	c->amounts.up += more->up;
	c->amounts.down += more->down;
	c->amounts.connections = add(c->amounts.connections, more->connections);
	c->amounts.lookups = add(c->amounts.lookups, more->lookups);
}
