/* SPDX-License-Identifier: MIT */
/*
 * Conversations: all connections of one device with one remote on one service. One whose last connection has gone
 * is kept as ended: a bounded number, a share for each device; then the oldest of whoever has most becomes part of
 * a sum (sum.h).
 *
 * Peer-to-peer is folded: once a device has max_high_ports conversations on ports from 1024 on, a new one of
 * these carries no port, so that all further connections with one remote (in one protocol and direction) are
 * one row.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "answer.h"
#include "behaviour.h"
#include "device.h"
#include "feed_schema.h"
#include "history.h"
#include "map.h"
#include "quota.h"
#include "refused.h"
#include "remote.h"
#include "row.h"
#include "selection.h"
#include "sum.h"
#include "traffic.h"

/* What a connection counts as. */
enum conversation_phase {
	PHASE_CONNECTING, /* TCP that is not established yet */
	PHASE_OPEN,
	PHASE_CLOSING, /* TCP that has begun to end: the kernel keeps it for up to some minutes */
	PHASES,
};

/* What the history knows of a conversation's sums: the difference is what has moved since it was told. */
struct conversation_told {
	uint64_t up, down; /* bytes */
	uint32_t total;	   /* connections */
};

struct conversation {
	struct row row;
	struct row naming; /* its name, in a table of its own once it has one */
	struct map_node node;
	struct device *device;
	struct remote *remote;
	struct name *name; /* what this device looked up last for the address before it connected, or NULL */
	/* Whose it is and what for, by its name, else by the address, as the feed knows it. */
	struct company *company; /* or NULL */
	struct chain of_remote;
	struct chain ended; /* of its device, while it has no connection */
	struct behaviour behaviour;
	struct traffic traffic, sent; /* sent: the feed's own, what viewers know */
	struct conversation_told told;
	int64_t active, seen;	    /* ms on the collector's clock */
	int64_t begun;		    /* the same: when its last connection came */
	uint32_t total, sent_total; /* connections so far */
	uint32_t phases[PHASES];    /* connections alive in each */
	uint32_t slot;		    /* its place in conversations.slots, from 1 on */
	uint32_t list;		    /* row id of the source that decided company and category, 0: none */
	uint16_t port;
	uint8_t protocol, category;
	bool has_port : 1;
	bool inbound : 1;
	bool folded : 1;
	bool unseen : 1;	 /* counted in the device's unseen */
	bool hides : 1;		 /* a service that hides lookups */
	bool asks_elsewhere : 1; /* a DNS server outside, in the clear */
};

struct conversations {
	struct row_table table, naming;
	struct map map;
	struct devices *devices;
	struct remotes *remotes;
	struct answers *answers;
	struct history *history; /* NULL: nobody is told of what moves */
	struct sums sums;
	struct quota ended;
	uint32_t n_ended, max_ended;
	struct conversation **slots; /* slot 0 is unused */
	uint32_t *free_slots;
	uint32_t n_slots, n_free_slots, max_slots;
	uint32_t max, max_high_ports;
	struct refused refused;
};

struct conversations_limits {
	uint32_t max;	    /* conversations, ended ones included: those make room */
	uint32_t max_ended; /* of those */
	uint32_t max_sums;
	uint32_t max_high_ports;
};

/* devices, remotes, answers, history, watch: borrowed. A struct conversations must not move in memory. */
void conversations_init(struct conversations *c, struct row_watch *watch, struct devices *devices,
			struct remotes *remotes, struct answers *answers, struct history *history,
			const struct conversations_limits *limits);
/* Frees all conversations and drops their remotes. */
void conversations_done(struct conversations *c);

/* The conversation of a shown selection, made when there is none; NULL when it, its device or its remote does
 * not fit. */
struct conversation *conversations_get(struct conversations *c, const struct selection *s, uint8_t protocol,
				       int64_t now);
/* True when conversations_get would give this one. */
bool conversation_is(const struct conversations *c, const struct conversation *conversation,
		     const struct selection *s, uint8_t protocol);
/* slot: from 1 on. */
struct conversation *conversations_at(const struct conversations *c, uint32_t slot);

/* The one with this row id, or NULL; looks at each. */
struct conversation *conversations_find_id(const struct conversations *c, uint32_t id);

/* A connection came (active: when a packet last did), is in another phase, or went: with the last one the conversation
 * has ended, and may be freed. */
