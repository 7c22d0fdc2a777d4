/* SPDX-License-Identifier: MIT */
#include "redis_feed.h"

#include <errno.h>
#include <hiredis/alloc.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <hiredis/adapters/libev.h>

#include "log.h"
#include "loop_turns.h"
#include "redis_host.h"

#define RETRY_FIRST 0.1 /* seconds */
#define RETRY_MAX 2.0
#define CONNECT_WAIT 5.0 /* for one address, or for the answer to the host's name */
#define WHY_MAX 128
#define PING_INTERVAL 5.0 /* also how long an answer may take */

struct subscription {
	char channel[CHANNEL_MAX];
	void *tag;
	struct subscription *next;
};

struct redis_feed {
	struct ev_loop *loop;
	const struct redis_endpoint *endpoint;
	const struct redis_feed_listener *listener;
	void *data;
	redisAsyncContext *subscriber, *publisher;
	bool up;	  /* both are connected */
	bool waiting;	  /* for the answer to a PING */
	bool told;	  /* the listener know that it is not up */
	int connects;	  /* how many of the two are */
	double retry;	  /* seconds to wait before the next attempt */
	ev_timer connect; /* the next attempt, or how long this one may take */
	ev_timer ping;
	struct subscription *subscriptions;
	struct redis_host host; /* its addresses of this round: when all were tried it is asked again */
	struct loop_turns *turns;
};

/* Both connections go together; the callbacks of hiredis see feed == NULL and do nothing. */
static void disconnect(struct redis_feed *feed)
{
	redisAsyncContext *both[] = {feed->subscriber, feed->publisher};

	feed->subscriber = feed->publisher = NULL;
	feed->connects = 0;
	feed->waiting = false;
	ev_timer_stop(feed->loop, &feed->ping);
	for (size_t i = 0; i < 2; i++) {
		if (!both[i])
			continue;
		both[i]->data = NULL;
		redisAsyncFree(both[i]);
	}
}

static void set_timer(struct redis_feed *feed, double seconds)
{
	ev_timer_stop(feed->loop, &feed->connect);
	ev_timer_set(&feed->connect, seconds, 0.);
	ev_timer_start(feed->loop, &feed->connect);
}

/* Says it once until it is up again. */
static void say(struct redis_feed *feed, const char *why)
{
	if (!feed->told)
		feed->listener->disconnected(feed->data, why && *why ? why : "the connection was closed");
	feed->told = true;
}

/* There is no connection: goes on with the next address, or after a pause. */
static void retry(struct redis_feed *feed, const char *why)
{
	feed->up = false;
	if (redis_host_has_more(&feed->host)) {
		set_timer(feed, 0.);
	} else {
		log_debug("Redis: %s; trying again in %.1f s.", why && *why ? why : "closed", feed->retry);
		set_timer(feed, feed->retry);
		feed->retry = feed->retry * 2 < RETRY_MAX ? feed->retry * 2 : RETRY_MAX;
	}
	say(feed, why);
}

static struct subscription *find(struct redis_feed *feed, const char *channel)
{
	struct subscription *s = feed->subscriptions;

	while (s && strcmp(s->channel, channel) != 0)
		s = s->next;
	return s;
}

/* Messages of the subscribing connection: [message, channel, bytes] and [subscribe, channel, count]. */
static void on_message(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;
	const redisReply *r = reply;
	const struct subscription *s;

	(void)data;
	if (!feed || !r || r->type != REDIS_REPLY_ARRAY || r->elements != 3 ||
	    r->element[0]->type != REDIS_REPLY_STRING || r->element[1]->type != REDIS_REPLY_STRING)
		return;
	s = find(feed, r->element[1]->str);
	if (!s)
		return;
	if (!strcasecmp(r->element[0]->str, "subscribe"))
		feed->listener->subscribed(feed->data, s->tag);
	else if (!strcasecmp(r->element[0]->str, "message") && r->element[2]->type == REDIS_REPLY_STRING)
		feed->listener->message(feed->data, s->tag, (const uint8_t *)r->element[2]->str,
					r->element[2]->len);
}

static void send_subscribe(struct redis_feed *feed, const char *channel)
{
	redisAsyncCommand(feed->subscriber, on_message, NULL, "SUBSCRIBE %s", channel);
}

static void on_pong(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;

	(void)data;
	if (feed && reply)
		feed->waiting = false;
}

static void on_ping(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct redis_feed *feed = timer->data;

	(void)loop;
	(void)events;
	if (feed->waiting) {
		disconnect(feed);
		retry(feed, "it did not answer in time");
		return;
	}
	feed->waiting = true;
	redisAsyncCommand(feed->publisher, on_pong, NULL, "PING");
}

/* One of the two is lost, so both go. hiredis frees this one itself, after the callback. */
static void lose(struct redis_feed *feed, const redisAsyncContext *ac)
{
	char why[WHY_MAX];

	snprintf(why, sizeof(why), "%s", ac->errstr ? ac->errstr : "");
	if (ac == feed->subscriber)
		feed->subscriber = NULL;
	else
		feed->publisher = NULL;
	disconnect(feed);
	retry(feed, why);
}

