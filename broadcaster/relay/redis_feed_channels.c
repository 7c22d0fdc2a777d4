/* SPDX-License-Identifier: MIT */
/*
 * What is subscribed to. hiredis ends a connection whose first subscription is refused, so those that are spare come last,
 * when all others stand: what is refused then is one of them.
 */
#include <errno.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "log.h"
#include "redis_feed_private.h"

static struct subscription *find(struct redis_feed *feed, const char *channel)
{
	struct subscription *s = feed->subscriptions;

	while (s && strcmp(s->channel, channel) != 0)
		s = s->next;
	return s;
}

static bool all_others_stand(const struct redis_feed *feed)
{
	for (const struct subscription *s = feed->subscriptions; s; s = s->next)
		if (!s->spare && !s->stands)
			return false;
	return true;
}

static void subscribe_spare(struct redis_feed *feed);

static void take_granted(struct redis_feed *feed, struct subscription *s)
{
	s->stands = true;
	feed->listener->subscribed(feed->data, s->tag);
	subscribe_spare(feed);
}

/* Messages of the subscribing connection: [message, channel, bytes] and [subscribe, channel, count]. */
static void on_message(redisAsyncContext *ac, void *reply, void *data)
{
	struct redis_feed *feed = ac->data;
	const redisReply *r = reply;
	struct subscription *s;

	(void)data;
	if (!feed || !r || r->type != REDIS_REPLY_ARRAY || r->elements != 3 ||
	    r->element[0]->type != REDIS_REPLY_STRING || r->element[1]->type != REDIS_REPLY_STRING)
		return;
	s = find(feed, r->element[1]->str);
	if (!s)
		return;
	if (!strcasecmp(r->element[0]->str, "subscribe"))
		take_granted(feed, s);
	else if (!strcasecmp(r->element[0]->str, "message") && r->element[2]->type == REDIS_REPLY_STRING)
		feed->listener->message(feed->data, s->tag, (const uint8_t *)r->element[2]->str,
					r->element[2]->len);
}

static void send_subscribe(struct redis_feed *feed, struct subscription *s)
{
	s->sent = true;
	redisAsyncCommand(feed->subscriber, on_message, NULL, "SUBSCRIBE %s", s->channel);
}

static void subscribe_spare(struct redis_feed *feed)
{
	if (!all_others_stand(feed))
		return;
	for (struct subscription *s = feed->subscriptions; s; s = s->next)
		if (s->spare && !s->sent && !s->denied)
			send_subscribe(feed, s);
}

void redis_feed_channels_begin(struct redis_feed *feed)
{
	for (struct subscription *s = feed->subscriptions; s; s = s->next) {
		s->sent = s->stands = false;
		if (!s->spare)
			send_subscribe(feed, s);
	}
	subscribe_spare(feed);
}

static const char *what_is_missing(const char *channel)
{
	if (!strcmp(channel, CHANNEL_ACCESS))
		return "who is signed out at another broadcaster stays signed in here";
	return strstr(channel, ":metrics:") ? "/metrics lacks what collectors count"
					    : "viewers get no answer to what they ask for";
}

bool redis_feed_channels_are_fewer(struct redis_feed *feed, const char *why)
{
	if (!feed->up || strncmp(why, "NOPERM", strlen("NOPERM")) != 0 || !all_others_stand(feed))
		return false;
	/* they are answered in the order in which they were asked for */
	for (struct subscription *s = feed->subscriptions; s; s = s->next) {
		if (!s->spare || !s->sent || s->stands)
			continue;
		log_warning(
		    "This user of Redis may not subscribe to %s, so %s: allow the channels connvis:* in its ACL, then reload.",
		    s->channel, what_is_missing(s->channel));
		s->denied = true;
		return true;
	}
	return false;
}

void redis_feed_channels_try(struct redis_feed *feed)
{
	for (struct subscription *s = feed->subscriptions; s; s = s->next)
		s->denied = false;
	if (feed->up)
		subscribe_spare(feed);
}

static int add(struct redis_feed *feed, const char *channel, void *tag, bool spare)
{
	struct subscription *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	snprintf(s->channel, sizeof(s->channel), "%s", channel);
	s->tag = tag;
	s->spare = spare;
	s->next = feed->subscriptions;
	feed->subscriptions = s;
	if (feed->up && !spare)
		send_subscribe(feed, s);
	else if (feed->up)
		subscribe_spare(feed);
	return 0;
}

int redis_feed_subscribe(struct redis_feed *feed, const char *channel, void *tag)
{
	return add(feed, channel, tag, false);
}

int redis_feed_subscribe_spare(struct redis_feed *feed, const char *channel, void *tag)
{
	return add(feed, channel, tag, true);
}

void redis_feed_unsubscribe(struct redis_feed *feed, const char *channel)
{
	for (struct subscription **p = &feed->subscriptions; *p; p = &(*p)->next) {
		struct subscription *s = *p;
		bool sent = s->sent;

		if (strcmp(s->channel, channel) != 0)
			continue;
		*p = s->next;
		free(s);
		if (feed->up && sent)
			redisAsyncCommand(feed->subscriber, NULL, NULL, "UNSUBSCRIBE %s", channel);
		return;
	}
}
