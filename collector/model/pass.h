/* SPDX-License-Identifier: MIT */
/*
 * One pass over numbered places, a few at a time, while things come and go in them. Whoever asks for the pass while
 * it is under way is served as well: it then goes on to the end, around, and up to where it was asked for, so
 * that asking again and again never keeps it from the last places.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory is a pass that nobody asked for. */
struct pass {
	bool wanted;
	bool around;	 /* it has been at the end since it was last asked for */
	size_t at, stop; /* the next place; where it ends, once around */
	size_t size;
};

void pass_ask(struct pass *p);

/*
 * The next place, from 0 to size - 1, in *ret; false when all were visited since the pass was last asked for. kept:
 * what is in a place stays there though size is another one; else a new size starts the pass again.
 */
bool pass_next(struct pass *p, size_t size, bool kept, size_t *ret);
