/* SPDX-License-Identifier: MIT */
#include "redis_feed.h"

#include <errno.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "loop_turns.h"
#include "redis_feed_private.h"

#define RETRY_FIRST 0.1 /* seconds */
#define RETRY_MAX 2.0
#define RETRY_REFUSED_MAX 10.0 /* where something answers, but not as Redis should */
#define CONNECT_WAIT 5.0       /* for one address, or for the answer to the host's name */
#define PING_INTERVAL 5.0      /* also how long an answer may take */

/* Both connections go together; the callbacks of hiredis see feed == NULL and do nothing. */
static void disconnect(struct redis_feed *feed)
{
	redisAsyncContext *both[] = {feed->subscriber, feed->publisher};

	feed->subscriber = feed->publisher = NULL;
	feed->connects = 0;
	feed->waiting = false;
	feed->published = feed->publishing;
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

static void say(struct redis_feed *feed, const char *why)
{
	feed->listener->disconnected(feed->data, why && *why ? why : "the connection was closed");
}

/* There is no connection: goes on with the next address, or after a pause. refused: somebody was there. */
static void retry(struct redis_feed *feed, bool refused, const char *why)
{
	double longest = refused ? RETRY_REFUSED_MAX : RETRY_MAX;

	feed->up = false;
	if (feed->retry > longest)
		feed->retry = longest;
	if (redis_host_has_more(&feed->host)) {
		set_timer(feed, 0.);
	} else {
		log_debug("Redis: %s; trying again in %.1f s.", why && *why ? why : "closed", feed->retry);
		set_timer(feed, feed->retry);
		feed->retry *= 2;
	}
	say(feed, why);
}

static void on_pong(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;

	(void)data;
	if (!feed || !reply)
		return;
	feed->waiting = false;
	/* It lasts: whatever comes next is another fault. */
	feed->retry = RETRY_FIRST;
}

static void on_ping(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct redis_feed *feed = timer->data;

	(void)loop;
	(void)events;
	if (feed->waiting) {
		disconnect(feed);
		retry(feed, false, "it did not answer in time");
		return;
	}
	feed->waiting = true;
	redisAsyncCommand(feed->publisher, on_pong, NULL, "PING");
}

/* One of the two is lost, so both go. hiredis frees this one itself, after the callback. */
static void lose(struct redis_feed *feed, const redisAsyncContext *ac)
{
	bool refused = feed->connects && !feed->up;
	char why[WHY_MAX];
	bool fewer;

	snprintf(why, sizeof(why), "%s", redis_guard_why(&feed->guards[ac != feed->subscriber], ac));
	fewer = ac == feed->subscriber && redis_feed_channels_are_fewer(feed, why);
	if (ac == feed->subscriber)
		feed->subscriber = NULL;
	else
		feed->publisher = NULL;
	disconnect(feed);
	if (fewer) {
		/* nothing is said: it is there */
		feed->up = false;
		set_timer(feed, 0.);
		return;
	}
	retry(feed, refused, why);
}

/* Redis lets us in. */
static void begin(struct redis_feed *feed)
{
	feed->up = true;
	ev_timer_stop(feed->loop, &feed->connect);
	ev_timer_set(&feed->ping, PING_INTERVAL, PING_INTERVAL);
	ev_timer_start(feed->loop, &feed->ping);
	feed->listener->connected(feed->data);
	redis_feed_channels_begin(feed);
}

static void on_first_pong(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;
	const redisReply *r = reply;
	char why[WHY_MAX];

	(void)data;
	if (!feed || !r)
		return;
	/* One that may not PING may subscribe all the same. */
	if (r->type != REDIS_REPLY_ERROR || !strncmp(r->str, "NOPERM", strlen("NOPERM"))) {
		begin(feed);
		return;
	}
	snprintf(why, sizeof(why), "%s", r->str);
	disconnect(feed);
	retry(feed, true, why);
}

static void on_login(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;
	const redisReply *r = reply;
	char why[WHY_MAX];

	(void)data;
	if (!feed || !r || r->type != REDIS_REPLY_ERROR)
		return;
	snprintf(why, sizeof(why), "%s", r->str);
	disconnect(feed);
	retry(feed, true, why);
}

void redis_feed_on_connect(const redisAsyncContext *ac, int status)
{
	struct redis_feed *feed = ac->data;

	if (!feed)
		return;
	if (status != REDIS_OK) {
		lose(feed, ac);
		return;
	}
	redis_login_send(&feed->login, ac == feed->subscriber ? feed->subscriber : feed->publisher, on_login,
			 NULL);
	if (++feed->connects < 2)
		return;
	/* when it is lost, the name may stand for another address */
	redis_host_forget(&feed->host);
	redisAsyncCommand(feed->publisher, on_first_pong, NULL, "PING");
}

void redis_feed_on_disconnect(const redisAsyncContext *ac, int status)
{
	struct redis_feed *feed = ac->data;

	(void)status;
	if (feed)
		lose(feed, ac);
}

static void connect_to(struct redis_feed *feed, const char *host)
{
	char why[WHY_MAX] = "";

	if (redis_login_read(&feed->login, &feed->endpoint, why) < 0) {
		retry(feed, false, why);
		return;
	}
	feed->subscriber = redis_feed_open(feed, &feed->guards[0], host, why);
	if (feed->subscriber)
		feed->publisher = redis_feed_open(feed, &feed->guards[1], host, why);
	if (feed->subscriber && feed->publisher) {
		set_timer(feed, CONNECT_WAIT);
		return;
	}
	disconnect(feed);
	retry(feed, false, why);
}

static void on_host_answered(void *data, const char *fault)
{
	struct redis_feed *feed = data;

	if (fault)
		retry(feed, false, fault);
	else
		connect_to(feed, redis_host_next(&feed->host));
}

static void ask_host(struct redis_feed *feed)
{
	int r = redis_host_ask(&feed->host);

	if (r < 0)
		retry(feed, false, strerror(-r));
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
		retry(feed, false, "it did not answer the attempt to connect");
	} else if (redis_host_asking(&feed->host)) {
		/* it goes on: another thread would wait for the same */
		say(feed, "looking up its host name takes long");
		set_timer(feed, CONNECT_WAIT);
	} else if (redis_host_has_more(&feed->host)) {
		connect_to(feed, redis_host_next(&feed->host));
	} else if (feed->endpoint.host[0]) {
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
	feed->endpoint = *endpoint;
	feed->listener = listener;
	feed->data = data;
	feed->turns = turns;
	feed->retry = RETRY_FIRST;
	redis_host_init(&feed->host, loop, feed->endpoint.host, on_host_answered, feed);
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

bool redis_feed_move(struct redis_feed *feed, const struct redis_endpoint *endpoint)
{
	if (!redis_login_is_new(&feed->login, &feed->endpoint, endpoint)) {
		redis_feed_channels_try(feed);
		return false;
	}
	for (struct subscription *s = feed->subscriptions; s; s = s->next)
		s->denied = false;
	disconnect(feed);
	feed->up = false;
	feed->endpoint = *endpoint;
	redis_host_stop(&feed->host);
	redis_host_init(&feed->host, feed->loop, feed->endpoint.host, on_host_answered, feed);
	feed->retry = RETRY_FIRST;
	set_timer(feed, 0.);
	return true;
}

void redis_feed_ask(struct redis_feed *feed, const char *site, const char *topic)
{
	char channel[CHANNEL_MAX], text[CHANNEL_MAX];

	if (!feed->up)
		return;
	snprintf(text, sizeof(text), "keyframe %s", topic);
	redisAsyncCommand(feed->publisher, NULL, NULL, "PUBLISH %s %s", channel_ask(channel, site), text);
}

/* Redis answers in the order in which it was asked. */
static void on_published(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;
	const redisReply *r = reply;

	(void)data;
	if (!feed)
		return;
	feed->published++;
	if (r)
		feed->listener->published(feed->data, feed->published,
					  r->type == REDIS_REPLY_INTEGER ? r->integer : -1);
}

int redis_feed_publish(struct redis_feed *feed, const char *channel, const char *text, size_t length,
		       uint32_t *ret_token)
{
	if (!feed->up)
		return -ENOTCONN;
	redisAsyncCommand(feed->publisher, on_published, NULL, "PUBLISH %s %b", channel, text, length);
	*ret_token = ++feed->publishing;
	return 0;
}
