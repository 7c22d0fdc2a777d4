/* SPDX-License-Identifier: MIT */
#include "broadcaster.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "broadcaster_private.h"
#include "hello.h"
#include "log.h"
#include "page.h"
#include "util.h"

#define HOMES_INTERVAL_MS 5000
#define HOMES_LATEST_MS 15000
#define FAREWELL_S 0.8	      /* for viewers to take their close frame, at most */
#define SPARE_CONNECTIONS 256 /* beside viewers: those who load the page */

static void look_at_homes(void *data);

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct broadcaster *b = timer->data;
	uint64_t now = clock_ms();
	uint64_t begun = clock_us();

	(void)loop;
	(void)events;
	relay_tick(b->relay, now);
	state_worker_tick(b->states, now);
	server_tick(b->server);
	broadcaster_tls_tick(b);
	broadcaster_access_tick(b);
	service_status(&b->service, b->viewers.n, relay_connected(b->relay, NULL));
	/* a network that the host has left may not watch any more */
	if (!b->home_watch && now - b->homes_ms > HOMES_LATEST_MS)
		look_at_homes(b);
	CHAIN_FOR_EACH(link, &b->viewers.viewers)
		viewer_check(CONTAINER_OF(link, struct viewer, of_set), (uint32_t)(now / 1000));
	loop_turns_add(&b->turns, LOOP_TIMER, begun);
}

/* Just before the loop sleeps. */
static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct broadcaster *b = prepare->data;
	struct server_stats stats;

	(void)events;
	http_look(&b->http);
	if (!b->leaving)
		return;
	server_stats(b->server, &stats);
	if (!stats.watchers)
		ev_break(loop, EVBREAK_ALL);
}

static struct relay_topic *find_topic(void *data, const char *site, const char *name)
{
	return relay_find(((struct broadcaster *)data)->relay, site, name);
}

static bool is_allowed_to(void *data, enum role role, const struct relay_topic *topic)
{
	return topic_rules_allow(&((struct broadcaster *)data)->topics, topic->name, role);
}

static bool is_allowed(void *data, const struct viewer *v, const struct relay_topic *topic)
{
	return is_allowed_to(data, v->role, topic);
}

static void wanted(void *data, struct relay_topic *topic)
{
	relay_want(((struct broadcaster *)data)->relay, topic);
}

static void lost(void *data, struct relay_topic *topic)
{
	relay_lost(((struct broadcaster *)data)->relay, topic);
}

/* Who watches on this host is known to the network, and to the collector, by another address. */
static const struct address *known_address(const struct broadcaster *b, const struct viewer *v)
{
	return address_is_loopback(&v->address) && b->homes.has_own ? &b->homes.own : &v->address;
}

/* Who came by TLS of ours was asked whether to trust it; by a proxy one has another certificate, which is its own. */
static const char *doubtful_certificate(const struct broadcaster *b, const struct viewer *v)
{
	const struct certificate *certificate = server_certificate(b->server);

	return v->tls && certificate && certificate_is_self_signed(certificate)
		   ? certificate_fingerprint(certificate)
		   : NULL;
}

static size_t write_hello(void *data, const struct viewer *v, char *buffer, size_t size)
{
	const struct broadcaster *b = data;
	const struct broadcaster_options *o = b->options;
	const char *allowed[TOPIC_RULES_TOPICS_MAX], *others[TOPIC_RULES_TOPICS_MAX];
	struct config_list topics = {0, allowed}, refused = {0, others};
	const struct hello hello = {
	    .build = page_build,
	    .role = command_role_name(v->role),
	    .sign_in = v->sign_in,
	    .time = clock_unix_ms(),
	    .address = known_address(b, v),
	    .sites = &b->sites,
	    .topics = &topics,
	    .refused = &refused,
	    .certificate = doubtful_certificate(b, v),
	};

	for (size_t i = 0; i < o->topics.n; i++) {
		struct config_list *list =
		    topic_rules_allow(&b->topics, o->topics.items[i], v->role) ? &topics : &refused;

		list->items[list->n++] = o->topics.items[i];
	}
	return hello_write(&hello, buffer, size);
}

