/* SPDX-License-Identifier: MIT */
#include "relay.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "channel.h"
#include "log.h"
#include "loop_turns.h"
#include "redis_feed.h"
#include "relay_private.h"
#include "util.h"
#include "viewer.h"

#define ASK_INTERVAL_MS 1000  /* the collector sends at most one keyframe a second and topic */
#define LOST_INTERVAL_MS 2000 /* whatever viewers say, who could say it all the time */
#define LINGER_MS 5000	      /* an unwatched topic is kept, for those who reload the page */

struct relay_topic *relay_find(struct relay *relay, const char *site, const char *name)
{
	for (size_t i = 0; i < relay->n_topics; i++)
		if ((!*site || !strcmp(relay->topics[i]->site, site)) &&
		    (!*name || !strcmp(relay->topics[i]->name, name)))
			return relay->topics[i];
	return NULL;
}

void relay_ask(struct relay *relay, struct relay_topic *topic)
{
	uint64_t now = clock_ms();

	/* what is asked too early is asked again by the tick, as the topic still waits then */
	if (topic->asked_ms && now - topic->asked_ms < ASK_INTERVAL_MS) {
		log_debug("%s of %s: needs a keyframe, but asked for one only %" PRIu64 " ms ago.",
			  topic->name, topic->site, now - topic->asked_ms);
		return;
	}
	log_debug("%s of %s: asking for a keyframe.", topic->name, topic->site);
	topic->asked_ms = now;
	redis_feed_ask(relay->feed, topic->site, topic->name);
}

static void subscribe(struct relay *relay, struct relay_topic *topic)
{
	char channel[CHANNEL_MAX];

	if (topic->subscribed)
		return;
	log_debug("%s of %s: subscribing.", topic->name, topic->site);
	topic->subscribed =
	    redis_feed_subscribe(relay->feed, channel_feed(channel, topic->site, topic->name), topic) == 0;
}

void relay_want(struct relay *relay, struct relay_topic *topic)
{
	topic->wanted_ms = clock_ms();
	subscribe(relay, topic);
}

void relay_lost(struct relay *relay, struct relay_topic *topic)
{
	if (clock_ms() - topic->asked_ms >= LOST_INTERVAL_MS)
		relay_ask(relay, topic);
}

static void on_published(void *data, uint32_t token, long long receivers)
{
	struct relay *relay = data;

	errands_published(relay->errands, token, receivers);
	if (relay->telling && token == relay->told && receivers < 0)
		log_warning(
		    "This user of Redis may not publish to " CHANNEL_ACCESS
		    ", so other broadcasters do not hear who is signed out here: allow the channels connvis:* in its ACL.");
}

static void on_connected(void *data)
{
	struct relay *relay = data;

	relay->connected = true;
	relay->connects++;
	if (redis_fault_is_over(&relay->said))
		log_info("Connected to Redis at %s.", relay->options.redis_server);
}

static void on_disconnected(void *data, const char *why)
{
	struct relay *relay = data;
	struct redis_fault fault;

	relay->connected = false;
	errands_lost(relay->errands);
	if (redis_fault_say(&relay->said, why, clock_ms(), &fault))
		log_warning("Redis at %s %s (%s): the page waits, and goes on when it can. %s",
			    relay->options.redis_server, fault.state, why, fault.advice);
}

static const struct redis_feed_listener redis_feed_listener = {
    .message = relay_on_message,
    .subscribed = relay_on_subscribed,
    .published = on_published,
    .connected = on_connected,
    .disconnected = on_disconnected,
};

/* Just before the loop sleeps: all frames that came since go out in one pass. */
static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct relay *relay = prepare->data;
	uint64_t begun;

	(void)loop;
	(void)events;
	for (size_t i = 0; i < relay->n_topics; i++) {
		if (!relay->topics[i]->dirty)
			continue;
		begun = clock_us();
		relay->topics[i]->dirty = false;
		viewers_flush(relay->topics[i]);
		loop_turns_add(relay->options.turns, LOOP_FAN_OUT, begun);
	}
}

static void tick_topic(struct relay *relay, struct relay_topic *topic, uint64_t now)
{
	char channel[CHANNEL_MAX];

	if (topic->always || topic->n_watches)
		topic->wanted_ms = now;
	if (topic->subscribed && now - topic->wanted_ms > LINGER_MS) {
		log_debug("%s of %s: nobody watches it any more: unsubscribing.", topic->name, topic->site);
		redis_feed_unsubscribe(relay->feed, channel_feed(channel, topic->site, topic->name));
		relay_topic_clear(topic);
		topic->subscribed = false;
	}
	if (!topic->subscribed && (topic->always || topic->n_watches))
		subscribe(relay, topic);
	if (topic->subscribed && topic_log_waiting(topic->log))
		relay_ask(relay, topic);
}

