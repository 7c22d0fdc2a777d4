/* SPDX-License-Identifier: MIT */
/*
 * The connection to Redis: subscriptions to channels of the feed, and asking for keyframes. Connects again by
 * itself, with growing pauses, up to 2 s, or 10 s where somebody is there but lets us do nothing. Two connections: with RESP2 a connection that subscribes can say nothing else.
 */
#pragma once

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel.h"

struct redis_feed;
struct loop_turns;

/* All are called from the loop, never from within a function of this header. */
struct redis_feed_listener {
	/* A message of the channel that was subscribed with that tag; bytes are borrowed for the call. */
	void (*message)(void *data, void *tag, const uint8_t *bytes, size_t length);
	/* The subscription stands from now on; messages before were lost. */
	void (*subscribed)(void *data, void *tag);
	/* What redis_feed_publish was given, and has called token, went to so many; -1: Redis does not let us. */
	void (*published)(void *data, uint32_t token, long long receivers);
	/* Connected to Redis, or not any more (why: a phrase in English), or still not. */
	void (*connected)(void *data);
	void (*disconnected)(void *data, const char *why);
};

/*
 * loop, listener, turns (or NULL), and user and password file of endpoint are borrowed. 0; -errno. Begins to connect at once. A host name
 * is looked up in another thread, anew for each round of attempts, and all its addresses are tried.
 */
int redis_feed_new(struct redis_feed **ret, struct ev_loop *loop, const struct redis_endpoint *endpoint,
		   const struct redis_feed_listener *listener, void *data, struct loop_turns *turns);
struct redis_feed *redis_feed_free(struct redis_feed *feed);

/* Redis is there now, as of redis_feed_new. Where that, the user or his password is another than before, it connects
 * anew: true, and nobody is told that it was not connected. */
bool redis_feed_move(struct redis_feed *feed, const struct redis_endpoint *endpoint);

/* Wants the channel from now on, whatever happens to the connection. channel is copied. 0; -ENOMEM. */
int redis_feed_subscribe(struct redis_feed *feed, const char *channel, void *tag);
/* Same, where Redis lets this user: all else goes on without it, and it is tried again by redis_feed_move. */
int redis_feed_subscribe_spare(struct redis_feed *feed, const char *channel, void *tag);
void redis_feed_unsubscribe(struct redis_feed *feed, const char *channel);

/* Publishes a message, which is copied: the listener is told what became of it, by its
 * token, or that Redis is gone. 0; -ENOTCONN. */
int redis_feed_publish(struct redis_feed *feed, const char *channel, const char *text, size_t length,
		       uint32_t *ret_token);

/* Asks the site's collector for a keyframe of the topic. Lost without a word when Redis is away. */
void redis_feed_ask(struct redis_feed *feed, const char *site, const char *topic);
