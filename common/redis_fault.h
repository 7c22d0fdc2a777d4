/* SPDX-License-Identifier: MIT */
/* What is wrong with a connection to Redis, in words that say what to do: for the log and for --status. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "status.h"

struct redis_fault {
	const char *state;  /* "is not there", "refuses us", … */
	const char *advice; /* a whole sentence */
};

/* why: of hiredis, of Redis or of redis_guard. Static texts. */
struct redis_fault redis_fault_of(const char *why);

/* What is wrong, and what was said of it last; zeroed: nothing yet, as after a move to another server. */
struct redis_said {
	char why[128]; /* it is not there; empty: nothing has failed */
	enum {
		REDIS_SAID_NOTHING,
		REDIS_SAID_AWAY,
		REDIS_SAID_THERE,
	} said;
	const char *state;
	uint64_t ms; /* when a fault was said */
};

/*
 * It is not there. *ret: what that means. True: it is to be said, which is so once, and again when it is another fault, but
 * at least five seconds apart: of a server that comes and goes many times a second this is said now and then. why: copied;
 * now: ms.
 */
bool redis_fault_say(struct redis_said *said, const char *why, uint64_t now, struct redis_fault *ret);
/* It is there: is that to be said? Only where the last that was said is something else. */
bool redis_fault_is_over(struct redis_said *said);

/* The sentence of --status about the server of this name, as the option has it. */
void redis_fault_status(const struct redis_said *said, const char *server, bool there, struct status *s);