static void take_command(void *data, struct viewer *v, const struct command_request *request,
			 enum command_fault fault)
{
	const struct broadcaster *b = data;

	errands_take(relay_errands(b->relay), v, known_address(b, v), request, fault);
}

static void forget_viewer(void *data, struct viewer *v)
{
	errands_forget(relay_errands(((struct broadcaster *)data)->relay), v);
}

static const struct viewer_listener viewer_listener = {
    .topic = find_topic,
    .allowed = is_allowed,
    .wanted = wanted,
    .lost = lost,
    .hello = write_hello,
    .command = take_command,
    .left = forget_viewer,
};

static void look_at_homes(void *data)
{
	struct broadcaster *b = data;

	b->homes_ms = clock_ms();
	if (home_networks_find(&b->homes) < 0)
		log_warning(
		    "The addresses of this host cannot be read: only the option access.networks counts.");
}

static void refresh_homes(void *data)
{
	struct broadcaster *b = data;

	if (!b->home_watch && clock_ms() - b->homes_ms >= HOMES_INTERVAL_MS)
		look_at_homes(b);
}

static const struct http_listener http_listener = {
    .topic = find_topic,
    .wanted = wanted,
    .allowed = is_allowed_to,
    .metrics = broadcaster_write_metrics,
    .health = broadcaster_write_health,
    .refresh_homes = refresh_homes,
    .sign_out_all = broadcaster_sign_out_all,
};

static void on_farewell_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)timer;
	(void)events;
	ev_break(loop, EVBREAK_ALL);
}

static void on_signal(struct ev_loop *loop, ev_signal *signal, int events)
{
	struct broadcaster *b = signal->data;
	char number[STATUS_NUMBER_MAX];

	(void)events;
	if (b->leaving) {
		ev_break(loop, EVBREAK_ALL);
		return;
	}
	b->leaving = true;
	service_stopping();
	log_info("Going away, and telling %s.", status_number(number, b->viewers.n, "viewer", "viewers"));
	server_deafen(b->server);
	CHAIN_FOR_EACH(link, &b->viewers.viewers)
		viewer_close(CONTAINER_OF(link, struct viewer, of_set), VIEWER_CLOSE_AWAY,
			     "the broadcaster goes away");
	ev_timer_set(&b->farewell, FAREWELL_S, 0.);
	ev_timer_start(loop, &b->farewell);
}

static int start(struct broadcaster *b)
{
	const struct broadcaster_options *o = b->options;
	int socket = service_socket();
	struct server_settings settings = {
	    .loop = b->loop,
	    .fd = socket,
	    .address = o->listen_address,
	    .port = (int)o->listen_port,
	    .maximum_connections = (size_t)o->viewers + SPARE_CONNECTIONS,
	    .maximum_per_address = broadcaster_connections_per_address(o),
	    .http = &b->http,
	    .viewers = &b->viewers,
	    .turns = &b->turns,
	};
	const struct relay_options relay = {
	    .redis_server = o->redis_server,
	    .redis_user = o->redis_user,
	    .redis_password_file = o->redis_password_file,
	    .sites = &b->sites,
	    .topics = &o->topics,
	    .log_bytes = (size_t)o->log_bytes,
	    .turns = &b->turns,
	    .told = broadcaster_access_told,
	    .data = b,
	};
	char place[BROADCASTER_PLACE_MAX];
	int r;

	if (socket < 0 && socket != -ENOENT)
		return broadcaster_listen_fault(o, socket);
	r = relay_new(&b->relay, b->loop, &relay);
	if (r >= 0)
		r = state_worker_new(&b->states, b->loop, &b->turns);
	if (r >= 0)
		r = broadcaster_access_start(b);
	if (r < 0) {
		log_error("Cannot start: %s.", strerror(-r));
		return r;
	}
	b->http.states = b->states;
	b->http.port = (int)o->listen_port;
	r = server_new(&b->server, &settings);
	if (r < 0)
		return broadcaster_listen_fault(o, r);
	r = broadcaster_tls_show(b);
	if (r < 0)
		return r;
	b->handed_over = socket >= 0;
	log_info("Serving at %s.", broadcaster_place(b, place));
	broadcaster_say_networks(b);
	broadcaster_status_start(b);
	service_ready(&b->service, b->loop);
	return 0;
}

