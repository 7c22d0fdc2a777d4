/* SPDX-License-Identifier: MIT */
/*
 * The connection table: every entry that the kernel knows, keyed by tuple, zone and id, kept right by events
 * and dumps. Who listens is told what came, changed and went; the table knows nothing of devices or frames.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ct_entry.h"
#include "ct_timeouts.h"

struct ct_table;

/* A connection as the table keeps it. Listeners read everything and write only the members named theirs. */
struct ct_connection {
	struct ct_tuple tuple[CT_DIRECTIONS];
	uint64_t packets[CT_DIRECTIONS], bytes[CT_DIRECTIONS]; /* absolute, as last known */
	uint32_t id;
	uint32_t status;
	uint32_t mark;
	/* When the kernel forgets it unless a packet comes: the low part of ms on the collector's clock. It moves with
	 * a call only. */
	uint32_t expires;
	uint32_t start;	       /* seconds of Unix time from the kernel's timestamp, 0 when it has none */
	uint32_t seen, active; /* the low parts: see ct_connection_seen, ct_connection_active */
	uint32_t row;	       /* the row id in the feed, given at insertion, never used twice */
	uint16_t zone;
	uint8_t protocol;
	uint8_t state;
	bool has_counters : 1;
	bool has_ports : 1;
	bool feed_sent : 1;  /* the next two are the feed's: viewers have it */
	bool feed_dirty : 1; /* it changed since */
	uint8_t active_high : 4;
	uint8_t table_dump;   /* the table's own: the dump in which it was last seen, 0 for none */
	uint16_t table_start; /* the table's own: the part of the start below a second, in 2^14 ns */
	/* the model's: the conversation's index, 0 for none; the feed's: which columns changed */
	uint32_t model_conversation;
	uint32_t feed_changed;
	/* the table's own */
	uint32_t table_next; /* what followed it in the last dump, or the free list */
	uint8_t table_flags;
	uint8_t seen_high;
	uint8_t model_masked; /* the model's: which of its addresses may not be told */
};

#define CT_ACTIVE_HIGH 16ull /* values of active_high: some two years */

/* When it was first seen: ms on the collector's clock (since its start). */
static inline uint64_t ct_connection_seen(const struct ct_connection *c)
{
	return (uint64_t)c->seen_high << 32 | c->seen;
}

/* When a packet counter (or a refreshed timeout) last moved, on the same clock; right for a year back. Negative: before
 * the collector's start, by how long the kernel had kept it without a packet. */
static inline int64_t ct_connection_active(const struct ct_connection *c, uint64_t now)
{
	const uint64_t range = CT_ACTIVE_HIGH << 32;
	uint64_t low = (uint64_t)c->active_high << 32 | c->active, active = now - now % range + low;

	/* What comes from a moment after now is of now. */
	if (active > now && active - now < range / 2)
		return (int64_t)now;
	return (int64_t)active - (active > now ? (int64_t)range : 0);
}

/* What moved with a change; increments are since the last call for this connection. */
struct ct_change {
	uint64_t packets[CT_DIRECTIONS], bytes[CT_DIRECTIONS]; /* increments */
	uint8_t old_state;
	uint32_t old_status;
	uint32_t old_mark;
	bool refreshed; /* expires moved */
	bool active;	/* packets moved, or without accounting the timeout was refreshed */
	bool zeroed; /* somebody set the counters to zero: what moved since the last call is only partly known
		      */
};

/* No function may change the table from within a call. */
struct ct_listener {
	/* A new connection; its counters may already be above zero. */
	void (*added)(void *data, struct ct_connection *c);
	/* Counters, state, status or mark moved, or the timeout did otherwise than by running down; called
	 * once a dump for each connection that changed. */
	void (*changed)(void *data, struct ct_connection *c, const struct ct_change *change);
	/* It is gone; final counters are in it, and change has what moved since the last call. c is freed
	 * after the call. */
	void (*ended)(void *data, struct ct_connection *c, const struct ct_change *change);
};

/* listener is copied, data borrowed. max: entries that the table holds at most; what does not fit is counted.
 * 0 or -errno. */
int ct_table_new(struct ct_table **ret, size_t max, const struct ct_listener *listener, void *data);
struct ct_table *ct_table_free(struct ct_table *t);
/* What the kernel grants each kind of entry (copied; zeroed: unknown), so that an entry which a dump shows first is as
 * old as it is. */
void ct_table_set_timeouts(struct ct_table *t, const struct ct_timeouts *timeouts);

/*
 * now: ms on the collector's clock. A NEW of an entry that the table holds is old news when a dump showed it
 * first; else the id was used again and the older connection ended unheard. A DESTROY brings the final
 * counters, and a dump under way does not bring that entry back. One of an entry that the table does not hold counts as
 * a connection that came and went where nothing of it can have counted before: when it did not fit, or when NEWs were
 * lost (see below). Else it is ignored.
 */
void ct_table_event_new(struct ct_table *t, const struct ct_entry *e, uint64_t now);
void ct_table_event_destroy(struct ct_table *t, const struct ct_entry *e, uint64_t now);

/*
 * unheard: an entry may have come whose NEW was lost, and all that were there before are known. Such an entry comes in
 * with the next dump; if it goes before, its DESTROY has all that it moved, and that nobody has counted. It is for the
 * caller to say when that is so, for the table cannot: at the collector's start an unknown entry is one from before,
 * of which an earlier run may have counted a part, and without a loss there is none but those whose end is told twice
 * (the kernel does that for listeners who ask for NETLINK_BROADCAST_ERROR).
 */
void ct_table_set_unheard(struct ct_table *t, bool unheard);

/*
 * A dump is begin, entry for each message, and end when the kernel said that it is whole, or abort. At the
 * end an entry that is older than this dump and the one before, and in neither, is gone.
 */
void ct_table_dump_begin(struct ct_table *t, uint64_t now);
/* The entries that follow were read at now; may be left out in a dump that is short. */
void ct_table_dump_clock(struct ct_table *t, uint64_t now);
void ct_table_dump_entry(struct ct_table *t, const struct ct_entry *e);
void ct_table_dump_end(struct ct_table *t, uint64_t now);
void ct_table_dump_abort(struct ct_table *t);

size_t ct_table_count(const struct ct_table *t);
uint32_t ct_table_last_row(const struct ct_table *t); /* the row id that was given last */
/* Of the entries of the last whole dump: those that a flowtable forwards and whose counters never moved meanwhile,
 * so that what they carry may be unknown. */
size_t ct_table_uncounted(const struct ct_table *t);
/* How many did not fit so far, each once (ct_unplaced.h). */
uint64_t ct_table_full(const struct ct_table *t);
size_t ct_table_memory(const struct ct_table *t); /* bytes that it holds now */

/* The connection at a position from 1 to ct_table_positions(); NULL where there is none. Positions are stable
 * while it lives. A position costs a few instructions either way. */
size_t ct_table_positions(const struct ct_table *t);
struct ct_connection *ct_table_at(const struct ct_table *t, uint32_t position);
uint32_t ct_table_position(const struct ct_table *t, const struct ct_connection *c);
