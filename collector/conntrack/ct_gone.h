/* SPDX-License-Identifier: MIT */
/*
 * The keys that were destroyed while a dump runs, as their 64-bit hashes: what the kernel wrote into the dump
 * before, and we read only after, must not come back to life.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash_set.h"

struct ct_gone {
	struct hash_set keys;
	size_t max;
	bool full; /* some did not fit: nothing unknown may be believed until the dump is over */
};

void ct_gone_init(struct ct_gone *g, size_t max);
void ct_gone_done(struct ct_gone *g);

void ct_gone_add(struct ct_gone *g, uint64_t hash);
/* True also when it may have been. */
bool ct_gone_has(const struct ct_gone *g, uint64_t hash);
/* Forgets all; gives memory back when little of it was used. */
void ct_gone_clear(struct ct_gone *g);
