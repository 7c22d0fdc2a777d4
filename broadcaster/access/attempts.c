/* SPDX-License-Identifier: MIT */
#include "attempts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "map.h"
#include "util.h"

#define FIRST_PAUSE_MS 1000
#define FAILURES_MOST 999 /* that are counted */
#define WATCHER_AHEAD 5	  /* failures */

struct record {
	struct map_node node;
	struct chain link; /* the one that was not heard of for longest first */
	struct address address;
	bool prefix; /* of all neighbours */
	bool known;  /* somebody has signed in from there */
	unsigned failures;
	uint64_t at_ms;
};

struct attempts {
	struct map map;
	struct chain records;
	size_t n;
	uint64_t spent_ms; /* until when all that were allowed at once are spent, if it lies ahead */
};

int attempts_new(struct attempts **ret)
{
	struct attempts *a = calloc(1, sizeof(*a));

	if (!a)
		return -ENOMEM;
	chain_init(&a->records);
	*ret = a;
	return 0;
}

static void forget(struct attempts *a, struct record *r)
{
	map_take(&a->map, &r->node);
	chain_take(&r->link);
	free(r);
	a->n--;
}

struct attempts *attempts_free(struct attempts *a)
{
	if (!a)
		return NULL;
	CHAIN_FOR_EACH(link, &a->records)
		forget(a, CONTAINER_OF(link, struct record, link));
	map_done(&a->map);
	free(a);
	return NULL;
}

static uint32_t hash_of(const struct address *address, bool prefix)
{
	uint8_t key[sizeof(*address) + 1];

	memcpy(key, address, sizeof(*address));
	key[sizeof(*address)] = prefix;
	return map_hash(key, sizeof(key));
}

static void sweep(struct attempts *a, uint64_t now_ms)
{
	CHAIN_FOR_EACH(link, &a->records) {
		struct record *r = CONTAINER_OF(link, struct record, link);

		if (now_ms - r->at_ms < ATTEMPTS_MEMORY_MS)
			return;
		if (!r->known || now_ms - r->at_ms >= ATTEMPTS_KNOWN_MS)
			forget(a, r);
	}
}

static struct record *find(struct attempts *a, const struct address *address, bool prefix, uint64_t now_ms)
{
	struct map_node *n;

	sweep(a, now_ms);
	n = map_find(&a->map, hash_of(address, prefix));
	for (; n; n = map_find_next(n)) {
		struct record *r = CONTAINER_OF(n, struct record, node);

		if (r->prefix == prefix && address_equal(&r->address, address))
			return r;
	}
	return NULL;
}

/* The record, made where there is none; NULL: no memory. */
static struct record *note(struct attempts *a, const struct address *address, bool prefix, uint64_t now_ms)
{
	struct record *r = find(a, address, prefix, now_ms);

	if (r) {
		chain_to_end(&a->records, &r->link);
		r->at_ms = now_ms;
		return r;
	}
	if (a->n == ATTEMPTS_MAX)
		forget(a, CONTAINER_OF(a->records.next, struct record, link));
	r = map_reserve(&a->map) < 0 ? NULL : calloc(1, sizeof(*r));
	if (!r)
		return NULL;
	r->address = *address;
	r->prefix = prefix;
	r->at_ms = now_ms;
	map_put(&a->map, &r->node, hash_of(address, prefix));
	chain_append(&a->records, &r->link);
	a->n++;
	return r;
}

static struct address prefix_of(const struct address *address)
{
	return network_make(address, address_is_ipv4(address) ? 96 + 24 : 64).base;
}

static unsigned failures_of(struct attempts *a, const struct address *address, bool prefix, uint64_t now_ms)
{
	const struct record *r = find(a, address, prefix, now_ms);

	return r && now_ms - r->at_ms < ATTEMPTS_MEMORY_MS ? r->failures : 0;
}

uint64_t attempts_wait(struct attempts *a, const struct address *address, uint64_t now_ms)
{
	const struct record *r = find(a, address, false, now_ms);
	unsigned failures = failures_of(a, address, false, now_ms);
	uint64_t pause = FIRST_PAUSE_MS;

	if (!r || failures < ATTEMPTS_FREE)
		return 0;
	for (unsigned i = ATTEMPTS_FREE; i < failures && pause < ATTEMPTS_PAUSE_MS; i++)
		pause *= 2;
	if (pause > ATTEMPTS_PAUSE_MS)
		pause = ATTEMPTS_PAUSE_MS;
	return now_ms - r->at_ms < pause ? pause - (now_ms - r->at_ms) : 0;
}

unsigned attempts_rank(struct attempts *a, const struct address *address, bool watches, uint64_t now_ms)
{
	const struct record *r = find(a, address, false, now_ms);
	struct address prefix = prefix_of(address);
	unsigned own;

	if (address_is_loopback(address) || (r && r->known))
		return 0;
	own = failures_of(a, address, false, now_ms) + (watches ? 0 : WATCHER_AHEAD);
	return 1 + own * (FAILURES_MOST + 1) + failures_of(a, &prefix, true, now_ms);
}

uint64_t attempts_wait_all(struct attempts *a, uint64_t now_ms)
{
	const uint64_t at_once = (uint64_t)(ATTEMPTS_AT_ONCE - 1) * ATTEMPTS_EVERY_MS;

	return a->spent_ms > now_ms + at_once ? a->spent_ms - now_ms - at_once : 0;
}

void attempts_take(struct attempts *a, uint64_t now_ms)
{
	if (a->spent_ms < now_ms)
		a->spent_ms = now_ms;
	a->spent_ms += ATTEMPTS_EVERY_MS;
}

void attempts_failed(struct attempts *a, const struct address *address, uint64_t now_ms)
{
	struct address prefix = prefix_of(address);
	struct record *r;

	/* without memory nothing is remembered, but all together still wait */
	r = note(a, address, false, now_ms);
	if (r)
		r->failures += r->failures < FAILURES_MOST;
	r = note(a, &prefix, true, now_ms);
	if (r)
		r->failures += r->failures < FAILURES_MOST;
}

void attempts_succeeded(struct attempts *a, const struct address *address, uint64_t now_ms)
{
	struct record *r = note(a, address, false, now_ms);

	if (!r)
		return;
	r->known = true;
	r->failures = 0;
}
