/* SPDX-License-Identifier: MIT */
#include "app.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <systemd/sd-daemon.h>

#include "app_state.h"
#include "describe.h"
#include "log.h"
#include "privileges.h"
#include "util.h"

#define SECOND_US 1000000ull
#define GEO_TICKS 2	/* seconds between two looks at the MMDB files */
#define SWEEP_TICKS 10	/* seconds between two looks for devices that nothing speaks for */
#define ROOM_TICKS 5	/* seconds between two attempts to fit in what did not fit */
#define TRIM_LEAST 1000 /* conversations that are worth giving memory back for */
#define START_TICKS 3	/* seconds that the first frame waits for the first dump */
#define STATUS_FAILED 1
#define STATUS_OPTIONS 2

static void on_added(void *data, struct ct_connection *c)
{
	struct app *app = data;

	model_connection_added(app->model, c);
	connections_added(app->connections, c);
}

static void on_changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct app *app = data;

	model_connection_changed(app->model, c, change);
	connections_changed(app->connections, c, change);
}

static void on_ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct app *app = data;

	model_connection_ended(app->model, c, change);
	connections_ended(app->connections, c);
}

static void start_feed(struct app *app)
{
	if (app->feed_started)
		return;
	app->feed_started = true;
	feed_start(app->feed);
	sd_notify(0, "READY=1");
}

static void on_read(void *data, bool dump)
{
	struct app *app = data;

	if (!dump)
		return;
	conversations_look(&app->model->conversations, model_now(app->model));
	app_report_source(app);
	start_feed(app);
}

void app_start_source(struct app *app)
{
	const struct settings *s = &app->settings;
	const struct ct_source_options options = {
	    .events = s->events,
	    .interval = (uint32_t)s->interval,
	    .cpu_budget = (uint32_t)s->cpu_budget,
	    .receive_buffer = (uint32_t)s->receive_buffer,
	};
	int r;

	if (app->source)
		return;
	r = ct_source_new(&app->source, app->event, app->table, &options, app->clock_base, on_read, app);
	if (r == -EPERM)
		log_error(
		    "Reading the connection table needs the capability CAP_NET_ADMIN: run as root, or with "
		    "AmbientCapabilities=CAP_NET_ADMIN in the systemd unit.");
	else if (r == -EPROTONOSUPPORT)
		log_error(
		    "This kernel does not give its connection table away: load the module with \"modprobe "
		    "nf_conntrack_netlink\".");
	else if (r < 0)
		log_error("The connection table cannot be read: %s.", strerror(-r));
	if (r < 0) {
		sd_event_exit(app->event, STATUS_FAILED);
		return;
	}
	app_names_start(app);
	if (!s->drop_capabilities)
		return;
	r = privileges_drop();
	if (r < 0)
		log_warning("Capabilities that are not needed could not be given up: %s.", strerror(-r));
}

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	struct app *app = data;

	describe_remote(&app->model->home, app->geo, a, ret);
	app_names_own(app, a, ret);
}

/* After a flush, or a night, give the memory back that the busy hours took. */
static void sweep(struct app *app)
{
	size_t now = app->model->conversations.table.count;

	devices_sweep(&app->model->devices);
	if (now > app->most_conversations)
		app->most_conversations = now;
	if (app->most_conversations < TRIM_LEAST || now > app->most_conversations / 2)
		return;
	app->most_conversations = now;
	malloc_trim(0);
}

static int on_tick(sd_event_source *source, uint64_t usec, void *data)
{
	struct app *app = data;

	(void)usec;
	app->ticks++;
	if (app->ticks % GEO_TICKS == 0 && geo_check(app->geo))
		remotes_describe_all(&app->model->remotes);
	app_names_tick(app);
	app_devices_tick(app);
	if (app->model->reclassify)
		app_home_reclassify(app);
	if (app_home_forwarding() != app->forwarding)
		rtnl_refresh(app->rtnl);
	if (app->ticks % ROOM_TICKS == 0 && model_has_room(app->model))
		app_home_reclassify(app);
	if (app->ticks % SWEEP_TICKS == 0)
		sweep(app);
	if (app->ticks == START_TICKS && app->source)
		start_feed(app);
	app_report_tick(app);
	sd_event_source_set_time_relative(source, SECOND_US);
	sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	return 0;
}

static int make_loop(struct app *app)
{
	sigset_t signals;
	int r;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
		return -errno;
	signal(SIGPIPE, SIG_IGN);
	r = sd_event_new(&app->event);
	if (r >= 0)
		r = sd_event_add_signal(app->event, NULL, SIGTERM, NULL, NULL);
	if (r >= 0)
		r = sd_event_add_signal(app->event, NULL, SIGINT, NULL, NULL);
	if (r >= 0)
		r = sd_event_set_watchdog(app->event, true);
	if (r >= 0)
		r = sd_event_add_time_relative(app->event, &app->tick, CLOCK_MONOTONIC, SECOND_US, 0, on_tick,
					       app);
	return r < 0 ? r : 0;
}

