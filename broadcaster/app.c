/* SPDX-License-Identifier: MIT */
#include "app.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "home.h"
#include "log.h"
#include "metrics.h"
#include "page.h"
#include "relay.h"
#include "server.h"
#include "util.h"

#define HOMES_INTERVAL_MS 5000
#define FAREWELL_S 1.0	      /* for viewers to take their close frame */
#define SPARE_CONNECTIONS 256 /* beside viewers: those who load the page */
#define SPARE_PER_ADDRESS 16
#define HEALTHY_AGE_MS 5000 /* of the last frame */

struct app {
	struct ev_loop *loop;
	const struct options *options;
	struct relay *relay;
	struct config_networks homes;
	uint64_t homes_ms;
	char own_name[HOME_NAME_MAX];
	struct access_rules rules;
	struct http http;
	struct viewer_set viewers;
	struct server *server;
	ev_timer tick;
	ev_prepare look;
	ev_signal terminate, interrupt;
	ev_timer farewell;
	bool leaving;
};

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct app *app = timer->data;
	uint64_t now = clock_ms();
	struct viewer *next;

	(void)loop;
	(void)events;
	relay_tick(app->relay, now);
	server_tick(app->server);
	for (struct viewer *v = app->viewers.first; v; v = next) {
		next = v->next;
		viewer_check(v, (uint32_t)(now / 1000));
	}
}

/* Just before the loop sleeps. */
static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct app *app = prepare->data;

	(void)loop;
	(void)events;
	http_look(&app->http);
}

static struct topic *find_topic(void *user, const char *site, const char *name)
{
	return relay_find(((struct app *)user)->relay, site, name);
}

static void wanted(void *user, struct topic *topic)
{
	relay_want(((struct app *)user)->relay, topic);
}

static void lost(void *user, struct topic *topic)
{
	relay_lost(((struct app *)user)->relay, topic);
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
    .lost = lost,
    .hello = hello,
};

static void write_metrics(void *user, FILE *out)
{
	struct app *app = user;
	struct metrics m = {
	    .viewers = &app->viewers,
	    .http = &app->http.stats,
	    .now_ms = clock_ms(),
	    .page_build = page_build,
	};

	m.topics = relay_topics(app->relay, &m.n_topics);
	m.redis_connected = relay_connected(app->relay, &m.redis_connects);
	server_stats(app->server, &m.server);
	metrics_write(out, &m);
}

static bool write_health(void *user, FILE *out)
{
	struct app *app = user;
	uint64_t now = clock_ms();
	bool connected = relay_connected(app->relay, NULL), healthy = connected;
	size_t n;
	struct topic *const *topics = relay_topics(app->relay, &n);

	for (size_t i = 0; i < n; i++) {
		const struct topic *t = topics[i];

		if (t->always && (!t->stats.last_ms || now - t->stats.last_ms > HEALTHY_AGE_MS))
			healthy = false;
	}
	fprintf(out, "{\"healthy\":%s,\"redis\":%s,\"viewers\":%zu,\"topics\":[", healthy ? "true" : "false",
		connected ? "true" : "false", app->viewers.n);
	for (size_t i = 0; i < n; i++) {
		const struct topic *t = topics[i];

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
	int r = relay_new(&app->relay, app->loop, o);

	if (r < 0) {
		log_error("Cannot start: %s.", strerror(-r));
		return r;
	}
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
	ev_prepare_init(&app->look, on_prepare);
	ev_signal_init(&app->terminate, on_signal, SIGTERM);
	ev_signal_init(&app->interrupt, on_signal, SIGINT);
	ev_timer_init(&app->farewell, on_farewell_over, 0., 0.);
	app->tick.data = app->look.data = app->terminate.data = app->interrupt.data = app->farewell.data =
	    app;
	ev_timer_start(app->loop, &app->tick);
	ev_prepare_start(app->loop, &app->look);
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
	ev_prepare_stop(app->loop, &app->look);
	ev_signal_stop(app->loop, &app->terminate);
	ev_signal_stop(app->loop, &app->interrupt);
	ev_timer_stop(app->loop, &app->farewell);
	server_free(app->server);
	relay_free(app->relay);
	free(app);
	return NULL;
}

void app_run(struct app *app)
{
	ev_run(app->loop, 0);
}
