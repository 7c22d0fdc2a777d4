/* SPDX-License-Identifier: MIT */
/*
 * Who was let in beside those at home: whoever has signed in, or has come by a link. Each has a pass, known by the hash of
 * the token that the browser's cookie holds. That of who has signed in ends by the button, by time, or with all others; it
 * is held in memory alone, so that one signs in again after a restart. That of a link is as good as its link, for all who
 * have come by that. Times are clock_ms().
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "chain.h"
#include "command.h"
#include "map.h"
#include "token.h"

#define GATE_PASSES_MAX 256 /* the one that was not used for longest goes */

enum gate_end {
	GATE_END_BUTTON,    /* signed out, by whoever had it */
	GATE_END_ALL,	    /* all were signed out */
	GATE_END_ELSEWHERE, /* at another broadcaster */
	GATE_END_TIME,
	GATE_END_CHANGED, /* the passphrase is another one */
	GATE_END_FULL,	  /* too many have signed in since */
	GATE_ENDS,
	GATE_END_LINK = GATE_ENDS, /* its link was revoked, or its time is over */
};

struct gate_pass {
	struct map_node node;
	struct chain of_gate; /* the one that was not used for longest first */
	struct token_hash hash;
	enum role role;
	bool secure;		/* made over TLS, and good there alone */
	struct address address; /* where it was made */
	uint64_t made_ms, used_ms;
	unsigned held; /* by viewers, who use it all the time */
	bool ended;    /* nobody finds it any more */
	bool of_link;  /* nothing but the end of its link ends it */
};

struct gate_listener {
	/* It has ended: whoever holds it is to be sent away. */
	void (*ended)(void *data, const struct gate_pass *pass, enum gate_end why);
};

struct gate {
	const struct gate_listener *listener; /* borrowed */
	void *data;
	uint64_t longest_ms, idle_ms; /* after which a pass ends */
	struct map map;
	struct chain passes; /* of those who have signed in */
	size_t n;
	struct chain of_links;
};

/* A zeroed gate; the times are set by the caller. */
void gate_init(struct gate *g, const struct gate_listener *listener, void *data);
/* Nobody may hold a pass any more. Nobody is told. */
void gate_done(struct gate *g);

/* Whoever has signed in from there gets a pass. 0; -ENOMEM or another -errno. */
int gate_sign_in(struct gate *g, const struct address *address, bool secure, uint64_t now_ms,
		 char ret_token[TOKEN_MAX], struct gate_pass **ret);
/* A pass for all who have come by a link and have the token of this hash. 0 or -ENOMEM. Its end is gate_end. */
int gate_open(struct gate *g, const struct token_hash *hash, enum role role, bool secure,
	      struct gate_pass **ret);
/* The pass of this token, which is used now; NULL: there is none, or it is not good here. */
struct gate_pass *gate_find(struct gate *g, const char *token, bool secure, uint64_t now_ms);

/* The same by the hash; NULL: there is none. It is not used by that. */
struct gate_pass *gate_find_hash(const struct gate *g, const struct token_hash *hash);

/* Keeps it in memory, and in use, until it is released; both take NULL. */
struct gate_pass *gate_hold(struct gate_pass *pass);
void gate_release(struct gate *g, struct gate_pass *pass, uint64_t now_ms);

void gate_end(struct gate *g, struct gate_pass *pass, enum gate_end why);
/* All who have signed in: how many there were. */
size_t gate_end_all(struct gate *g, enum gate_end why);
/* Once a second: ends those whose time is over. */
void gate_tick(struct gate *g, uint64_t now_ms);

/* The word for it in metrics, of who had signed in. */
const char *gate_end_name(enum gate_end why);
