/* SPDX-License-Identifier: MIT */
/*
 * Stands before hiredis, whose asynchronous part ends the program (assert) when a server answers what was not asked, or
 * a subscriber something else than a message (async.c, redisProcessCallbacks and __redisGetSubscribeCallback, 0.14 to
 * 1.2). Such an answer is an error of the connection instead.
 */
#pragma once

#include <stdbool.h>

#include <hiredis/async.h>

#define REDIS_GUARD_BROKEN "it breaks Redis' protocol"

struct redis_guard {
	const redisAsyncContext *context;
	bool unsubscribes; /* the message under way says so */
	bool broken;
};

/* Watches over a context that has just been made. guard: borrowed, as long as the context lives. */
void redis_guard_watch(struct redis_guard *guard, redisAsyncContext *context);

/* Why the context failed: its own words, or ours. */
const char *redis_guard_why(const struct redis_guard *guard, const redisAsyncContext *context);
