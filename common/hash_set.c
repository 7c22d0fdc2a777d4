/* SPDX-License-Identifier: MIT */
#include "hash_set.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_MIN = 256 };

void hash_set_done(struct hash_set *s)
{
	free(s->slots);
	*s = (struct hash_set){};
}

static size_t home(const struct hash_set *s, uint64_t hash)
{
	return (size_t)(hash >> 2) & (s->size - 1);
}

/* Where it is, or the empty slot where it belongs. */
static uint64_t *place(const struct hash_set *s, uint64_t hash)
{
	size_t i = home(s, hash);

	while (s->slots[i] && (s->slots[i] | HASH_SET_MARK) != (hash | HASH_SET_MARK))
		i = (i + 1) & (s->size - 1);
	return &s->slots[i];
}

static int resize(struct hash_set *s, size_t size)
{
	struct hash_set new = {calloc(size, sizeof(uint64_t)), size, s->used};

	if (!new.slots)
		return -ENOMEM;
	for (size_t i = 0; i < s->size; i++)
		if (s->slots[i])
			*place(&new, s->slots[i]) = s->slots[i];
	free(s->slots);
	*s = new;
	return 0;
}

uint64_t *hash_set_find(const struct hash_set *s, uint64_t hash)
{
	uint64_t *slot = s->used ? place(s, hash) : NULL;

	return slot && *slot ? slot : NULL;
}

int hash_set_add(struct hash_set *s, uint64_t hash, unsigned mark)
{
	uint64_t *slot = s->size ? place(s, hash) : NULL;
	bool is_new = !slot || !*slot;

	if (is_new && s->used * 2 >= s->size) {
		if (resize(s, s->size ? s->size * 2 : SIZE_MIN) < 0)
			return -ENOMEM;
		slot = place(s, hash);
	}
	*slot = (hash & ~HASH_SET_MARK) | mark;
	s->used += is_new;
	return is_new;
}

void hash_set_remove(struct hash_set *s, uint64_t *slot)
{
	size_t mask = s->size - 1, hole = (size_t)(slot - s->slots);

	/* moves up whoever comes later in the run and whose home is not behind the hole */
	for (size_t i = (hole + 1) & mask; s->slots[i]; i = (i + 1) & mask) {
		size_t way = (i - home(s, s->slots[i])) & mask;

		if (way >= ((i - hole) & mask)) {
			s->slots[hole] = s->slots[i];
			hole = i;
		}
	}
	s->slots[hole] = 0;
	s->used--;
}

void hash_set_shrink(struct hash_set *s)
{
	if (s->size > SIZE_MIN && s->used < s->size / 16)
		(void)resize(s, s->size / 4); /* without memory it stays as large as it is */
}

void hash_set_clear(struct hash_set *s)
{
	if (s->size > SIZE_MIN && s->used < s->size / 16)
		hash_set_done(s);
	else if (s->used)
		memset(s->slots, 0, s->size * sizeof(uint64_t));
	s->used = 0;
}
