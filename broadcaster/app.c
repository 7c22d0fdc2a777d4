/* SPDX-License-Identifier: MIT */
#include "app.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "channel.h"
#include "feed.h"
#include "home.h"
#include "log.h"
#include "metrics.h"
#include "page.h"
#include "server.h"
#include "util.h"

#define ASK_INTERVAL_MS 1000 /* the collector sends at most one keyframe a second and topic */
#define LINGER_MS 5000	     /* an unwatched topic is kept, for those who reload the page */
#define HOMES_INTERVAL_MS 5000
#define COMPLAIN_INTERVAL_MS 60000
#define FAREWELL_S 1.0	      /* for viewers to take their close frame */
#define SPARE_CONNECTIONS 256 /* beside viewers: those who load the page */
#define SPARE_PER_ADDRESS 16
#define HEALTHY_AGE_MS 5000 /* of the last frame */

struct app {
	struct ev_loop *loop;
	const struct options *options;
	struct redis_endpoint endpoint;
	struct feed *feed;
	bool redis_connected;
	uint64_t redis_connects;
	struct topic **topics; /* of each site in the order of the options, each with all topics */
	size_t n_topics;
	struct config_networks homes;
	uint64_t homes_ms;
	char own_name[HOME_NAME_MAX];
	struct access_rules rules;
	struct http http;
	struct viewer_set viewers;
	struct server *server;
	ev_timer tick;
	ev_prepare fan_out;
	ev_signal terminate, interrupt;
	ev_timer farewell;
	bool leaving;
	uint64_t complained_ms; /* about dropped frames */
	uint64_t complaints;	/* that were not told */
};

/* Empty names mean the first. */
static struct topic *find_topic(void *user, const char *site, const char *name)
{
	struct app *app = user;

	for (size_t i = 0; i < app->n_topics; i++)
		if ((!*site || !strcmp(app->topics[i]->site, site)) &&
		    (!*name || !strcmp(app->topics[i]->name, name)))
			return app->topics[i];
	return NULL;
}

static void ask(struct app *app, struct topic *topic)
{
	uint64_t now = clock_ms();

	/* what is asked too early is asked again by the tick, as the topic still waits then */
	if (topic->asked_ms && now - topic->asked_ms < ASK_INTERVAL_MS)
		return;
	topic->asked_ms = now;
	feed_ask(app->feed, topic->site, topic->name);
}

static void subscribe(struct app *app, struct topic *topic)
{
	char channel[CHANNEL_MAX];

	if (topic->subscribed)
		return;
	topic->subscribed =
	    feed_subscribe(app->feed, channel_feed(channel, topic->site, topic->name), topic) == 0;
}

static void wanted(void *user, struct topic *topic)
{
	topic->wanted_ms = clock_ms();
	subscribe(user, topic);
}

/* Says at most once a minute that frames were dropped which say something about the other programs. */
static void complain(struct app *app, const struct topic *topic, enum topic_drop reason)
{
	uint64_t now = clock_ms();

	if (app->complained_ms && now - app->complained_ms < COMPLAIN_INTERVAL_MS) {
		app->complaints++;
		return;
	}
	app->complained_ms = now;
	if (reason == TOPIC_DROP_VERSION)
		log_warning(
		    "The collector of the site %s is newer than this broadcaster: its frames are dropped. "
		    "Install the same version of both.",
		    topic->site);
	else if (reason == TOPIC_DROP_OLD_EPOCH)
		log_warning("Two collectors publish as the site %s: the frames of the older one are dropped. "
			    "Stop one, or give it another site's name.",
			    topic->site);
	else
		log_warning(
		    "A message on the channel of the topic %s of the site %s was dropped (%s); %" PRIu64
		    " more since the last such line. Does another program publish there?",
		    topic->name, topic->site, topic_drop_name(reason), app->complaints);
	app->complaints = 0;
}

