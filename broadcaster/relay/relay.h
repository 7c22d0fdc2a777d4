/* SPDX-License-Identifier: MIT */
/*
 * The topics and where they come from: subscribes to what is wanted, takes frames into the topics' logs, asks
 * for keyframes, and lets the viewers have what is new once for each turn of the loop.
 */
#pragma once

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector_metrics.h"
#include "config.h"
#include "errands.h"
#include "redis_fault.h"
#include "relay_topic.h"

struct relay;
struct loop_turns;

/* What is relayed, and from where; all borrowed. */
struct relay_options {
	const char *redis_server, *redis_user, *redis_password_file; /* the last two: or NULL */
	const struct config_list *sites, *topics;
	size_t log_bytes;	  /* of each topic */
	struct loop_turns *turns; /* or NULL */
	/* Another broadcaster has said this, or this one itself. */
	void (*told)(void *data, const char *text, size_t length);
	void *data;
};

/* loop is borrowed, options are copied. 0; -errno. */
int relay_new(struct relay **ret, struct ev_loop *loop, const struct relay_options *options);
/* Nobody may watch any more. */
struct relay *relay_free(struct relay *relay);

/* The topic, or NULL when it is not relayed; empty names mean the first. */
struct relay_topic *relay_find(struct relay *relay, const char *site, const char *name);
/* Somebody wants the topic now. */
void relay_want(struct relay *relay, struct relay_topic *topic);
/* A viewer could perhaps not apply what the log holds: asks for a keyframe, now and then. */
void relay_lost(struct relay *relay, struct relay_topic *topic);
/* Once a second: subscribes, unsubscribes, asks again. */
void relay_tick(struct relay *relay, uint64_t now_ms);

/* What options borrow of Redis may have changed in its place, or the password: connects anew where it has. */
void relay_reload(struct relay *relay);

/* Tells all broadcasters. Lost without a word when Redis is away. */
void relay_tell(struct relay *relay, const char *text, size_t length);

/* What viewers have asked for. */
struct errands *relay_errands(const struct relay *relay);
struct relay_topic *const *relay_topics(const struct relay *relay, size_t *ret_n);
/* What the collector of a site has last said that it counts. */
struct relay_counts {
	const char *site; /* of the options */
	struct collector_metrics metrics;
	uint64_t came_ms; /* clock_ms(); 0: never */
};
const struct relay_counts *relay_counts(const struct relay *relay, size_t *ret_n);

/* Of a topic with rivals; said alike in the log and to --status. */
#define RELAY_HAS_RIVALS                                                                                     \
	"Two collectors publish as the site %s: the frames of the older one are dropped. Stop one, or give it another name with the option site.name."

/* Is Redis connected? *ret_connects (may be NULL): how often it was. */
bool relay_connected(const struct relay *relay, uint64_t *ret_connects);
/* Why it is not. */
const struct redis_said *relay_said(const struct relay *relay);
