/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one connection serves all its tests. */
/* What the relay wants of Redis, and what it makes of what comes: the connection to Redis is the test's own. */
#include "relay.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "frames.h"
#include "redis_feed.h"
#include "util.h"
#include "viewer.h"

#define CHANNELS_MAX 16
#define LONG_MS 6000 /* after which nobody waits any more */

struct channel {
	char name[CHANNEL_MAX];
	void *tag;
	bool subscribed;
};

/* The connection. */
static const struct redis_feed_listener *listener;
static void *listener_data;
static struct channel channels[CHANNELS_MAX];
static size_t n_channels;
static unsigned subscribed, asked, refuse;
static char last_asked[128]; /* of the first site, as asked */
static char last_published[256], last_answer[256];
static uint32_t last_token;
static bool moved;
static int error;

static struct ev_loop *loop;
static struct relay *relay;

int __wrap_redis_feed_new(struct redis_feed **ret, struct ev_loop *of, const struct redis_endpoint *endpoint,
			  const struct redis_feed_listener *l, void *data, struct loop_turns *turns);
struct redis_feed *__wrap_redis_feed_free(struct redis_feed *feed);
bool __wrap_redis_feed_move(struct redis_feed *feed, const struct redis_endpoint *endpoint);
int __wrap_redis_feed_subscribe(struct redis_feed *feed, const char *name, void *tag);
int __wrap_redis_feed_subscribe_spare(struct redis_feed *feed, const char *name, void *tag);
void __wrap_redis_feed_unsubscribe(struct redis_feed *feed, const char *name);
void __wrap_redis_feed_ask(struct redis_feed *feed, const char *site, const char *topic);
int __wrap_redis_feed_publish(struct redis_feed *feed, const char *name, const char *text, size_t length,
			      uint32_t *ret_token);

int __wrap_redis_feed_new(struct redis_feed **ret, struct ev_loop *of, const struct redis_endpoint *endpoint,
			  const struct redis_feed_listener *l, void *data, struct loop_turns *turns)
{
	(void)endpoint;
	(void)turns;
	assert_ptr_equal(of, loop);
	listener = l;
	listener_data = data;
	*ret = NULL;
	return error;
}

struct redis_feed *__wrap_redis_feed_free(struct redis_feed *feed)
{
	(void)feed;
	return NULL;
}

bool __wrap_redis_feed_move(struct redis_feed *feed, const struct redis_endpoint *endpoint)
{
	(void)feed;
	(void)endpoint;
	return moved;
}

static struct channel *channel(const char *name)
{
	for (size_t i = 0; i < n_channels; i++)
		if (!strcmp(channels[i].name, name))
			return &channels[i];
	return NULL;
}

static bool is_subscribed(const char *name)
{
	return channel(name) && channel(name)->subscribed;
}

int __wrap_redis_feed_subscribe(struct redis_feed *feed, const char *name, void *tag)
{
	struct channel *c = channel(name);

	(void)feed;
	if (refuse) {
		refuse--;
		return -ENOMEM;
	}
	assert_true(n_channels < CHANNELS_MAX);
	if (!c)
		c = &channels[n_channels++];
	assert_false(c->subscribed);
	snprintf(c->name, sizeof(c->name), "%s", name);
	c->tag = tag;
	c->subscribed = true;
	subscribed++;
	return 0;
}

int __wrap_redis_feed_subscribe_spare(struct redis_feed *feed, const char *name, void *tag)
{
	return __wrap_redis_feed_subscribe(feed, name, tag);
}

void __wrap_redis_feed_unsubscribe(struct redis_feed *feed, const char *name)
{
	(void)feed;
	assert_true(is_subscribed(name));
	channel(name)->subscribed = false;
}

void __wrap_redis_feed_ask(struct redis_feed *feed, const char *site, const char *topic)
{
	(void)feed;
	if (strcmp(site, "home") != 0)
		return;
	asked++;
	snprintf(last_asked, sizeof(last_asked), "%s", topic);
}

int __wrap_redis_feed_publish(struct redis_feed *feed, const char *name, const char *text, size_t length,
			      uint32_t *ret_token)
{
	(void)feed;
	(void)length;
	snprintf(last_published, sizeof(last_published), "%s %s", name, text);
	*ret_token = ++last_token;
	return 0;
}

void __wrap_viewer_answer(struct viewer *v, const char *text, size_t length);
void __wrap_viewer_answer(struct viewer *v, const char *text, size_t length)
{
	(void)v;
	snprintf(last_answer, sizeof(last_answer), "%.*s", (int)length, text);
}

static char last_told[256];
static void on_told(void *data, const char *text, size_t length)
{
	assert_ptr_equal(data, &last_told);
	snprintf(last_told, sizeof(last_told), "%.*s", (int)length, text);
}

static int make(void)
{
	static const char *names[] = {"home", "cabin"}, *kinds[] = {"overview", "connections"};
	static const struct config_list sites = {.n = 2, .items = names}, topics = {.n = 2, .items = kinds};
	const struct relay_options options = {.redis_server = "localhost:6379",
					      .sites = &sites,
					      .topics = &topics,
					      .log_bytes = 1 << 20,
					      .told = on_told,
					      .data = last_told};

	return relay_new(&relay, loop, &options);
}