static void on_message(void *user, void *tag, const uint8_t *bytes, size_t length)
{
	struct app *app = user;
	struct topic *topic = tag;
	bool needed;
	int dropped = topic_push(topic, bytes, length, clock_ms(), &needed);

	if (needed)
		ask(app, topic);
	if (dropped == TOPIC_DROP_VERSION || dropped == TOPIC_DROP_MALFORMED ||
	    dropped == TOPIC_DROP_STRANGER || dropped == TOPIC_DROP_OLD_EPOCH)
		complain(app, topic, (enum topic_drop)dropped);
}

static void on_subscribed(void *user, void *tag)
{
	struct topic *topic = tag;

	topic_log_lost(topic->log);
	topic->asked_ms = 0;
	ask(user, topic);
}

static void on_connected(void *user)
{
	struct app *app = user;

	app->redis_connected = true;
	app->redis_connects++;
	log_info("Connected to Redis at %s.", app->options->redis_server);
}

static void on_disconnected(void *user, const char *why)
{
	struct app *app = user;

	app->redis_connected = false;
	log_warning(
	    "Redis at %s is not there (%s): the page waits, and goes on when Redis is back. Is it running, "
	    "and is redis.server right?",
	    app->options->redis_server, why);
}

static const struct feed_handlers feed_handlers = {
    .message = on_message,
    .subscribed = on_subscribed,
    .connected = on_connected,
    .disconnected = on_disconnected,
};

/* Just before the loop sleeps: all frames that came since go out in one pass. */
static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct app *app = prepare->data;

	(void)loop;
	(void)events;
	for (size_t i = 0; i < app->n_topics; i++) {
		if (!app->topics[i]->dirty)
			continue;
		app->topics[i]->dirty = false;
		viewers_flush(app->topics[i]);
	}
}

static void tick_topic(struct app *app, struct topic *topic, uint64_t now)
{
	char channel[CHANNEL_MAX];

	if (topic->always || topic->n_watches)
		topic->wanted_ms = now;
	if (topic->subscribed && now - topic->wanted_ms > LINGER_MS) {
		feed_unsubscribe(app->feed, channel_feed(channel, topic->site, topic->name));
		topic_clear(topic);
		topic->subscribed = false;
	}
	if (!topic->subscribed && (topic->always || topic->n_watches))
		subscribe(app, topic);
	if (topic->subscribed && topic_log_waiting(topic->log))
		ask(app, topic);
}

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct app *app = timer->data;
	uint64_t now = clock_ms();
	struct viewer *next;

	(void)loop;
	(void)events;
	for (size_t i = 0; i < app->n_topics; i++)
		tick_topic(app, app->topics[i], now);
	for (struct viewer *v = app->viewers.first; v; v = next) {
		next = v->next;
		viewer_check(v, (uint32_t)(now / 1000));
	}
}

static size_t hello(void *user, const struct address *address, char *buffer, size_t size)
{
	const struct options *o = ((struct app *)user)->options;
	char text[ADDRESS_TEXT_MAX];
	FILE *out = fmemopen(buffer, size, "w");
	long n;

	if (!out)
		return 0;
	fprintf(out,
		"{\"protocol\":%d,\"build\":\"%s\",\"time\":%" PRIu64
		",\"role\":\"viewer\",\"address\":\"%s\"",
		FRAME_VERSION, page_build, clock_unix_ms(), address_format(address, text));
	for (size_t i = 0; i < o->sites.n; i++)
		fprintf(out, "%s\"%s\"", i ? "," : ",\"sites\":[", o->sites.items[i]);
	for (size_t i = 0; i < o->topics.n; i++)
		fprintf(out, "%s\"%s\"", i ? "," : "],\"topics\":[", o->topics.items[i]);
	fputs("]}", out);
	n = ftell(out);
	fclose(out);
	return n > 0 ? (size_t)n : 0;
}

static const struct viewer_hooks viewer_hooks = {
    .topic = find_topic,
    .wanted = wanted,
    .hello = hello,
};

static void write_metrics(void *user, FILE *out)
{
	struct app *app = user;
	struct metrics m = {
	    .topics = app->topics,
	    .n_topics = app->n_topics,
	    .viewers = &app->viewers,
	    .http = &app->http.stats,
	    .redis_connected = app->redis_connected,
	    .redis_connects = app->redis_connects,
	    .now_ms = clock_ms(),
	    .page_build = page_build,
	};

	server_stats(app->server, &m.server);
	metrics_write(out, &m);
}

