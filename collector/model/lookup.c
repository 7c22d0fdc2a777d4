/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "util.h"

#define TOGETHER_MS 2000 /* between the questions for the types of one name */
#define LOOKUP_OF(chain_pointer, member) CONTAINER_OF(chain_pointer, struct lookup, member)

void lookups_init(struct lookups *l, struct row_watch *watch, struct names *names, uint32_t max)
{
	*l = (struct lookups){.names = names, .max = max};
	row_table_init(&l->table, watch);
	chain_init(&l->ages);
	quota_init(&l->quota, QUOTA_LOOKUPS);
}

static void lookup_free(struct lookups *l, struct lookup *lookup)
{
	map_take(&l->map, &lookup->node);
	row_remove(&l->table, &lookup->row);
	chain_take(&lookup->age);
	chain_take(&lookup->of_device);
	quota_give(&l->quota, lookup->device);
	names_drop(l->names, lookup->name);
	free(lookup);
}

void lookups_clear(struct lookups *l)
{
	while (!chain_is_empty(&l->ages))
		lookup_free(l, LOOKUP_OF(l->ages.next, age));
	l->total = l->full = 0;
}

void lookups_done(struct lookups *l)
{
	row_table_unfollow(&l->table);
	lookups_clear(l);
	row_table_done(&l->table);
	map_done(&l->map);
}

static uint32_t hash_of(const struct device *device, const char *name)
{
	return map_hash(&device, sizeof(device)) ^ map_hash(name, strlen(name));
}

struct lookup *lookups_find(const struct lookups *l, const struct device *device, const char *name)
{
	for (struct map_node *n = map_find(&l->map, hash_of(device, name)); n; n = map_find_next(n)) {
		struct lookup *found = CONTAINER_OF(n, struct lookup, node);

		if (found->device == device && !strcmp(found->name->text, name))
			return found;
	}
	return NULL;
}

static struct lookup *lookup_new(struct lookups *l, struct device *device, const char *text)
{
	struct name *name;
	struct lookup *new;

	if (map_reserve(&l->map) < 0)
		return NULL;
	name = names_take(l->names, text);
	if (!name)
		return NULL;
	new = category_is_ignored(name->category) ? NULL : calloc(1, sizeof(*new));
	if (!new) {
		names_drop(l->names, name);
		return NULL;
	}
	if (l->table.count >= l->max) {
		lookup_free(l, LOOKUP_OF(quota_giver(&l->quota, device, l->max)->lookups.next, of_device));
		l->full++;
		/* The last one that goes takes the buckets along. */
		if (map_reserve(&l->map) < 0) {
			names_drop(l->names, name);
			free(new);
			return NULL;
		}
	}
	new->device = device;
	new->name = name;
	map_put(&l->map, &new->node, hash_of(device, text));
	chain_append(&l->ages, &new->age);
	chain_append(&device->lookups, &new->of_device);
	quota_take(&l->quota, device);
	row_add(&l->table, &new->row);
	return new;
}

/* The question goes with the one before, which asked for other types. */
static bool goes_along(const struct lookup *lookup, enum dns_type type, int64_t when)
{
	int64_t apart = when - lookup->asked;

	return lookup->types && !(lookup->types & 1u << type) && apart <= TOGETHER_MS &&
	       apart >= -TOGETHER_MS;
}

struct lookup *lookups_ask(struct lookups *l, struct device *device, const char *name, enum dns_type type,
			   int64_t when)
{
	struct lookup *lookup = lookups_find(l, device, name);

	if (!lookup) {
		lookup = lookup_new(l, device, name);
		if (!lookup)
			return NULL;
		lookup->asked = lookup->seen = when;
	}
	if (goes_along(lookup, type, when)) {
		lookup->types |= (uint8_t)(1u << type);
	} else {
		lookup->types = (uint8_t)(1u << type);
		lookup->count++;
		l->total++;
	}
	if (when > lookup->asked)
		lookup->asked = when;
	chain_to_end(&l->ages, &lookup->age);
	chain_to_end(&device->lookups, &lookup->of_device);
	row_change(&l->table, &lookup->row, COLUMN(LOOKUP_ASKED) | COLUMN(LOOKUP_COUNT));
	return lookup;
}

void lookup_set_result(struct lookups *l, struct lookup *lookup, enum dns_result result)
{
	if (lookup->result == result)
		return;
	lookup->result = (uint8_t)result;
	row_change(&l->table, &lookup->row, COLUMN(LOOKUP_RESULT));
}

const char *lookup_result_word(enum dns_result result)
{
	static const char *const words[DNS_RESULTS] = {
	    [DNS_RESULT_ANSWERED] = "answered", [DNS_RESULT_NODATA] = "nodata",
	    [DNS_RESULT_NXDOMAIN] = "nxdomain", [DNS_RESULT_BLOCKED] = "blocked",
	    [DNS_RESULT_FAILED] = "failed",
	};

	return words[result];
}

void lookups_forget_names(struct lookups *l, bool (*is)(const void *data, const char *name), const void *data)
{
	struct chain *next;

	for (struct chain *link = l->ages.next; link != &l->ages; link = next) {
		struct lookup *lookup = LOOKUP_OF(link, age);

		next = link->next;
		if (is(data, lookup->name->text))
			lookup_free(l, lookup);
	}
}

void lookups_expire(struct lookups *l, int64_t before)
{
	while (!chain_is_empty(&l->ages) && LOOKUP_OF(l->ages.next, age)->asked < before)
		lookup_free(l, LOOKUP_OF(l->ages.next, age));
}

static void merge(struct lookups *l, struct lookup *lookup, struct device *successor)
{
	struct lookup *own = lookups_find(l, successor, lookup->name->text);

	if (own) {
		own->count += lookup->count;
		own->seen = lookup->seen < own->seen ? lookup->seen : own->seen;
		if (lookup->asked > own->asked)
			own->asked = lookup->asked;
		row_change(&l->table, &own->row,
			   COLUMN(LOOKUP_ASKED) | COLUMN(LOOKUP_COUNT) | COLUMN(LOOKUP_SEEN));
		lookup_free(l, lookup);
		return;
	}
	map_take(&l->map, &lookup->node);
	chain_take(&lookup->of_device);
	quota_give(&l->quota, lookup->device);
	if (map_reserve(&l->map) < 0) {
		row_remove(&l->table, &lookup->row);
		chain_take(&lookup->age);
		names_drop(l->names, lookup->name);
		free(lookup);
		return;
	}
	lookup->device = successor;
	map_put(&l->map, &lookup->node, hash_of(successor, lookup->name->text));
	chain_append(&successor->lookups, &lookup->of_device);
	quota_take(&l->quota, successor);
	row_change(&l->table, &lookup->row, COLUMN(LOOKUP_DEVICE));
}

void lookups_device_leaves(struct lookups *l, struct device *device)
{
	while (!chain_is_empty(&device->lookups)) {
		struct lookup *lookup = LOOKUP_OF(device->lookups.next, of_device);

		if (device->successor)
			merge(l, lookup, device->successor);
		else
			lookup_free(l, lookup);
	}
}
