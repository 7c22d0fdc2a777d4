/* SPDX-License-Identifier: MIT */
#include "ct_unplaced.h"

#include <stdlib.h>

enum { SIZE_MIN = 256, MARKS = 3 };

/* A slot is a hash whose low bits give way to the mark of the dump that showed it last, from 1: 0 is an empty slot. */
#define MARK 3ull

void ct_unplaced_init(struct ct_unplaced *u)
{
	*u = (struct ct_unplaced){.dump = 1};
}

void ct_unplaced_done(struct ct_unplaced *u)
{
	free(u->slots);
	ct_unplaced_init(u);
}

static uint32_t home(const struct ct_unplaced *u, uint64_t hash)
{
	return (uint32_t)(hash >> 2) & (u->size - 1);
}

/* Where it is, or the empty slot where it belongs. */
static uint32_t find(const struct ct_unplaced *u, uint64_t hash)
{
	uint32_t i = home(u, hash);

	while (u->slots[i] && (u->slots[i] | MARK) != (hash | MARK))
		i = (i + 1) & (u->size - 1);
	return i;
}

static bool resize(struct ct_unplaced *u, uint32_t size)
{
	struct ct_unplaced new = {calloc(size, sizeof(uint64_t)), size, u->used, u->dump};

	if (!new.slots)
		return false;
	for (uint32_t i = 0; i < u->size; i++)
		if (u->slots[i])
			new.slots[find(&new, u->slots[i])] = u->slots[i];
	free(u->slots);
	*u = new;
	return true;
}

bool ct_unplaced_note(struct ct_unplaced *u, uint64_t hash)
{
	uint64_t slot = (hash & ~MARK) | u->dump;
	uint32_t i;

	if (!u->size && !resize(u, SIZE_MIN))
		return false;
	i = find(u, hash);
	if (u->slots[i]) {
		u->slots[i] = slot;
		return false;
	}
	if (u->used >= CT_UNPLACED_MAX)
		return false;
	if (u->used >= u->size / 4 * 3) {
		if (!resize(u, u->size * 2))
			return false;
		i = find(u, hash);
	}
	u->slots[i] = slot;
	u->used++;
	return true;
}

/* Moves up whoever comes later in the run and whose home is not behind the hole. */
static void empty(struct ct_unplaced *u, uint32_t hole)
{
	uint32_t mask = u->size - 1;

	for (uint32_t i = (hole + 1) & mask; u->slots[i]; i = (i + 1) & mask) {
		uint32_t way = (i - home(u, u->slots[i])) & mask;

		if (way >= ((i - hole) & mask)) {
			u->slots[hole] = u->slots[i];
			hole = i;
		}
	}
	u->slots[hole] = 0;
	u->used--;
}

bool ct_unplaced_forget(struct ct_unplaced *u, uint64_t hash)
{
	uint32_t i;

	if (!u->used)
		return false;
	i = find(u, hash);
	if (!u->slots[i])
		return false;
	empty(u, i);
	return true;
}

void ct_unplaced_dump_end(struct ct_unplaced *u)
{
	uint8_t next = u->dump % MARKS + 1; /* of three marks, also that of the dump before the last */

	/* what moves into a place that became empty comes from further on, or from the beginning and was looked at */
	for (uint32_t i = 0; u->used && i < u->size; i++)
		while (u->slots[i] && (u->slots[i] & MARK) == next)
			empty(u, i);
	u->dump = next;
	if (u->size > SIZE_MIN && u->used < u->size / 16)
		(void)resize(u, u->size / 4); /* without memory it stays as large as it is */
}