static bool write_health(void *user, FILE *out)
{
	struct app *app = user;
	uint64_t now = clock_ms();
	bool healthy = app->redis_connected;

	for (size_t i = 0; i < app->n_topics; i++) {
		const struct topic *t = app->topics[i];

		if (t->always && (!t->stats.last_ms || now - t->stats.last_ms > HEALTHY_AGE_MS))
			healthy = false;
	}
	fprintf(out, "{\"healthy\":%s,\"redis\":%s,\"viewers\":%zu,\"topics\":[", healthy ? "true" : "false",
		app->redis_connected ? "true" : "false", app->viewers.n);
	for (size_t i = 0; i < app->n_topics; i++) {
		const struct topic *t = app->topics[i];

		fprintf(out,
			"%s{\"site\":\"%s\",\"topic\":\"%s\",\"subscribed\":%s,\"age_ms\":", i ? "," : "",
			t->site, t->name, t->subscribed ? "true" : "false");
		if (t->stats.last_ms)
			fprintf(out, "%" PRIu64 "}", now - t->stats.last_ms);
		else
			fputs("null}", out);
	}
	fputs("]}\n", out);
	return healthy;
}

static void refresh_homes(void *user)
{
	struct app *app = user;
	uint64_t now = clock_ms();

	if (app->homes_ms && now - app->homes_ms < HOMES_INTERVAL_MS)
		return;
	app->homes_ms = now;
	if (home_networks(&app->homes) < 0)
		log_warning(
		    "The addresses of this host cannot be read: only the option access.networks counts.");
}

static const struct http_hooks http_hooks = {
    .topic = find_topic,
    .wanted = wanted,
    .metrics = write_metrics,
    .health = write_health,
    .refresh_homes = refresh_homes,
};

static void on_farewell_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)timer;
	(void)events;
	ev_break(loop, EVBREAK_ALL);
}

static void on_signal(struct ev_loop *loop, ev_signal *signal, int events)
{
	struct app *app = signal->data;
	struct viewer *next;

	(void)events;
	if (app->leaving) {
		ev_break(loop, EVBREAK_ALL);
		return;
	}
	app->leaving = true;
	log_info("Going away: %zu viewers are told.", app->viewers.n);
	server_deafen(app->server);
	for (struct viewer *v = app->viewers.first; v; v = next) {
		next = v->next;
		viewer_close(v, VIEWER_CLOSE_AWAY, "the broadcaster goes away");
	}
	ev_timer_set(&app->farewell, app->viewers.n ? FAREWELL_S : 0., 0.);
	ev_timer_start(loop, &app->farewell);
}

static int make_topics(struct app *app)
{
	const struct options *o = app->options;

	app->topics = calloc(o->sites.n * o->topics.n, sizeof(struct topic *));
	if (!app->topics)
		return -ENOMEM;
	for (size_t s = 0; s < o->sites.n; s++) {
		for (size_t t = 0; t < o->topics.n; t++) {
			int r = topic_new(&app->topics[app->n_topics], o->sites.items[s], o->topics.items[t],
					  t == 0, (size_t)o->log_bytes);

			if (r < 0)
				return r;
			app->n_topics++;
		}
	}
	return 0;
}

static int say_listen_fault(const struct options *o, int r)
{
	const char *at = o->listen_address;
	long port = (long)o->listen_port;

	if (r == -EADDRINUSE)
		log_error("Port %ld at %s is taken by another program: stop it, or choose another with --set "
			  "listen.port=NUMBER.",
			  port, at);
	else if (r == -EADDRNOTAVAIL)
		log_error("This host has no address %s: choose another with --set listen.address=ADDRESS.",
			  at);
	else if (r == -EACCES)
		log_error("This user may not listen at port %ld: choose one above 1023 with --set "
			  "listen.port=NUMBER.",
			  port);
	else if (r == -ENOLCK)
		log_error("Too few open files are allowed for %ld viewers: raise the limit (LimitNOFILE=, "
			  "ulimit -n), or "
			  "lower limits.viewers.",
			  (long)o->viewers);
	else if (r == -ENOTSUP)
		log_error("libwebsockets would not start: install its libev part, on Debian "
			  "libwebsockets-evlib-ev.");
	else
		log_error("Cannot serve at %s port %ld: %s.", at, port, strerror(-r));
	return r;
}

