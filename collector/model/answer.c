/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

void answers_init(struct answers *a, struct names *names, uint32_t max)
{
	*a = (struct answers){.names = names, .max = max};
	chain_init(&a->ages);
	quota_init(&a->quota, QUOTA_ANSWERS);
	chain_init(&a->addresses);
}

/* Once it is out of the map and of the chain of ages. */
static void release(struct answers *a, struct answer *answer)
{
	chain_take(&answer->of_device);
	quota_give(&a->quota, answer->device);
	names_drop(a->names, answer->name);
	a->n_answers--;
	free(answer);
}

void answer_free(struct answers *a, struct answer *answer)
{
	map_take(&a->map, &answer->node);
	chain_take(&answer->age);
	release(a, answer);
}

void answered_free(struct answers *a, struct answered *answered)
{
	map_take(&a->by_address, &answered->node);
	chain_take(&answered->age);
	names_drop(a->names, answered->name);
	a->n_addresses--;
	free(answered);
}

void answers_done(struct answers *a)
{
	while (!chain_is_empty(&a->ages))
		answer_free(a, ANSWER_OF(a->ages.next, age));
	while (!chain_is_empty(&a->addresses))
		answered_free(a, ANSWERED_OF(a->addresses.next));
	map_done(&a->map);
	map_done(&a->by_address);
}

static uint32_t hash_of(const struct address *address, const struct device *device)
{
	return map_hash(address->bytes, sizeof(address->bytes)) ^ map_hash(&device, sizeof(device));
}

static struct answer *find(const struct answers *a, const struct address *address,
			   const struct device *device)
{
	for (struct map_node *n = map_find(&a->map, hash_of(address, device)); n; n = map_find_next(n)) {
		struct answer *found = CONTAINER_OF(n, struct answer, node);

		if (found->device == device && address_equal(&found->address, address))
			return found;
	}
	return NULL;
}

const struct answer *answers_latest(const struct answers *a, const struct address *address,
				    const struct device *device)
{
	return find(a, address, device);
}

struct answered *answers_find(const struct answers *a, const struct address *address)
{
	for (struct map_node *n = map_find(&a->by_address, map_hash(address->bytes, sizeof(address->bytes)));
	     n; n = map_find_next(n)) {
		struct answered *found = CONTAINER_OF(n, struct answered, node);

		if (address_equal(&found->address, address))
			return found;
	}
	return NULL;
}

/* The oldest address that no remote needs goes. */
static void make_room(struct answers *a)
{
	struct chain *link = a->addresses.next;

	for (unsigned tries = 0; tries < 64 && ANSWERED_OF(link)->remote; tries++) {
		chain_to_end(&a->addresses, link);
		link = a->addresses.next;
	}
	if (!ANSWERED_OF(link)->remote)
		answered_free(a, ANSWERED_OF(link));
}

static struct answered *answered_new(struct answers *a, const struct address *address)
{
	struct answered *new;

	if (a->n_addresses >= a->max)
		make_room(a);
	if (a->n_addresses >= a->max || map_reserve(&a->by_address) < 0)
		return NULL;
	new = calloc(1, sizeof(*new));
	if (!new)
		return NULL;
	new->address = *address;
	new->when = INT64_MIN;
	map_put(&a->by_address, &new->node, map_hash(address->bytes, sizeof(address->bytes)));
	chain_append(&a->addresses, &new->age);
	a->n_addresses++;
	return new;
}

static struct answer *answer_new(struct answers *a, const struct address *address, struct device *device)
{
	struct answer *new;

	if (a->n_answers >= a->max)
		answer_free(a, ANSWER_OF(quota_giver(&a->quota, device, a->max)->answers.next, of_device));
	if (map_reserve(&a->map) < 0)
		return NULL;
	new = calloc(1, sizeof(*new));
	if (!new)
		return NULL;
	new->address = *address;
	new->device = device;
	new->when = INT64_MIN;
	map_put(&a->map, &new->node, hash_of(address, device));
	chain_append(&a->ages, &new->age);
	chain_append(&device->answers, &new->of_device);
	quota_take(&a->quota, device);
	a->n_answers++;
	return new;
}

