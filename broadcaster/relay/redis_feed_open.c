/* SPDX-License-Identifier: MIT */
/* One connection to Redis in libev's loop. */
#include <hiredis/alloc.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>

#include <hiredis/adapters/libev.h>

#include "loop_turns.h"
#include "redis_feed_private.h"
#include "util.h"

static struct loop_turns *turns_of(const ev_io *io)
{
	const struct redisLibevEvents *e = io->data;
	const struct redis_feed *feed = e->context->data;

	return feed ? feed->turns : NULL;
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	struct loop_turns *turns = turns_of(io);
	uint64_t begun = clock_us();

	redisLibevReadEvent(loop, io, events);
	loop_turns_add(turns, LOOP_REDIS, begun);
}

static void on_writable(struct ev_loop *loop, ev_io *io, int events)
{
	struct loop_turns *turns = turns_of(io);
	uint64_t begun = clock_us();

	redisLibevWriteEvent(loop, io, events);
	loop_turns_add(turns, LOOP_REDIS, begun);
}

redisAsyncContext *redis_feed_open(struct redis_feed *feed, struct redis_guard *guard, const char *host,
				   char why[WHY_MAX])
{
	const struct redis_endpoint *e = &feed->endpoint;
	redisAsyncContext *ac = host ? redisAsyncConnect(host, e->port) : redisAsyncConnectUnix(e->path);
	struct redisLibevEvents *events;

	if (!ac)
		return NULL;
	if (ac->err || redisLibevAttach(feed->loop, ac) != REDIS_OK) {
		snprintf(why, WHY_MAX, "%s", ac->errstr ? ac->errstr : "");
		redisAsyncFree(ac);
		return NULL;
	}
	/* the adapter's own, but with their time taken */
	events = ac->ev.data;
	ev_set_cb(&events->rev, on_readable);
	ev_set_cb(&events->wev, on_writable);
	if (host)
		redisEnableKeepAlive(&ac->c);
	ac->data = feed;
	redis_guard_watch(guard, ac);
	redisAsyncSetConnectCallback(ac, redis_feed_on_connect);
	redisAsyncSetDisconnectCallback(ac, redis_feed_on_disconnect);
	return ac;
}