static int make_model(struct app *app)
{
	static const struct ct_listener listener = {on_added, on_changed, on_ended};
	const struct settings *s = &app->settings;
	const struct model_options options = {
	    .site = s->site,
	    .clock_base = app->clock_base,
	    .max_devices = (uint32_t)s->max_devices,
	    .max_remotes = (uint32_t)s->max_remotes,
	    .max_conversations = (uint32_t)s->max_conversations,
	    .max_lookups = (uint32_t)s->max_lookups,
	    .max_answers = (uint32_t)s->max_answers,
	    .names_keep = (uint64_t)s->names_keep * 1000,
	    .max_high_ports = (uint32_t)s->max_high_ports,
	    .describe = describe,
	    .describe_name = app_names_describe,
	    .namer = app_devices_name,
	    .data = app,
	};
	const struct geo_options geo = {
	    .city = s->city,
	    .asn = s->asn,
	    .attribution = s->attribution,
	    .copy_folder = s->copy_folder,
	};
	int r = ct_table_new(&app->table, (size_t)s->max_connections, &listener, app);

	if (r >= 0)
		r = model_new(&app->model, &app->watch, &options);
	if (r >= 0)
		r = connections_new(&app->connections, app->table, app->model, &app->watch);
	if (r >= 0)
		r = geo_new(&app->geo, &app->model->sources, &geo, app_report_geo, app);
	if (r == -EINVAL)
		log_error("The options geo.city and geo.asn take at most %d files each.", GEO_FILES_MAX);
	return r;
}

static int make_feed(struct app *app)
{
	const struct settings *s = &app->settings;
	struct topic_source source;
	struct feed_options options = {
	    .site = s->site,
	    .epoch = {.start = clock_unix_ms()},
	    .clock_base = app->clock_base,
	    .unacknowledged_max = (size_t)s->unacknowledged_max,
	    .keyframe_limit = (uint64_t)s->keyframe_limit,
	    .flush_ms = (uint32_t)s->flush_ms,
	    .deflate_level = (int)s->deflate_level,
	    .deflate_from = (size_t)s->deflate_from,
	};
	int r;

	if (getrandom(&options.epoch.random, sizeof(options.epoch.random), 0) < 0)
		return -errno;
	/* The options' check has read it before. */
	redis_endpoint_parse(&options.endpoint, s->redis);
	r = feed_new(&app->feed, app->event, &options, &app_report_listener, app);
	if (r < 0)
		return r;
	app->watch.news = feed_news;
	app->watch.data = app->feed;
	r = overview_new(&app->overview, app->model);
	if (r < 0)
		return r;
	source = overview_source(app->overview);
	r = feed_add_topic(app->feed, "overview", &source);
	if (r < 0)
		return r;
	source = connections_source(app->connections);
	return feed_add_topic(app->feed, "connections", &source);
}

static int make(struct app *app)
{
	int r = make_loop(app);

	if (r >= 0)
		r = make_model(app);
	if (r >= 0)
		r = app_names_make(app);
	if (r >= 0)
		r = app_devices_make(app);
	if (r >= 0)
		r = make_feed(app);
	if (r < 0)
		return r;
	geo_check(app->geo);
	return rtnl_new(&app->rtnl, app->event, &app_home_listener, app);
}

static void take_down(struct app *app)
{
	ct_source_free(app->source);
	rtnl_free(app->rtnl);
	app_names_free(app);
	app_devices_free(app);
	feed_free(app->feed);
	app->watch.news = NULL;
	overview_free(app->overview);
	connections_free(app->connections);
	geo_free(app->geo);
	ct_table_free(app->table);
	model_free(app->model);
	sd_event_source_disable_unref(app->tick);
	sd_event_unref(app->event);
}

static enum log_level log_level_of(const char *word)
{
	return !strcmp(word, "error")	  ? LOG_LEVEL_ERROR
	       : !strcmp(word, "warning") ? LOG_LEVEL_WARNING
	       : !strcmp(word, "info")	  ? LOG_LEVEL_INFO
					  : LOG_LEVEL_DEBUG;
}

static int run(struct app *app)
{
	int r = make(app);

	if (r < 0) {
		log_error("The collector cannot start: %s.", strerror(-r));
		return STATUS_FAILED;
	}
	log_info("Watching the connection table of this machine for the site %s, version %s.",
		 app->settings.site, CONNVIS_VERSION);
	r = sd_event_loop(app->event);
	sd_notify(0, "STOPPING=1");
	if (r < 0)
		log_error("The event loop failed: %s.", strerror(-r));
	else if (r == 0)
		log_info("Ending: a signal asked for it.");
	return r < 0 ? STATUS_FAILED : r;
}

int app_main(int argc, char **argv)
{
	static struct app app;
	enum config_action action;
	int r;

	if (options_load(&app.settings, argc, argv, &action) < 0)
		return STATUS_OPTIONS;
	if (action == CONFIG_EXIT_OK)
		return 0;
	if (action == CONFIG_CHECK) {
		puts("The configuration is good.");
		return 0;
	}
	log_open("connvis-collector", log_level_of(app.settings.log_level));
	app.clock_base = clock_ms();
	r = run(&app);
	take_down(&app);
	return r;
}
