/* SPDX-License-Identifier: MIT */
/* Counts the different things that did not fit somewhere, however often each was tried. */
#pragma once

#include <stdint.h>

#include "hash_set.h"

#define REFUSED_MAX 65536 /* things that are told apart; more are not counted */

/* Zeroed memory is an empty one. */
struct refused {
	struct hash_set things;
};

void refused_done(struct refused *r);
/* hash: of what makes the thing one thing, by map_hash. */
void refused_note(struct refused *r, uint32_t hash);