/* Puts the lookup in front of the newest. */
static void keep_lookup(struct answered *answered, uint32_t lookup)
{
	uint32_t i = 0;

	while (i < answered->n && answered->newest[i] != lookup)
		i++;
	if (i == answered->n && i < ANSWERED_NEWEST)
		answered->n++;
	else if (i == ANSWERED_NEWEST) {
		answered->more++;
		i--;
	}
	memmove(&answered->newest[1], &answered->newest[0], i * sizeof(answered->newest[0]));
	answered->newest[0] = lookup;
}

void answers_rename(struct answers *a, struct name **at, struct name *name)
{
	struct name *before = *at;

	*at = name_share(name);
	names_drop(a->names, before);
}

struct answered *answers_note(struct answers *a, const struct address *address, struct device *device,
			      const char *text, uint32_t lookup, int64_t when, bool *ret_latest)
{
	struct answered *answered = answers_find(a, address);
	struct answer *answer = device ? find(a, address, device) : NULL;
	struct name *name = names_take(a->names, text);
	bool latest;

	if (!answered)
		answered = answered_new(a, address);
	if (device && !answer)
		answer = answer_new(a, address, device);
	if (!name || !answered || (device && !answer)) {
		names_drop(a->names, name);
		if (answered && !answered->name)
			answered_free(a, answered);
		if (answer && !answer->name)
			answer_free(a, answer);
		return NULL;
	}
	latest = when >= answered->when;
	if (latest) {
		answered->when = when;
		answers_rename(a, &answered->name, name);
		chain_to_end(&a->addresses, &answered->age);
	}
	if (answer) {
		latest = when >= answer->when;
		if (latest) {
			answer->when = when;
			answers_rename(a, &answer->name, name);
			chain_to_end(&a->ages, &answer->age);
			chain_to_end(&answer->device->answers, &answer->of_device);
		}
	}
	if (lookup)
		keep_lookup(answered, lookup);
	names_drop(a->names, name);
	*ret_latest = latest;
	return answered;
}

void answers_expire(struct answers *a, int64_t before)
{
	struct chain *next;

	while (!chain_is_empty(&a->ages) && ANSWER_OF(a->ages.next, age)->when < before)
		answer_free(a, ANSWER_OF(a->ages.next, age));
	for (struct chain *link = a->addresses.next;
	     link != &a->addresses && ANSWERED_OF(link)->when < before; link = next) {
		next = link->next;
		if (!ANSWERED_OF(link)->remote)
			answered_free(a, ANSWERED_OF(link));
	}
}

/* Gives the answer to the successor, unless that one has a later one of its own. */
static void merge(struct answers *a, struct answer *answer, struct device *successor)
{
	struct answer *own = find(a, &answer->address, successor);

	if (own) {
		if (answer->when >= own->when) {
			own->when = answer->when;
			answers_rename(a, &own->name, answer->name);
		}
		answer_free(a, answer);
		return;
	}
	map_take(&a->map, &answer->node);
	/* The last one that goes takes the buckets along. */
	if (map_reserve(&a->map) < 0) {
		chain_take(&answer->age);
		release(a, answer);
		return;
	}
	chain_take(&answer->of_device);
	quota_give(&a->quota, answer->device);
	answer->device = successor;
	map_put(&a->map, &answer->node, hash_of(&answer->address, successor));
	chain_append(&successor->answers, &answer->of_device);
	quota_take(&a->quota, successor);
}

void answers_device_leaves(struct answers *a, struct device *device)
{
	while (!chain_is_empty(&device->answers)) {
		struct answer *answer = ANSWER_OF(device->answers.next, of_device);

		if (device->successor)
			merge(a, answer, device->successor);
		else
			answer_free(a, answer);
	}
}
