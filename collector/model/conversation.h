/* SPDX-License-Identifier: MIT */
/*
 * Conversations: all connections of one device with one remote on one service.
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
#include "map.h"
#include "refused.h"
#include "remote.h"
#include "row.h"
#include "selection.h"
#include "traffic.h"

struct conversation {
	struct row row;
	struct map_node node;
	struct device *device;
	struct remote *remote;
	struct name *name; /* what this device looked up last for the address, or NULL */
	struct chain of_remote;
	struct behaviour behaviour;
	struct traffic traffic, sent; /* sent: the feed's own, what viewers know */
	uint64_t active, seen;	      /* ms on the collector's clock */
	uint32_t total, sent_total;   /* connections so far */
	uint32_t open, connecting;
	uint32_t slot; /* its place in conversations.slots, from 1 on */
	uint16_t port;
	uint8_t protocol;
	bool has_port : 1;
	bool inbound : 1;
	bool folded : 1;
	bool unseen : 1; /* counted in the device's unseen */
	bool hides : 1;	 /* a service that hides lookups */
};

struct conversations {
	struct row_table table;
	struct map map;
	struct devices *devices;
	struct remotes *remotes;
	struct answers *answers;
	struct conversation **slots; /* slot 0 is unused */
	uint32_t *free_slots;
	uint32_t n_slots, n_free_slots, max_slots;
	uint32_t max, max_high_ports;
	struct refused refused;
};

/* devices, remotes, answers, watch: borrowed. */
void conversations_init(struct conversations *c, struct row_watch *watch, struct devices *devices,
			struct remotes *remotes, struct answers *answers, uint32_t max,
			uint32_t max_high_ports);
/* Frees all conversations and drops their remotes. */
void conversations_done(struct conversations *c);

/* The conversation of a shown selection, made when there is none; NULL when it, its device or its remote does
 * not fit. */
struct conversation *conversations_get(struct conversations *c, const struct selection *s, uint8_t protocol,
				       uint64_t now);
/* True when conversations_get would give this one. */
bool conversation_is(const struct conversations *c, const struct conversation *conversation,
		     const struct selection *s, uint8_t protocol);
/* slot: from 1 on. */
struct conversation *conversations_at(const struct conversations *c, uint32_t slot);

/* A connection came, became open or not, or went; the last one that goes frees the conversation. */
void conversation_begin(struct conversations *c, struct conversation *conversation, bool open, uint64_t now);
void conversation_turn(struct conversations *c, struct conversation *conversation, bool open);
void conversation_end(struct conversations *c, struct conversation *conversation, bool open);
/* Takes back that a connection was ever in it. */
void conversation_uncount(struct conversations *c, struct conversation *conversation);

/* Adds (or with subtract takes away) traffic, in the device's totals as well. */
void conversation_count(struct conversations *c, struct conversation *conversation, const struct traffic *t,
			bool subtract, uint64_t now);
/* Looks at what each does, by its counters: once after each dump. */
void conversations_look(struct conversations *c, uint64_t now);
/* The remote's names are others now: those of its conversations follow. */
void conversations_rename(struct conversations *c, struct remote *remote, uint64_t now);
/* What is known of names or remotes has changed. slot: from 1 to n_slots. */
void conversations_describe(struct conversations *c, uint32_t slot, uint64_t now);
/* It was active, but nothing was counted. */
void conversation_touch(struct conversations *c, struct conversation *conversation, uint64_t now);