static int start(struct app *app)
{
	const struct options *o = app->options;
	struct server_settings settings = {
	    .loop = app->loop,
	    .address = o->listen_address,
	    .port = (int)o->listen_port,
	    .maximum_connections = (size_t)o->viewers + SPARE_CONNECTIONS,
	    .maximum_per_address = (size_t)o->viewers_per_address + SPARE_PER_ADDRESS,
	    .http = &app->http,
	    .viewers = &app->viewers,
	};
	int r = make_topics(app);

	if (r >= 0)
		r = redis_endpoint_parse(&app->endpoint, o->redis_server);
	if (r >= 0)
		r = feed_new(&app->feed, app->loop, &app->endpoint, &feed_handlers, app);
	if (r < 0) {
		log_error("Cannot start: %s.", strerror(-r));
		return r;
	}
	for (size_t i = 0; i < app->n_topics; i++)
		if (app->topics[i]->always)
			subscribe(app, app->topics[i]);
	r = server_new(&app->server, &settings);
	if (r < 0)
		return say_listen_fault(o, r);
	log_info("Serving at %s port %ld.", o->listen_address, (long)o->listen_port);
	return 0;
}

static void wire(struct app *app)
{
	const struct options *o = app->options;

	app->rules = (struct access_rules){
	    .networks = &o->access_networks,
	    .homes = &app->homes,
	    .proxies = &o->access_proxies,
	    .hosts = &o->access_hosts,
	    .own_name = app->own_name,
	};
	app->http = (struct http){.rules = &app->rules, .hooks = &http_hooks, .user = app};
	app->viewers = (struct viewer_set){
	    .hooks = &viewer_hooks,
	    .user = app,
	    .maximum = (size_t)o->viewers,
	    .maximum_per_address = (size_t)o->viewers_per_address,
	};
	ev_timer_init(&app->tick, on_tick, 1., 1.);
	ev_prepare_init(&app->fan_out, on_prepare);
	ev_signal_init(&app->terminate, on_signal, SIGTERM);
	ev_signal_init(&app->interrupt, on_signal, SIGINT);
	ev_timer_init(&app->farewell, on_farewell_over, 0., 0.);
	app->tick.data = app->fan_out.data = app->terminate.data = app->interrupt.data = app->farewell.data =
	    app;
	ev_timer_start(app->loop, &app->tick);
	ev_prepare_start(app->loop, &app->fan_out);
	ev_signal_start(app->loop, &app->terminate);
	ev_signal_start(app->loop, &app->interrupt);
}

int app_new(struct app **ret, struct ev_loop *loop, const struct options *options)
{
	struct app *app = calloc(1, sizeof(*app));
	int r;

	if (!app)
		return -ENOMEM;
	app->loop = loop;
	app->options = options;
	home_name(app->own_name);
	refresh_homes(app);
	wire(app);
	r = start(app);
	if (r < 0) {
		app_free(app);
		return r;
	}
	*ret = app;
	return 0;
}

struct app *app_free(struct app *app)
{
	if (!app)
		return NULL;
	ev_timer_stop(app->loop, &app->tick);
	ev_prepare_stop(app->loop, &app->fan_out);
	ev_signal_stop(app->loop, &app->terminate);
	ev_signal_stop(app->loop, &app->interrupt);
	ev_timer_stop(app->loop, &app->farewell);
	server_free(app->server);
	feed_free(app->feed);
	for (size_t i = 0; i < app->n_topics; i++)
		topic_free(app->topics[i]);
	free(app->topics);
	free(app);
	return NULL;
}

void app_run(struct app *app)
{
	ev_run(app->loop, 0);
}
