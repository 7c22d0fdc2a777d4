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

/* The same of what is worth a line each time, as long as there is not too much of it. Zeroed: nothing was said. */
struct log_burst {
	uint64_t begun_ms;
	unsigned said;	 /* since then */
	uint64_t unsaid; /* as well */
};

/* Is it to be said, at most so often in interval ms? Then *ret_unsaid: how often it was not, in the last while in which
 * it was too much. now: ms. */
static inline bool log_burst_allows(struct log_burst *burst, unsigned most, uint64_t interval, uint64_t now,
				    uint64_t *ret_unsaid)
{
	*ret_unsaid = 0;
	if (!burst->begun_ms || now - burst->begun_ms >= interval) {
		*ret_unsaid = burst->unsaid;
		*burst = (struct log_burst){.begun_ms = now};
	}
	if (burst->said == most) {
		burst->unsaid++;
		return false;
	}
	burst->said++;
	return true;
}
