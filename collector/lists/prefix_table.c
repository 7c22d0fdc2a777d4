/* SPDX-License-Identifier: MIT */
#include "prefix_table.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"

#define FIRST_SLOTS 64
#define MOST_TAKEN(slots) ((slots) / 5 * 4)
#define LENGTHS 129

/* Open addressing; value 0: free. */
struct slot {
	struct network network;
	uint32_t value;
};

struct prefix_table {
	struct slot *slots;
	size_t n_slots;
	size_t count;
	bool lengths[LENGTHS]; /* those that are in use: a search tries them, longest first */
};

int prefix_table_new(struct prefix_table **ret)
{
	struct prefix_table *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	*ret = t;
	return 0;
}

struct prefix_table *prefix_table_free(struct prefix_table *t)
{
	if (!t)
		return NULL;
	free(t->slots);
	free(t);
	return NULL;
}

/* The slot of this network, or the free one where it belongs. */
static struct slot *slot_of(const struct prefix_table *t, const struct network *n)
{
	/* The hash as a fraction of all slots: their number need be no power of two. */
	size_t i = (size_t)((uint64_t)map_hash(n, sizeof(*n)) * t->n_slots >> 32);

	while (t->slots[i].value && memcmp(&t->slots[i].network, n, sizeof(*n)) != 0)
		i = i + 1 < t->n_slots ? i + 1 : 0;
	return &t->slots[i];
}

static int set_slots(struct prefix_table *t, size_t n_slots)
{
	struct slot *before = t->slots;
	size_t n = t->n_slots;

	t->slots = calloc(n_slots, sizeof(*t->slots));
	if (!t->slots) {
		t->slots = before;
		return -ENOMEM;
	}
	t->n_slots = n_slots;
	for (size_t i = 0; i < n; i++)
		if (before[i].value)
			*slot_of(t, &before[i].network) = before[i];
	free(before);
	return 0;
}

int prefix_table_add(struct prefix_table *t, const struct network *n, uint32_t value)
{
	struct slot *slot;
	int r;

	if (n->length >= LENGTHS || !value)
		return -EINVAL;
	r = t->count < MOST_TAKEN(t->n_slots) ? 0 : set_slots(t, t->n_slots ? t->n_slots * 2 : FIRST_SLOTS);
	if (r < 0)
		return r;
	slot = slot_of(t, n);
	if (slot->value)
		return 1;
	*slot = (struct slot){.network = *n, .value = value};
	t->lengths[n->length] = true;
	t->count++;
	return 0;
}

void prefix_table_settle(struct prefix_table *t)
{
	/* Without memory it stays as large as it is. */
	set_slots(t, t->count + t->count / 4 + FIRST_SLOTS);
}

uint32_t prefix_table_find(const struct prefix_table *t, const struct address *a, unsigned *ret_length)
{
	for (unsigned length = LENGTHS; t->count && length-- > 0;) {
		struct network n;
		uint32_t value;

		if (!t->lengths[length])
			continue;
		n = network_make(a, (uint8_t)length);
		value = slot_of(t, &n)->value;
		if (!value)
			continue;
		if (ret_length)
			*ret_length = length;
		return value;
	}
	return 0;
}

size_t prefix_table_count(const struct prefix_table *t)
{
	return t->count;
}

size_t prefix_table_bytes(const struct prefix_table *t)
{
	return sizeof(*t) + t->n_slots * sizeof(*t->slots);
}
