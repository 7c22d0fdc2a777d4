/* SPDX-License-Identifier: MIT */
/*
 * One connection to Redis that comes back by itself: tries again after 100 ms, then twice as long, up to 2 s,
 * or up to 10 s where a server is there but refuses us (a password, protected mode, too many clients).
 * A host name is looked up anew for each round of attempts, beside the loop; its addresses are tried in turn,
 * IPv6 and IPv4.
 */
#pragma once

#include <stdbool.h>

#include <hiredis/async.h>
#include <systemd/sd-event.h>

#include "channel.h"

struct redis_link;

struct redis_link_listener {
	void (*up)(void *data);
	/* The connection is lost, or could not be made. why: a few words, valid during the call. */
	void (*down)(void *data, const char *why);
};

/* event, endpoint, data: borrowed. Begins to connect at once. 0 or -errno. */
int redis_link_new(struct redis_link **ret, sd_event *event, const struct redis_endpoint *endpoint,
		   const struct redis_link_listener *listener, void *data);
/* Tells nobody. */
struct redis_link *redis_link_free(struct redis_link *l);

/* NULL unless it is up; borrowed until it is down. */
redisAsyncContext *redis_link_context(const struct redis_link *l);

/* Redis answers on it: the pauses begin short again. */
void redis_link_works(struct redis_link *l);

/* Is there reason to connect anew, with to in place of the endpoint? As redis_login_is_new. */
bool redis_link_is_new(const struct redis_link *l, const struct redis_endpoint *to);
/* The endpoint is another now, or the password: connects anew at once. Nobody is told that it was down. */
void redis_link_renew(struct redis_link *l);

/* Gives the connection up (it does not answer) and connects anew. */
void redis_link_drop(struct redis_link *l, const char *why);