void conversation_begin(struct conversations *c, struct conversation *conversation,
			enum conversation_phase phase, int64_t active);
void conversation_turn(struct conversations *c, struct conversation *conversation,
		       enum conversation_phase from, enum conversation_phase to);
void conversation_end(struct conversations *c, struct conversation *conversation,
		      enum conversation_phase phase);
/* Takes back that a connection was ever in it. */
void conversation_uncount(struct conversations *c, struct conversation *conversation);

/* Adds (or with subtract takes away) traffic, in the device's totals as well. */
void conversation_count(struct conversations *c, struct conversation *conversation, const struct traffic *t,
			bool subtract, int64_t active);
/* Looks at what each does, by its counters: once after each dump. */
void conversations_look(struct conversations *c, int64_t now);
/* The remote's names are others now: those of its conversations follow. */
void conversations_rename(struct conversations *c, struct remote *remote, int64_t now);
/* What is known of names or remotes has changed. slot: from 1 to n_slots. */
void conversations_describe(struct conversations *c, uint32_t slot, int64_t now);
/* It was active, but nothing was counted. */
void conversation_touch(struct conversations *c, struct conversation *conversation, int64_t now);
/* There is room for one more, if an ended one has to go for it. */
bool conversations_have_room(const struct conversations *c);

/* conversation_ended.c. */

/* Calls with what a conversation would add to a sum; facts are borrowed until then. */
void conversation_summary(const struct conversation *conversation, struct sum_facts *ret_facts,
			  struct sum_amounts *ret_amounts);
/* The device goes: its conversations, which have all ended, go to its successor, or into sums. */
void conversations_device_leaves(struct conversations *c, struct device *device);

/* A new session, after devices_clear: those that have ended go, and with them all sums; the others begin now. */
void conversations_clear(struct conversations *c, int64_t now);
/* Forgets all conversations of the device, which have all ended, and its sums; adds their amounts to *ret. */
void conversations_forget_device(struct conversations *c, struct device *device, struct sum_amounts *ret);
/* Forgets the remote itself: its conversations, which have all ended, become part of sums that do not say with whom. */
void conversations_forget_remote(struct conversations *c, struct remote *remote);
/* Forgets what conversations and sums are called where is says so. */
void conversations_forget_names(struct conversations *c, bool (*is)(const void *data, const char *name),
				const void *data);

/* conversation_told.c. */

/* Tells the history what moved since it was last told: of each that did; of one, before it goes. */
void conversations_tell(struct conversations *c);
void conversation_tell(struct conversations *c, struct conversation *conversation);
/* Which of them look like calls. */
void conversations_tell_calls(struct conversations *c, int64_t now);
/* A connection came: so much of what it brought the history knows, or needs not know (at most all of it). */
void conversation_note_told(struct conversation *conversation, const struct conversation_told *told,
			    const struct traffic *brought);
/* One went on elsewhere, and what it had moved was taken out of the sums: what the history knows of that. */
struct conversation_told conversation_take_told(struct conversation *conversation);

/* Between conversation.c, conversation_facts.c and conversation_ended.c alone. */

/* Its name is another, or what is known of that or of the remote may be: notes whose it is and what for. */
void conversation_describe(struct conversations *c, struct conversation *conversation);
/* Its name is another. */
void conversation_renamed(struct conversations *c, struct conversation *conversation);
/* Looks up again what it is called. */
void conversation_rename(struct conversations *c, struct conversation *conversation, int64_t now);
/* It was active: so was what it says of where its device asks for names. */
void conversation_note_dns(struct conversations *c, const struct conversation *conversation, int64_t now);

void conversation_free(struct conversations *c, struct conversation *conversation);
struct conversation *conversations_find(const struct conversations *c, const struct device *device,
					const struct conversation *like);
/* Has ended, and is held by no device. */
void conversation_set_device(struct conversations *c, struct conversation *conversation,
			     struct device *device);
/* Its last connection has gone, or a new one came. */
void conversation_rest(struct conversations *c, struct conversation *conversation);
void conversation_wake(struct conversations *c, struct conversation *conversation);
/* Makes one ended conversation part of a sum, so that device (NULL: anybody) may have its place. False: there is none. */
bool conversations_fold_one(struct conversations *c, struct device *device);
