/* SPDX-License-Identifier: MIT */
/* Whether a number that is to be told has stopped growing: what is told of the first second would be too low. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SETTLED_TICKS_MAX 30 /* one that never stops is told then */

struct settled {
	uint64_t last;
	unsigned ticks; /* since it was 0 */
};

/* Once a second, with the number. True when it is above 0 and no higher than a second ago, or has grown for long. */
static inline bool settled_look(struct settled *s, uint64_t number)
{
	bool stands = number && number <= s->last;

	s->last = number;
	s->ticks = number ? s->ticks + 1 : 0;
	return stands || s->ticks >= SETTLED_TICKS_MAX;
}
