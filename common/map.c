/* SPDX-License-Identifier: MIT */
#include "map.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "siphash.h"

#define FIRST_BUCKETS 64

void map_done(struct map *m)
{
	free(m->buckets);
	*m = (struct map){};
}

int map_reserve(struct map *m)
{
	size_t n = m->n_buckets ? m->n_buckets * 2 : FIRST_BUCKETS;
	struct map_node **buckets;

	if (m->count < m->n_buckets)
		return 0;
	buckets = calloc(n, sizeof(*buckets));
	if (!buckets)
		/* A fuller map is slower, not wrong. */
		return m->n_buckets ? 0 : -ENOMEM;
	for (size_t i = 0; i < m->n_buckets; i++) {
		struct map_node *node = m->buckets[i];

		while (node) {
			struct map_node *next = node->next;

			node->next = buckets[node->hash & (n - 1)];
			buckets[node->hash & (n - 1)] = node;
			node = next;
		}
	}
	free(m->buckets);
	m->buckets = buckets;
	m->n_buckets = n;
	return 0;
}

void map_put(struct map *m, struct map_node *node, uint32_t hash)
{
	struct map_node **bucket = &m->buckets[hash & (m->n_buckets - 1)];

	node->hash = hash;
	node->next = *bucket;
	*bucket = node;
	m->count++;
}

void map_take(struct map *m, struct map_node *node)
{
	struct map_node **at = &m->buckets[node->hash & (m->n_buckets - 1)];

	while (*at != node)
		at = &(*at)->next;
	*at = node->next;
	m->count--;
	if (!m->count)
		map_done(m);
}

static struct map_node *skip_to(struct map_node *node, uint32_t hash)
{
	while (node && node->hash != hash)
		node = node->next;
	return node;
}

struct map_node *map_find(const struct map *m, uint32_t hash)
{
	return m->n_buckets ? skip_to(m->buckets[hash & (m->n_buckets - 1)], hash) : NULL;
}

struct map_node *map_find_next(const struct map_node *node)
{
	return skip_to(node->next, node->hash);
}

static struct siphash_secret secret;

static void make_secret(void)
{
	siphash_make_secret(&secret);
}

uint32_t map_hash(const void *bytes, size_t length)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	/* The loop and the threads that read files ask. */
	pthread_once(&once, make_secret);
	return (uint32_t)siphash(&secret, bytes, length);
}
