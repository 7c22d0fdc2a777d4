/* SPDX-License-Identifier: MIT */
#include "peers.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "map.h"
#include "util.h"

struct entry {
	struct map_node node;
	struct address key;
	struct peer peer;
	unsigned holders;
};

struct peers {
	struct map map;
};

int peers_new(struct peers **ret)
{
	struct peers *peers = calloc(1, sizeof(*peers));

	if (!peers)
		return -ENOMEM;
	*ret = peers;
	return 0;
}

struct peers *peers_free(struct peers *peers)
{
	if (!peers)
		return NULL;
	for (size_t i = 0; i < peers->map.n_buckets; i++)
		for (struct map_node *n = peers->map.buckets[i], *next; n; n = next) {
			next = n->next;
			free(CONTAINER_OF(n, struct entry, node));
		}
	map_done(&peers->map);
	free(peers);
	return NULL;
}

static struct address key_of(const struct address *a, bool at_home)
{
	return address_is_ipv4(a) || at_home ? *a : network_make(a, 64).base;
}

struct peer *peers_hold(struct peers *peers, const struct address *address, bool at_home)
{
	struct address key = key_of(address, at_home);
	uint32_t hash = map_hash(&key, sizeof(key));
	struct map_node *n = map_find(&peers->map, hash);
	struct entry *e;

	while (n && !address_equal(&CONTAINER_OF(n, struct entry, node)->key, &key))
		n = map_find_next(n);
	if (n) {
		e = CONTAINER_OF(n, struct entry, node);
	} else {
		e = map_reserve(&peers->map) < 0 ? NULL : calloc(1, sizeof(*e));
		if (!e)
			return NULL;
		e->key = key;
		e->peer.stranger = !at_home;
		map_put(&peers->map, &e->node, hash);
	}
	e->holders++;
	return &e->peer;
}

struct peer *peers_release(struct peers *peers, struct peer *peer)
{
	struct entry *e;

	if (!peer)
		return NULL;
	e = CONTAINER_OF(peer, struct entry, peer);
	if (--e->holders == 0) {
		map_take(&peers->map, &e->node);
		free(e);
	}
	return NULL;
}
