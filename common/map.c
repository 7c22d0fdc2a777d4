/* SPDX-License-Identifier: MIT */
#include "map.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

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

static uint64_t mix(uint64_t a, uint64_t b)
{
	a *= b;
	a ^= a >> 32;
	a *= b;
	return a ^ a >> 29;
}

static uint64_t seed[2];

static void make_seed(void)
{
	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed[1] = (uintptr_t)&seed;
}

uint32_t map_hash(const void *bytes, size_t length)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const uint8_t *at = bytes;
	uint64_t hash, word;

	/* The loop and the threads that read files ask. */
	pthread_once(&once, make_seed);
	hash = seed[0] ^ length;
	while (length) {
		size_t n = length < sizeof(word) ? length : sizeof(word);

		word = 0;
		memcpy(&word, at, n);
		hash = mix(hash ^ word ^ seed[1], 0x9e3779b97f4a7c15u);
		at += n;
		length -= n;
	}
	hash = mix(hash ^ seed[0], 0xd6e8feb86659fd93u);
	return (uint32_t)(hash ^ hash >> 32);
}