static void wire(struct broadcaster *b)
{
	const struct broadcaster_options *o = b->options;

	b->rules = (struct access_rules){
	    .networks = &o->access_networks,
	    .homes = &b->homes,
	    .proxies = &o->access_proxies,
	    .hosts = &o->access_hosts,
	    .own_name = b->own_name,
	};
	b->topics = (struct topic_rules){.privacy = &o->room_privacy,
					 .identities = &o->access_identities,
					 .lookups = &o->access_lookups,
					 .history = &o->access_history,
					 .connections = &o->access_connections};
	b->http = (struct http){.rules = &b->rules, .listener = &http_listener, .data = b};
	b->viewers = (struct viewer_set){
	    .listener = &viewer_listener,
	    .data = b,
	    .maximum = (size_t)o->viewers,
	    .maximum_per_address = (size_t)o->viewers_per_address,
	};
	chain_init(&b->viewers.viewers);
	broadcaster_settle_topics(b);
	ev_timer_init(&b->tick, on_tick, 1., 1.);
	ev_prepare_init(&b->look, on_prepare);
	ev_signal_init(&b->terminate, on_signal, SIGTERM);
	ev_signal_init(&b->interrupt, on_signal, SIGINT);
	ev_signal_init(&b->hangup, broadcaster_on_hangup, SIGHUP);
	ev_timer_init(&b->farewell, on_farewell_over, 0., 0.);
	b->tick.data = b->look.data = b->terminate.data = b->interrupt.data = b->hangup.data =
	    b->farewell.data = b;
	ev_timer_start(b->loop, &b->tick);
	ev_prepare_start(b->loop, &b->look);
	ev_signal_start(b->loop, &b->terminate);
	ev_signal_start(b->loop, &b->interrupt);
	ev_signal_start(b->loop, &b->hangup);
}

int broadcaster_new(struct broadcaster **ret, struct ev_loop *loop, struct broadcaster_options *options,
		    int argc, char **argv)
{
	struct broadcaster *b = calloc(1, sizeof(*b));
	int r;

	if (!b)
		return -ENOMEM;
	b->loop = loop;
	b->options = options;
	b->argc = argc;
	b->argv = argv;
	b->site = options->site;
	b->sites = options->sites.n ? options->sites : (struct config_list){1, &b->site};
	b->status = (struct status_socket){-1, -1};
	b->started_ms = clock_ms();
	loop_turns_start(&b->turns, loop);
	home_networks_host_name(b->own_name);
	/* Before the first look, so that no change is missed. */
	r = home_watch_new(&b->home_watch, loop, look_at_homes, b);
	if (r < 0)
		log_debug("Changes of this host's networks are not told (%s).", strerror(-r));
	look_at_homes(b);
	wire(b);
	r = start(b);
	if (r < 0) {
		broadcaster_free(b);
		return r;
	}
	*ret = b;
	return 0;
}

struct broadcaster *broadcaster_free(struct broadcaster *b)
{
	if (!b)
		return NULL;
	ev_timer_stop(b->loop, &b->tick);
	ev_prepare_stop(b->loop, &b->look);
	ev_signal_stop(b->loop, &b->terminate);
	ev_signal_stop(b->loop, &b->interrupt);
	ev_signal_stop(b->loop, &b->hangup);
	ev_timer_stop(b->loop, &b->farewell);
	broadcaster_status_stop(b);
	service_stop(&b->service);
	server_free(b->server);
	broadcaster_access_stop(b);
	state_worker_free(b->states);
	relay_free(b->relay);
	loop_turns_stop(&b->turns);
	home_watch_free(b->home_watch);
	home_networks_done(&b->homes);
	free(b);
	return NULL;
}

void broadcaster_run(struct broadcaster *b)
{
	ev_run(b->loop, 0);
}
