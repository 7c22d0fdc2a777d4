/* SPDX-License-Identifier: MIT */
/* Whether a number that only grows has done so lately: what it counts goes on, or is over. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define GROWN_MS 60000 /* lately */

struct grown {
	uint64_t last;
	uint64_t at_ms; /* when it last grew; 0: never */
};

/* Now and then, with the number. */
static inline void grown_look(struct grown *g, uint64_t number, uint64_t now_ms)
{
	if (number > g->last)
		g->at_ms = now_ms;
	g->last = number;
}

static inline bool grown_lately(const struct grown *g, uint64_t now_ms)
{
	return g->at_ms && now_ms - g->at_ms <= GROWN_MS;
}
