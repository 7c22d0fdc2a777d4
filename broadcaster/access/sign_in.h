/* SPDX-License-Identifier: MIT */
/*
 * Attempts to sign in: each passphrase is checked beside the loop, in a thread, one after another. Of those that
 * wait the best placed comes first (attempts.h), and there are SIGN_IN_WAITING at most.
 */
#pragma once

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "loop_turns.h"

#define SIGN_IN_WAITING 64
#define SIGN_IN_PATIENCE_MS 20000 /* who has waited for so long is one too many */

enum sign_in_result {
	SIGN_IN_RIGHT,
	SIGN_IN_WRONG,
	SIGN_IN_SLOWED, /* this address has to wait after its failures */
	SIGN_IN_BUSY,	/* too many try at once, or this address tries already */
	SIGN_IN_NONE,	/* there is no passphrase */
	SIGN_IN_BROKEN, /* it could not be checked */
	SIGN_IN_RESULTS,
};

struct sign_in;

/* Somebody who waits: part of what waits, from sign_in_begin to sign_in_end. */
struct sign_in_try {
	struct sign_in *sign_in; /* NULL: it does not wait */
	struct sign_in_try *next;
	struct address address;
	unsigned rank;
	uint64_t since_ms;
	char *passphrase; /* its own */
	void (*answered)(struct sign_in_try *t, enum sign_in_result result);
};

/* loop and turns (or NULL) are borrowed. 0; -ENOMEM. */
int sign_in_new(struct sign_in **ret, struct ev_loop *loop, struct loop_turns *turns);
/* Waits for what is being checked. Nobody may wait any more. */
struct sign_in *sign_in_free(struct sign_in *s);

/* The hash of the passphrase from now on (copied); NULL or empty: there is none. What is being checked goes by the one
 * before. False: it is as it was. */
bool sign_in_set(struct sign_in *s, const char *hash);
bool sign_in_is_possible(const struct sign_in *s);

/*
 * Somebody at the address tries this passphrase, which is copied. t is zeroed but for answered, which is called from the loop,
 * never from within. watches: somebody there has the page open. Where another result than SIGN_IN_RIGHT comes back, it
 * does not wait: *ret_wait_ms says when to try again, for the two that mean later.
 */
enum sign_in_result sign_in_begin(struct sign_in *s, struct sign_in_try *t, const struct address *address,
				  bool watches, const char *passphrase, uint64_t *ret_wait_ms);
/* It waits no more, if it does. What is being checked counts all the same. */
void sign_in_end(struct sign_in_try *t);

/* The word for a result in metrics. */
const char *sign_in_result_name(enum sign_in_result result);
