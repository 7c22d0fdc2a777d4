/* SPDX-License-Identifier: MIT */
/* What others can cause at any rate is logged at most once in a while, and counted in between. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Zeroed: it was never said. */
struct log_pace {
	uint64_t said_ms;
	uint64_t unsaid; /* times since then */
};

/* Is it to be said, at most once in interval ms? Then *ret_unsaid: how often it was not since the last time. now: ms. */
static inline bool log_pace_allows(struct log_pace *pace, uint64_t interval, uint64_t now,
				   uint64_t *ret_unsaid)
{
	if (pace->said_ms && now - pace->said_ms < interval) {
		pace->unsaid++;
		return false;
	}
	*ret_unsaid = pace->unsaid;
	*pace = (struct log_pace){.said_ms = now};
	return true;
}
