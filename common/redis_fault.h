/* SPDX-License-Identifier: MIT */
/* What is wrong with a connection to Redis, in words that say what to do. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct redis_fault {
	const char *state;  /* "is not there", "refuses us", … */
	const char *advice; /* a whole sentence */
};

/* why: of hiredis, of Redis or of redis_guard. Static texts. */
struct redis_fault redis_fault_of(const char *why);

/* What was said of it last; zeroed: nothing yet. */
struct redis_said {
	enum {
		REDIS_SAID_NOTHING,
		REDIS_SAID_AWAY,
		REDIS_SAID_THERE,
	} said;
	const char *state;
	uint64_t ms; /* when a fault was said */
};

/*
 * Is the fault to be said? Once, and again when it is another one, but at least five seconds apart: whoever is there and
 * away many times a second is said of once in a while. now: ms.
 */
bool redis_fault_say(struct redis_said *said, const struct redis_fault *fault, uint64_t now);
/* It is there: is that to be said? Only where the last that was said is something else. */
bool redis_fault_is_over(struct redis_said *said);
