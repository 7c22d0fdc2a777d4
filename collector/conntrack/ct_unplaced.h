/* SPDX-License-Identifier: MIT */
/*
 * The entries that the table has no room for, by the 64-bit hashes of their keys, so that each counts once: however
 * often dumps show it, and whether its NEW is read before, between or after them. One is forgotten when it is destroyed,
 * when it comes in, or when two whole dumps in a row have not shown it (its DESTROY was lost).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hash_set.h"

#define CT_UNPLACED_MAX (1u << 20) /* at a time; what is beyond is not noted */

struct ct_unplaced {
	struct hash_set keys; /* each with the mark of the dump that showed it last */
	unsigned dump;	      /* the mark of the dump under way, or of the next one */
};

void ct_unplaced_init(struct ct_unplaced *u);
void ct_unplaced_done(struct ct_unplaced *u);

/* It did not fit, now or again. True: it is a new one. Without memory none is. */
bool ct_unplaced_note(struct ct_unplaced *u, uint64_t hash);
/* True when it was there. */
bool ct_unplaced_forget(struct ct_unplaced *u, uint64_t hash);
/* A dump is whole: what neither it nor the one before has shown goes. */
void ct_unplaced_dump_end(struct ct_unplaced *u);