void relay_tick(struct relay *relay, uint64_t now_ms)
{
	for (size_t i = 0; i < relay->n_topics; i++)
		tick_topic(relay, relay->topics[i], now_ms);
}

static int make_topics(struct relay *relay)
{
	const struct relay_options *o = &relay->options;

	relay->topics = calloc(o->sites->n * o->topics->n, sizeof(struct relay_topic *));
	if (!relay->topics)
		return -ENOMEM;
	for (size_t s = 0; s < o->sites->n; s++) {
		for (size_t t = 0; t < o->topics->n; t++) {
			int r = relay_topic_new(&relay->topics[relay->n_topics], o->sites->items[s],
						o->topics->items[t], t == 0, o->log_bytes);

			if (r < 0)
				return r;
			relay->n_topics++;
		}
	}
	return 0;
}

/* What is said of each site beside its topics. */
static int make_spare(struct relay *relay)
{
	const struct config_list *sites = relay->options.sites;

	relay->counts = calloc(sites->n, sizeof(*relay->counts));
	if (!relay->counts)
		return -ENOMEM;
	relay->n_counts = sites->n;
	for (size_t i = 0; i < sites->n; i++) {
		char channel[CHANNEL_MAX];
		int r;

		relay->counts[i].site = sites->items[i];
		r = redis_feed_subscribe_spare(relay->feed, channel_metrics(channel, sites->items[i]),
					       &relay->counts[i]);
		if (r >= 0)
			r = redis_feed_subscribe_spare(relay->feed, channel_reply(channel, sites->items[i]),
						       &sites->items[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

void relay_tell(struct relay *relay, const char *text, size_t length)
{
	relay->telling = redis_feed_publish(relay->feed, CHANNEL_ACCESS, text, length, &relay->told) == 0;
}

static int find_redis(const struct relay *relay, struct redis_endpoint *ret)
{
	const struct relay_options *o = &relay->options;

	return redis_endpoint_set(ret, o->redis_server, o->redis_user, o->redis_password_file);
}

static int start(struct relay *relay)
{
	struct redis_endpoint endpoint;
	int r = make_topics(relay);

	if (r >= 0)
		r = find_redis(relay, &endpoint);
	if (r >= 0)
		r = redis_feed_new(&relay->feed, relay->loop, &endpoint, &redis_feed_listener, relay,
				   relay->options.turns);
	if (r >= 0)
		r = errands_new(&relay->errands, relay->loop, relay->feed, relay->options.sites,
				relay->options.turns);
	if (r >= 0)
		r = make_spare(relay);
	if (r >= 0)
		r = redis_feed_subscribe_spare(relay->feed, CHANNEL_ACCESS, relay);
	if (r < 0)
		return r;
	for (size_t i = 0; i < relay->n_topics; i++)
		if (relay->topics[i]->always)
			subscribe(relay, relay->topics[i]);
	return 0;
}

int relay_new(struct relay **ret, struct ev_loop *loop, const struct relay_options *options)
{
	struct relay *relay = calloc(1, sizeof(*relay));
	int r;

	if (!relay)
		return -ENOMEM;
	relay->loop = loop;
	relay->options = *options;
	ev_prepare_init(&relay->fan_out, on_prepare);
	relay->fan_out.data = relay;
	ev_prepare_start(loop, &relay->fan_out);
	r = start(relay);
	if (r < 0) {
		relay_free(relay);
		return r;
	}
	*ret = relay;
	return 0;
}

struct relay *relay_free(struct relay *relay)
{
	if (!relay)
		return NULL;
	ev_prepare_stop(relay->loop, &relay->fan_out);
	redis_feed_free(relay->feed);
	errands_free(relay->errands);
	for (size_t i = 0; i < relay->n_topics; i++)
		relay_topic_free(relay->topics[i]);
	free(relay->topics);
	free(relay->counts);
	free(relay);
	return NULL;
}

void relay_reload(struct relay *relay)
{
	struct redis_endpoint endpoint;

	if (find_redis(relay, &endpoint) < 0 || !redis_feed_move(relay->feed, &endpoint))
		return;
	relay->connected = false;
	errands_lost(relay->errands);
	/* that it is there is said anew, with its name; why the other was not says nothing of it */
	relay->said = (struct redis_said){};
}

struct errands *relay_errands(const struct relay *relay)
{
	return relay->errands;
}

struct relay_topic *const *relay_topics(const struct relay *relay, size_t *ret_n)
{
	*ret_n = relay->n_topics;
	return relay->topics;
}

const struct relay_counts *relay_counts(const struct relay *relay, size_t *ret_n)
{
	*ret_n = relay->n_counts;
	return relay->counts;
}

bool relay_connected(const struct relay *relay, uint64_t *ret_connects)
{
	if (ret_connects)
		*ret_connects = relay->connects;
	return relay->connected;
}

const struct redis_said *relay_said(const struct relay *relay)
{
	return &relay->said;
}