static void on_connect(const redisAsyncContext *ac, int status)
{
	struct redis_feed *feed = ac->data;

	if (!feed)
		return;
	if (status != REDIS_OK) {
		lose(feed, ac);
		return;
	}
	if (++feed->connects < 2)
		return;
	feed->up = true;
	feed->told = false;
	feed->retry = RETRY_FIRST;
	/* when it is lost, the name may stand for another address */
	redis_host_forget(&feed->host);
	ev_timer_stop(feed->loop, &feed->connect);
	ev_timer_set(&feed->ping, PING_INTERVAL, PING_INTERVAL);
	ev_timer_start(feed->loop, &feed->ping);
	feed->listener->connected(feed->data);
	for (struct subscription *s = feed->subscriptions; s; s = s->next)
		send_subscribe(feed, s->channel);
}

static void on_disconnect(const redisAsyncContext *ac, int status)
{
	struct redis_feed *feed = ac->data;

	(void)status;
	if (feed)
		lose(feed, ac);
}

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

/* host: an address, so that hiredis has nobody to ask for it; NULL: the path of a socket. On an error why is
 * set. */
static redisAsyncContext *open_connection(struct redis_feed *feed, const char *host, char why[WHY_MAX])
{
	const struct redis_endpoint *e = feed->endpoint;
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
	redisAsyncSetConnectCallback(ac, on_connect);
	redisAsyncSetDisconnectCallback(ac, on_disconnect);
	return ac;
}

static void connect_to(struct redis_feed *feed, const char *host)
{
	char why[WHY_MAX] = "";

	feed->subscriber = open_connection(feed, host, why);
	if (feed->subscriber)
		feed->publisher = open_connection(feed, host, why);
	if (feed->subscriber && feed->publisher) {
		set_timer(feed, CONNECT_WAIT);
		return;
	}
	disconnect(feed);
	retry(feed, why);
}

static void on_host_answered(void *data, const char *fault)
{
	struct redis_feed *feed = data;

	if (fault)
		retry(feed, fault);
	else
		connect_to(feed, redis_host_next(&feed->host));
}

static void ask_host(struct redis_feed *feed)
{
	int r = redis_host_ask(&feed->host);

	if (r < 0)
		retry(feed, strerror(-r));
	else
		set_timer(feed, CONNECT_WAIT);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct redis_feed *feed = timer->data;

	(void)loop;
	(void)events;
	if (feed->subscriber) {
		disconnect(feed);
		retry(feed, "it did not answer the attempt to connect");
	} else if (redis_host_asking(&feed->host)) {
		/* it goes on: another thread would wait for the same */
		say(feed, "looking up its host name takes long");
		set_timer(feed, CONNECT_WAIT);
	} else if (redis_host_has_more(&feed->host)) {
		connect_to(feed, redis_host_next(&feed->host));
	} else if (feed->endpoint->host[0]) {
		ask_host(feed);
	} else {
		connect_to(feed, NULL);
	}
}

int redis_feed_new(struct redis_feed **ret, struct ev_loop *loop, const struct redis_endpoint *endpoint,
		   const struct redis_feed_listener *listener, void *data, struct loop_turns *turns)
{
	struct redis_feed *feed = calloc(1, sizeof(*feed));

	if (!feed)
		return -ENOMEM;
	feed->loop = loop;
	feed->endpoint = endpoint;
	feed->listener = listener;
	feed->data = data;
	feed->turns = turns;
	feed->retry = RETRY_FIRST;
	redis_host_init(&feed->host, loop, endpoint->host, on_host_answered, feed);
	ev_timer_init(&feed->connect, on_timer, 0., 0.);
	feed->connect.data = feed;
	ev_timer_init(&feed->ping, on_ping, PING_INTERVAL, PING_INTERVAL);
	feed->ping.data = feed;
	ev_timer_start(loop, &feed->connect);
	*ret = feed;
	return 0;
}

struct redis_feed *redis_feed_free(struct redis_feed *feed)
{
	struct subscription *s, *next;

	if (!feed)
		return NULL;
	disconnect(feed);
	redis_host_stop(&feed->host);
	ev_timer_stop(feed->loop, &feed->connect);
	for (s = feed->subscriptions; s; s = next) {
		next = s->next;
		free(s);
	}
	free(feed);
	return NULL;
}

int redis_feed_subscribe(struct redis_feed *feed, const char *channel, void *tag)
{
	struct subscription *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	snprintf(s->channel, sizeof(s->channel), "%s", channel);
	s->tag = tag;
	s->next = feed->subscriptions;
	feed->subscriptions = s;
	if (feed->up)
		send_subscribe(feed, channel);
	return 0;
}

void redis_feed_unsubscribe(struct redis_feed *feed, const char *channel)
{
	for (struct subscription **p = &feed->subscriptions; *p; p = &(*p)->next) {
		struct subscription *s = *p;

		if (strcmp(s->channel, channel) != 0)
			continue;
		*p = s->next;
		free(s);
		if (feed->up)
			redisAsyncCommand(feed->subscriber, NULL, NULL, "UNSUBSCRIBE %s", channel);
		return;
	}
}

void redis_feed_ask(struct redis_feed *feed, const char *site, const char *topic)
{
	char channel[CHANNEL_MAX], text[CHANNEL_MAX];

	if (!feed->up)
		return;
	snprintf(text, sizeof(text), "keyframe %s", topic);
	redisAsyncCommand(feed->publisher, NULL, NULL, "PUBLISH %s %s", channel_ask(channel, site), text);
}
