/* SPDX-License-Identifier: MIT */
/* Shared by redis_feed.c, redis_feed_channels.c and redis_feed_open.c alone. */
#pragma once

#include <hiredis/async.h>

#include "redis_feed.h"
#include "redis_guard.h"
#include "redis_host.h"
#include "redis_login.h"

#define WHY_MAX 128

struct subscription {
	char channel[CHANNEL_MAX];
	void *tag;
	bool spare;	   /* the feed goes on without it */
	bool sent, stands; /* asked for, and granted, on this connection */
	bool denied;	   /* Redis does not let us have it */
	struct subscription *next;
};

struct redis_feed {
	struct ev_loop *loop;
	struct redis_endpoint endpoint;
	const struct redis_feed_listener *listener;
	void *data;
	redisAsyncContext *subscriber, *publisher;
	struct redis_guard guards[2]; /* of the two */
	struct redis_login login;
	bool up;			/* both are connected, and Redis answers */
	bool waiting;			/* for the answer to a PING */
	int connects;			/* how many of the two are */
	uint32_t publishing, published; /* messages that were given, and that Redis has answered */
	double retry;			/* seconds to wait before the next attempt */
	ev_timer connect;		/* the next attempt, or how long this one may take */
	ev_timer ping;
	struct subscription *subscriptions;
	struct redis_host host; /* its addresses of this round: when all were tried it is asked again */
	struct loop_turns *turns;
};

/* host: an address, so that hiredis has nobody to ask for it; NULL: the path of a socket. On an error why is
 * set. */
redisAsyncContext *redis_feed_open(struct redis_feed *feed, struct redis_guard *guard, const char *host,
				   char why[WHY_MAX]);
void redis_feed_on_connect(const redisAsyncContext *ac, int status);
void redis_feed_on_disconnect(const redisAsyncContext *ac, int status);

/* redis_feed_channels.c: the connection is up, and subscribes to what is wanted. */
void redis_feed_channels_begin(struct redis_feed *feed);
/* The connection that subscribes was lost. Was it since Redis does not let us have something that is spare? It does without
 * that from now on. */
bool redis_feed_channels_are_fewer(struct redis_feed *feed, const char *why);
/* Perhaps it lets us now. */
void redis_feed_channels_try(struct redis_feed *feed);
