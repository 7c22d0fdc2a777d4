/* SPDX-License-Identifier: MIT */
#include "ct_unplaced.h"

enum { MARKS = 3 };

void ct_unplaced_init(struct ct_unplaced *u)
{
	*u = (struct ct_unplaced){.dump = 1};
}

void ct_unplaced_done(struct ct_unplaced *u)
{
	hash_set_done(&u->keys);
}

bool ct_unplaced_note(struct ct_unplaced *u, uint64_t hash)
{
	if (u->keys.used >= CT_UNPLACED_MAX && !hash_set_find(&u->keys, hash))
		return false;
	return hash_set_add(&u->keys, hash, u->dump) > 0;
}

bool ct_unplaced_forget(struct ct_unplaced *u, uint64_t hash)
{
	uint64_t *slot = hash_set_find(&u->keys, hash);

	if (slot)
		hash_set_remove(&u->keys, slot);
	return slot;
}

void ct_unplaced_dump_end(struct ct_unplaced *u)
{
	unsigned next = u->dump % MARKS + 1; /* of three marks, also that of the dump before the last */
	struct hash_set *keys = &u->keys;

	/* what moves into a place that became empty comes from further on, or from the beginning and was looked at */
	for (size_t i = 0; keys->used && i < keys->size; i++)
		while ((keys->slots[i] & HASH_SET_MARK) == next)
			hash_set_remove(keys, &keys->slots[i]);
	u->dump = next;
	hash_set_shrink(keys);
}
