/* SPDX-License-Identifier: MIT */
/*
 * A set of 64-bit hashes, each with a mark from 1 to 3: open addressing with linear probing, no markers for what was
 * removed. The two lowest bits of a hash give way to its mark, so hashes that differ in nothing else are the same.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define HASH_SET_MARK 3ull /* these bits of a slot */

/* Zeroed memory is an empty one. */
struct hash_set {
	uint64_t *slots; /* 0: empty */
	size_t size;	 /* a power of two, or 0 */
	size_t used;
};

void hash_set_done(struct hash_set *s);

/* The hash's slot until something is added or removed, or NULL. */
uint64_t *hash_set_find(const struct hash_set *s, uint64_t hash);
/* Gives the hash this mark. 1: it was not there; 0; -ENOMEM: it was not, and is not. */
int hash_set_add(struct hash_set *s, uint64_t hash, unsigned mark);
/* Empties a slot that is in use: another hash may move there, from further on or over the end from the beginning. */
void hash_set_remove(struct hash_set *s, uint64_t *slot);
/* Gives memory back when little of it is used. */
void hash_set_shrink(struct hash_set *s);
/* Forgets all, as above. */
void hash_set_clear(struct hash_set *s);
