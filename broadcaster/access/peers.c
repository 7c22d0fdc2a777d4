/* SPDX-License-Identifier: MIT */
#include "peers.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <uthash.h>

#include "util.h"

struct entry {
	struct address key;
	struct peer peer;
	unsigned holders;
	UT_hash_handle hh;
};

struct peers {
	struct entry *entries;
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
	struct entry *e, *next;

	if (!peers)
		return NULL;
	HASH_ITER(hh, peers->entries, e, next)
	{
		HASH_DEL(peers->entries, e);
		free(e);
	}
	free(peers);
	return NULL;
}

static struct address key_of(const struct address *a)
{
	return address_is_ipv4(a) ? *a : network_make(a, 64).base;
}

struct peer *peers_hold(struct peers *peers, const struct address *address)
{
	struct address key = key_of(address);
	struct entry *e;

	HASH_FIND(hh, peers->entries, &key, sizeof(key), e);
	if (!e) {
		e = calloc(1, sizeof(*e));
		if (!e)
			return NULL;
		e->key = key;
		HASH_ADD(hh, peers->entries, key, sizeof(e->key), e);
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
		HASH_DEL(peers->entries, e);
		free(e);
	}
	return NULL;
}
