/* SPDX-License-Identifier: MIT */
/* A hash map whose nodes live inside what it holds: 16 bytes an item, no allocation of its own but the
 * buckets. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct map_node {
	struct map_node *next;
	uint32_t hash;
};

struct map {
	struct map_node **buckets; /* NULL while nothing was ever put in */
	size_t n_buckets;	   /* a power of two */
	size_t count;
};

/* Zeroed memory is an empty map. Frees the buckets; what it held is the caller's. */
void map_done(struct map *m);

/* Makes room for one more item, so that the next map_put cannot fail. 0 or -ENOMEM. */
int map_reserve(struct map *m);

/* node is borrowed until it is taken out. The caller has reserved room and checked that its key is not in. */
void map_put(struct map *m, struct map_node *node, uint32_t hash);
void map_take(struct map *m, struct map_node *node);

/* The first node with this hash, and the next one after node: the caller compares the keys. */
struct map_node *map_find(const struct map *m, uint32_t hash);
struct map_node *map_find_next(const struct map_node *node);

/* A hash over bytes that nobody outside can steer: SipHash with a secret of this process. From any thread. */
uint32_t map_hash(const void *bytes, size_t length);
