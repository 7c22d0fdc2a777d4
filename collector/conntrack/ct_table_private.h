/* SPDX-License-Identifier: MIT */
/* The inside of the connection table, shared by ct_table.c (entries, events) and ct_table_dump.c. */
#pragma once

#include "ct_gone.h"
#include "ct_index.h"
#include "ct_key.h"
#include "ct_pool.h"
#include "ct_table.h"
#include "ct_unplaced.h"

/* In table_flags, beside CT_POOL_LIVE. */
enum {
	CT_BORN = 1,	/* came while the dump that is under way was: its absence there means nothing */
	CT_SETTLED = 2, /* its NEW was heard, or is so long ago that the next one is of another connection */
	CT_MISSED = 4,	/* was not in the last whole dump */
	CT_COUNTED = 8, /* its counters moved since a flowtable forwards it */
};

struct ct_table {
	struct ct_pool pool;
	struct ct_index index;
	struct ct_gone gone;
	struct ct_unplaced unplaced;
	struct siphash_secret secret;
	struct ct_listener listener;
	struct ct_timeouts timeouts;
	void *data;
	size_t max;
	uint32_t rows; /* the last row id given out */
	uint64_t full;
	bool unheard;

	/* the dump */
	bool dumping;
	uint8_t dump;	  /* 1 or 2, turn about: the mark of who was seen in it */
	uint64_t now;	  /* when its entries were read */
	uint32_t first;	  /* position of its first entry */
	uint32_t *link;	  /* where the position of the next entry is expected, and kept */
	uint32_t nowhere; /* where link points when its connection was freed */
	size_t offloaded; /* entries of this dump that a flowtable forwards, and whose counters never moved */
	size_t uncounted; /* of the last whole one */
};

/* A connection for e, told to the listener; NULL when there is no room, which is counted. */
struct ct_connection *ct_table_add(struct ct_table *t, const struct ct_entry *e, uint64_t hash, uint8_t flags,
				   uint64_t now);
/* Takes c out, tells the listener and frees it. change: what moved since the last call. */
void ct_table_end(struct ct_table *t, struct ct_connection *c, const struct ct_change *change);

/* Whether e is not c, though tuple, zone and id are the same. */
bool ct_table_is_another(const struct ct_connection *c, const struct ct_entry *e);
/* Brings c to what e says. True when that is worth a call; *ret_change is set then. */
bool ct_table_advance(struct ct_connection *c, const struct ct_entry *e, uint64_t now,
		      struct ct_change *ret_change);