static int set_up(void **state)
{
	(void)state;
	memset(channels, 0, sizeof(channels));
	n_channels = 0;
	subscribed = asked = refuse = 0;
	error = 0;
	moved = false;
	loop = ev_loop_new(EVFLAG_AUTO);
	return make();
}

static int tear_down(void **state)
{
	(void)state;
	relay = relay_free(relay);
	ev_loop_destroy(loop);
	return 0;
}

static void push(const char *name, enum frame_kind kind, uint64_t epoch, uint64_t sequence)
{
	struct built b = frame_build(kind, epoch, sequence, "xyz", 3);

	listener->message(listener_data, channel(name)->tag, b.bytes, b.length);
	free(b.bytes);
}

/* Redis says that the subscription stands. */
static void stands(const char *name)
{
	listener->subscribed(listener_data, channel(name)->tag);
}

static void test_what_is_relayed(void **state)
{
	struct relay_topic *const *topics;
	size_t n;

	(void)state;
	topics = relay_topics(relay, &n);
	assert_int_equal(n, 4);
	assert_ptr_equal(relay_find(relay, "", ""), topics[0]);
	assert_ptr_equal(relay_find(relay, "home", "connections"), topics[1]);
	assert_ptr_equal(relay_find(relay, "cabin", ""), topics[2]);
	assert_ptr_equal(relay_find(relay, "", "connections"), topics[1]);
	assert_null(relay_find(relay, "cabin", "lookups"));
	assert_null(relay_find(relay, "villa", ""));
	/* the first topic of each site at once, the others when somebody wants them */
	assert_true(is_subscribed("connvis:feed:home:overview"));
	assert_true(is_subscribed("connvis:feed:cabin:overview"));
	assert_null(channel("connvis:feed:home:connections"));
}

static void test_wanted(void **state)
{
	struct relay_topic *topic = relay_find(relay, "home", "connections");
	unsigned before = subscribed;

	(void)state;
	relay_want(relay, topic);
	relay_want(relay, topic);
	assert_int_equal(subscribed, before + 1);
	assert_true(is_subscribed("connvis:feed:home:connections"));
	/* it lingers, then goes; what is always wanted stays */
	relay_tick(relay, clock_ms() + 1000);
	assert_true(topic->subscribed);
	relay_tick(relay, clock_ms() + LONG_MS);
	assert_false(topic->subscribed);
	assert_false(is_subscribed("connvis:feed:home:connections"));
	assert_true(is_subscribed("connvis:feed:home:overview"));
	/* not while somebody watches */
	relay_want(relay, topic);
	topic->n_watches = 1;
	relay_tick(relay, clock_ms() + LONG_MS);
	assert_true(topic->subscribed);
	topic->n_watches = 0;
}

static void test_subscribing_fails(void **state)
{
	struct relay_topic *topic = relay_find(relay, "home", "connections");

	(void)state;
	refuse = 1;
	relay_want(relay, topic);
	assert_false(topic->subscribed);
	topic->n_watches = 1;
	relay_tick(relay, clock_ms());
	assert_true(topic->subscribed);
	topic->n_watches = 0;
}

static void test_asking(void **state)
{
	struct relay_topic *topic = relay_find(relay, "home", "");

	(void)state;
	assert_int_equal(asked, 0);
	stands("connvis:feed:home:overview");
	assert_int_equal(asked, 1);
	assert_string_equal(last_asked, "overview");
	/* it waits: asked again, but not all the time */
	relay_tick(relay, clock_ms());
	assert_int_equal(asked, 1);
	topic->asked_ms -= 1000;
	relay_tick(relay, clock_ms());
	assert_int_equal(asked, 2);
	/* it came: nothing is missing */
	push("connvis:feed:home:overview", FRAME_KEYFRAME, 1, 5);
	topic->asked_ms -= 5000;
	relay_tick(relay, clock_ms());
	push("connvis:feed:home:overview", FRAME_DELTA, 1, 6);
	assert_int_equal(asked, 2);
	/* a gap */
	push("connvis:feed:home:overview", FRAME_DELTA, 1, 8);
	assert_int_equal(asked, 3);
	/* a viewer says that it is lost: seldom heard */
	push("connvis:feed:home:overview", FRAME_KEYFRAME, 1, 8);
	relay_lost(relay, topic);
	assert_int_equal(asked, 3);
	topic->asked_ms -= 2000;
	relay_lost(relay, topic);
	relay_lost(relay, topic);
	assert_int_equal(asked, 4);
	/* the subscription stands anew: what came between is lost */
	stands("connvis:feed:home:overview");
	assert_int_equal(asked, 5);
	assert_true(topic_log_waiting(topic->log));
}

/* What came goes out once, before the loop sleeps. */
static void test_fan_out(void **state)
{
	struct relay_topic *topic = relay_find(relay, "home", "");

	(void)state;
	stands("connvis:feed:home:overview");
	push("connvis:feed:home:overview", FRAME_KEYFRAME, 1, 5);
	assert_true(topic->dirty);
	ev_run(loop, EVRUN_NOWAIT);
	assert_false(topic->dirty);
	push("connvis:feed:home:overview", FRAME_DELTA, 1, 99); /* nothing for viewers */
	assert_false(topic->dirty);
}

