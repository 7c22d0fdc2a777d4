/* SPDX-License-Identifier: MIT */
/*
 * Commands of viewers that are under way to a collector (PROTOCOL.md, "Commands"): each goes out under a name of our own, so
 * that none of a viewer's choice can meet another one's, and its answer comes back to that one viewer, or after a
 * while that there is none.
 */
#pragma once

#include <ev.h>

#include "command_request.h"
#include "config.h"

#define ERRANDS_MAX 256		 /* under way at once */
#define ERRANDS_OF_VIEWER 8	 /* of these one viewer's */
#define ERRANDS_IN_SECOND 8	 /* that a viewer may begin */
#define ERRANDS_PATIENCE_MS 1800 /* the viewer is told within two seconds */

struct errands;
struct loop_turns;
struct redis_feed;
struct viewer;

struct errand_stats {
	uint64_t done;
	uint64_t refused[COMMAND_FAULTS]; /* here or by the collector */
	uint64_t refused_otherwise;	  /* by a collector that knows more reasons */
	uint64_t late;			  /* answers that nobody waited for: too late, or twice */
};

/* loop, feed, sites (whose commands are taken) and turns (or NULL) are borrowed. 0; -errno. */
int errands_new(struct errands **ret, struct ev_loop *loop, struct redis_feed *feed,
		const struct config_list *sites, struct loop_turns *turns);
/* Nobody may wait any more. */
struct errands *errands_free(struct errands *e);

/* The viewer (who has a role) asks for something, from that address; fault: what command_request_read has found. It is
 * answered, now or later. */
void errands_take(struct errands *e, struct viewer *v, const struct address *address,
		  const struct command_request *request, enum command_fault fault);
/* It does not wait any more. */
void errands_forget(struct errands *e, struct viewer *v);

/* A message on a site's channel of replies: bytes from outside. */
void errands_reply(struct errands *e, const char *site, const char *text, size_t length);
/* As of redis_feed_listener. */
void errands_published(struct errands *e, uint32_t token, long long receivers);
/* Redis is gone: no answer comes any more. */
void errands_lost(struct errands *e);

const struct errand_stats *errands_stats(const struct errands *e);