static void test_connection(void **state)
{
	uint64_t connects;

	(void)state;
	assert_false(relay_connected(relay, NULL));
	assert_string_equal(relay_said(relay)->why, "");
	listener->disconnected(listener_data, "Connection refused");
	assert_false(relay_connected(relay, &connects));
	assert_int_equal(connects, 0);
	assert_string_equal(relay_said(relay)->why, "Connection refused");
	listener->connected(listener_data);
	assert_true(relay_connected(relay, &connects));
	assert_int_equal(connects, 1);
	assert_string_equal(relay_said(relay)->why, "");
	/* another place is told: it is not connected there yet */
	relay_reload(relay);
	assert_true(relay_connected(relay, NULL));
	moved = true;
	relay_reload(relay);
	assert_false(relay_connected(relay, NULL));
	/* and why the place before was left says nothing of it */
	listener->disconnected(listener_data, "Connection refused");
	relay_reload(relay);
	assert_string_equal(relay_said(relay)->why, "");
}

static void test_counts(void **state)
{
	const struct relay_counts *counts;
	struct collector_metrics m = {};
	char buffer[COLLECTOR_METRICS_MOST];
	size_t length;
	unsigned before = asked;
	size_t n;

	(void)state;
	counts = relay_counts(relay, &n);
	assert_int_equal(n, 2);
	assert_string_equal(counts[1].site, "cabin");
	/* of no topic: nothing is asked for, and what cannot be read is not taken */
	listener->subscribed(listener_data, (void *)&counts[0]);
	listener->message(listener_data, (void *)&counts[0], (const uint8_t *)"garbage", 7);
	assert_int_equal(counts[0].came_ms, 0);
	m.given[METRIC_RIVALS] = true;
	m.values[METRIC_RIVALS] = 1;
	length = collector_metrics_write(&m, buffer);
	listener->message(listener_data, (void *)&counts[1], (const uint8_t *)buffer, length);
	assert_int_equal(counts[0].came_ms, 0);
	assert_int_not_equal(counts[1].came_ms, 0);
	assert_int_equal(counts[1].metrics.values[METRIC_RIVALS], 1);
	assert_int_equal(asked, before);
}

static void ask_for(struct viewer *v, uint32_t number)
{
	const struct command_request request = {.site = "cabin", .number = number, .command = COMMAND_ME};

	last_answer[0] = '\0';
	errands_take(relay_errands(relay), v, &(struct address){}, &request, COMMAND_FAULT_NONE);
	assert_string_equal(last_answer, "");
}

static void test_commands(void **state)
{
	struct viewer v = {};
	char text[320], request[64];

	(void)state;
	ask_for(&v, 1);
	assert_int_equal(sscanf(last_published, "connvis:command:cabin %63s", request), 1);
	snprintf(text, sizeof(text), "%s ok {}", request);
	/* it is no frame, nor of another site */
	listener->subscribed(listener_data, channel("connvis:reply:cabin")->tag);
	listener->message(listener_data, channel("connvis:reply:home")->tag, (uint8_t *)text, strlen(text));
	assert_string_equal(last_answer, "");
	listener->message(listener_data, channel("connvis:reply:cabin")->tag, (uint8_t *)text, strlen(text));
	assert_string_equal(last_answer, "{\"answer\":1,\"ok\":{}}");
	ask_for(&v, 2);
	listener->published(listener_data, last_token, 0);
	assert_non_null(strstr(last_answer, "no-collector"));
	ask_for(&v, 3);
	listener->disconnected(listener_data, "Connection refused");
	assert_non_null(strstr(last_answer, "no-answer"));
	ask_for(&v, 4);
	moved = true;
	relay_reload(relay);
	assert_non_null(strstr(last_answer, "no-answer"));
}

static void test_errors(void **state)
{
	struct relay *working = relay;

	(void)state;
	relay = NULL;
	error = -EMFILE;
	assert_int_equal(make(), -EMFILE);
	error = 0;
	refuse = 1; /* the collector's counts: nobody would ask for them again */
	assert_int_equal(make(), -ENOMEM);
	assert_null(relay);
	assert_null(relay_free(NULL));
	relay = working;
}

/* Of other broadcasters. */
static void test_told(void **state)
{
	struct channel *c = channel("connvis:access");

	(void)state;
	assert_true(is_subscribed("connvis:access"));
	stands("connvis:access");
	relay_tell(relay, "one said", 8);
	assert_string_equal(last_published, "connvis:access one said");
	listener->published(listener_data, last_token, 2);
	listener->message(listener_data, c->tag, (const uint8_t *)"another said", 12);
	assert_string_equal(last_told, "another said");
	/* where Redis does not let it, all else goes on */
	relay_tell(relay, "one said", 8);
	listener->published(listener_data, last_token, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_what_is_relayed, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_wanted, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_subscribing_fails, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_asking, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_fan_out, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_connection, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_commands, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_told, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_errors, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
