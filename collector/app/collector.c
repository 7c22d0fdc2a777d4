/* SPDX-License-Identifier: MIT */
#include "collector.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "collector_private.h"
#include "describe.h"
#include "log.h"
#include "privileges.h"
#include "state_folder.h"
#include "util.h"

#define SECOND_US 1000000ull
#define SWEEP_TICKS 10		 /* seconds between two looks for devices that nothing speaks for */
#define ROOM_TICKS 5		 /* seconds between two attempts to fit in what did not fit */
#define TRIM_LEAST 1000		 /* conversations that are worth giving memory back for */
#define START_TICKS 3		 /* seconds that the first frame waits for the first dump */
#define READING_PATIENCE_MS 500	 /* at the end, for a file that is still read */
#define WRITING_PATIENCE_MS 2000 /* at the end, for what is still to be written */

static void on_added(void *data, struct ct_connection *c)
{
	struct collector *collector = data;

	collector->turns.part = PART_DUMP;
	model_connection_added(collector->model, c);
	connections_added(collector->connections, c);
}

static void on_changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct collector *collector = data;

	collector->turns.part = PART_DUMP;
	model_connection_changed(collector->model, c, change);
	connections_changed(collector->connections, c, change);
}

static void on_ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct collector *collector = data;

	collector->turns.part = PART_DUMP;
	model_connection_ended(collector->model, c, change);
	connections_ended(collector->connections, c);
}

static void start_feed(struct collector *collector)
{
	if (collector->feed_started)
		return;
	/* Those that a session of before told of. */
	collector_wishes_settle(collector);
	collector->feed_started = true;
	feed_start(collector->feed);
	sd_notify(0, "READY=1");
}

static void on_read(void *data, bool dump)
{
	struct collector *collector = data;

	collector->turns.part = PART_DUMP;
	if (!dump)
		return;
	collector->dumped = clock_ms();
	conversations_look(&collector->model->conversations, model_now(collector->model));
	if (model_look_back(collector->model, collector->table))
		collector_history_over(collector);
	collector_session_dumped(collector);
	collector_report_source(collector);
	start_feed(collector);
}

void collector_start_source(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	const struct ct_source_options options = {
	    .events = o->events,
	    .interval = (uint32_t)o->interval,
	    .cpu_budget = (uint32_t)o->cpu_budget,
	    .receive_buffer = (uint32_t)o->receive_buffer,
	};
	int r;

	if (collector->source)
		return;
	r = ct_source_new(&collector->source, collector->event, collector->table, &options,
			  collector->clock_base, on_read, collector);
	if (r == -EPERM)
		log_error(
		    "Reading the connection table needs the capability CAP_NET_ADMIN: run as root, or with AmbientCapabilities=CAP_NET_ADMIN in the systemd unit.");
	else if (r == -EPROTONOSUPPORT)
		log_error(
		    "This kernel does not give its connection table away: load the module with \"modprobe nf_conntrack_netlink\".");
	else if (r < 0)
		log_error("The connection table cannot be read: %s.", strerror(-r));
	if (r < 0) {
		sd_event_exit(collector->event, CONFIG_STATUS_FAILED);
		return;
	}
	collector_names_start(collector);
	if (!o->drop_capabilities)
		return;
	r = privileges_drop();
	if (r < 0)
		log_warning("Capabilities that are not needed could not be given up: %s.", strerror(-r));
}

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	struct collector *collector = data;

	describe_remote(&collector->model->home, collector->geo, a, ret);
	collector_names_own(collector, a, ret);
}

/* After a flush, or a night, give the memory back that the busy hours took. */
static void sweep(struct collector *collector)
{
	size_t now = collector->model->conversations.table.count;

	devices_sweep(&collector->model->devices);
	if (now > collector->most_conversations)
		collector->most_conversations = now;
	if (collector->most_conversations < TRIM_LEAST || now > collector->most_conversations / 2)
		return;
	collector->most_conversations = now;
	malloc_trim(0);
}

/* A row id is never used twice in an epoch: the next one has them all again. */
static void begin_anew(struct collector *collector)
{
	log_info(
	    "Beginning anew, since nearly all row ids of this run are used up: it is as after a restart.");
	collector->begins_anew = true;
	sd_event_exit(collector->event, CONFIG_STATUS_GOOD);
}

static int on_tick(sd_event_source *source, uint64_t usec, void *data)
{
	struct collector *collector = data;

	(void)usec;
	collector->turns.part = PART_TICK;
	collector->ticks++;
	geo_check(collector->geo);
	collector_names_tick(collector);
	collector_devices_tick(collector);
	collector_session_tick(collector);
	collector_history_tick(collector);
	/* What devices looked up may have asked for it. */
	if (model_is_refreshing(collector->model))
		collector_refresh(collector, 0);
	if (collector->ticks % ROOM_TICKS == 0 && model_has_room(collector->model))
		collector_refresh(collector, MODEL_CONNECTIONS);
	if (collector->ticks % SWEEP_TICKS == 0 ||
	    (collector->model->devices.without_self && collector->model->devices.self))
		sweep(collector);
	if (collector->ticks == START_TICKS && collector->source)
		start_feed(collector);
	collector_report_tick(collector);
	collector_counts_tick(collector);
	collector_status_tick(collector);
	if (row_ids_run_out(ct_table_last_row(collector->table)) ||
	    model_topic_ids_run_out(collector->overview) || model_topic_ids_run_out(collector->identities) ||
	    model_topic_ids_run_out(collector->lookups) || model_topic_ids_run_out(collector->history))
		begin_anew(collector);
	sd_event_source_set_time_relative(source, SECOND_US);
	sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	return 0;
}

static int make_loop(struct collector *collector)
{
	sigset_t signals;
	int r;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
		return -errno;
	signal(SIGPIPE, SIG_IGN);
	r = sd_event_new(&collector->event);
	if (r >= 0)
		r = sd_event_add_signal(collector->event, NULL, SIGTERM, NULL, NULL);
	if (r >= 0)
		r = sd_event_add_signal(collector->event, NULL, SIGINT, NULL, NULL);
	if (r >= 0)
		r = collector_reload_make(collector);
	if (r >= 0)
		r = sd_event_set_watchdog(collector->event, true);
	if (r >= 0)
		r = worker_new(&collector->reader, collector->event);
	if (r >= 0)
		r = worker_new(&collector->writer, collector->event);
	if (r >= 0)
		r = sd_event_add_time_relative(collector->event, &collector->tick, CLOCK_MONOTONIC, SECOND_US,
					       0, on_tick, collector);
	return r < 0 ? r : 0;
}

static void on_places(void *data)
{
	struct collector *collector = data;

	collector->turns.part = PART_FILES;
	collector_refresh(collector, MODEL_REMOTES);
}

static int make_model(struct collector *collector)
{
	static const struct ct_listener listener = {on_added, on_changed, on_ended};
	const struct collector_options *o = &collector->options;
	const struct model_options options = {
	    .site = o->site,
	    .clock_base = collector->clock_base,
	    .max_devices = (uint32_t)o->max_devices,
	    .max_remotes = (uint32_t)o->max_remotes,
	    .conversations =
		{
		    .max = (uint32_t)o->max_conversations,
		    .max_ended = (uint32_t)o->max_ended,
		    .max_sums = (uint32_t)o->max_sums,
		    .max_high_ports = (uint32_t)o->max_high_ports,
		},
	    .max_lookups = (uint32_t)o->max_lookups,
	    .max_answers = (uint32_t)o->max_answers,
	    .names_keep = (uint64_t)o->names_keep * 1000,
	    .describe = describe,
	    .describe_name = collector_names_describe,
	    .purpose = knowledge_purpose,
	    .ignores = collector_names_ignores,
	    .namer = collector_devices_name,
	    .wisher = collector_wishes_of,
	    .tells = collector_wishes_tell,
	    .data = collector,
	};
	const struct geo_options geo = {
	    .city = &o->city,
	    .asn = &o->asn,
	    .attribution = o->attribution,
	    .copy_folder = o->copy_folder,
	};
	int r = ct_table_new(&collector->table, (size_t)o->max_connections, &listener, collector);

	if (r >= 0)
		r = model_new(&collector->model, &collector->watch, &options);
	if (r >= 0)
		history_keep(&collector->model->history, (uint32_t)o->history_hours);
	if (r >= 0)
		r = connections_new(&collector->connections, collector->table, collector->model,
				    &collector->watch, CONNECTIONS_MOST);
	if (r >= 0)
		r = geo_new(&collector->geo, collector->event, collector->reader, &collector->model->sources,
			    &geo, collector_report_file, on_places, collector);
	return r;
}

static void make_state_folder(const struct collector *collector)
{
	const char *path = collector->options.state_folder;
	int r = state_folder_create(path);

	if (r < 0)
		log_warning("The folder %s cannot be created (%s): what is kept there is lost at the end.",
			    path, strerror(-r));
}

static int make(struct collector *collector)
{
	int r = make_loop(collector);

	make_state_folder(collector);

	if (r >= 0)
		r = make_model(collector);
	if (r >= 0)
		r = collector_names_make(collector);
	if (r >= 0)
		r = collector_devices_make(collector);
	if (r >= 0)
		r = collector_commands_make(collector);
	if (r >= 0)
		r = collector_session_make(collector);
	if (r >= 0)
		r = collector_history_make(collector);
	if (r >= 0)
		r = collector_feed_make(collector);
	if (r < 0)
		return r;
	geo_check(collector->geo);
	r = collector_status_make(collector);
	if (r < 0)
		return r;
	return rtnl_new(&collector->rtnl, collector->event, &collector_home_listener, collector);
}

static void take_down(struct collector *collector)
{
	collector_status_free(collector);
	collector_commands_free(collector);
	ct_source_free(collector->source);
	rtnl_free(collector->rtnl);
	worker_free(collector->reader, false, READING_PATIENCE_MS);
	collector_session_end(collector);
	collector_history_end(collector);
	collector_names_free(collector);
	collector_devices_free(collector);
	feed_free(collector->feed);
	collector->watch.changed = NULL;
	model_topic_free(collector->overview);
	model_topic_free(collector->identities);
	model_topic_free(collector->lookups);
	model_topic_free(collector->history);
	connections_free(collector->connections);
	geo_free(collector->geo);
	ct_table_free(collector->table);
	worker_free(collector->writer, true, WRITING_PATIENCE_MS);
	collector_session_free(collector);
	collector_history_free(collector);
	model_free(collector->model);
	sd_event_source_disable_unref(collector->refresh);
	sd_event_source_disable_unref(collector->tick);
	sd_event_unref(collector->event);
}

static void on_turn_over(void *data)
{
	struct collector *collector = data;
	struct feed_status feed;

	if (collector->turns.part != PART_FRAMES && collector->turns.part != PART_OTHER)
		return;
	feed_get_status(collector->feed, &feed);
	if (feed.keyframe_steps != collector->keyframe_steps)
		collector->turns.part = PART_KEYFRAME;
	collector->keyframe_steps = feed.keyframe_steps;
}

static int run(struct collector *collector)
{
	int r = make(collector);

	if (r < 0) {
		log_error("The collector cannot start: %s.", strerror(-r));
		return CONFIG_STATUS_FAILED;
	}
	log_info("Watching the connection table of this machine for the site %s, version %s.",
		 collector->options.site, CONNVIS_VERSION);
	r = collector_turns_run(&collector->turns, collector->event, on_turn_over, collector);
	if (!collector->begins_anew)
		sd_notify(0, "STOPPING=1");
	if (r < 0)
		log_error("The event loop failed: %s.", strerror(-r));
	else if (r == 0 && !collector->begins_anew)
		log_info("Ending: a signal asked for it.");
	return r < 0 ? CONFIG_STATUS_FAILED : r;
}

int collector_main(int argc, char **argv)
{
	static struct collector collector;
	enum config_action action;
	int r;

	r = collector_options_load(&collector.options, argc, argv, &action);
	if (r < 0)
		return r == -EINVAL ? CONFIG_STATUS_WRONG : CONFIG_STATUS_FAILED;
	r = CONFIG_STATUS_GOOD;
	if (action == CONFIG_ASK)
		r = status_ask("connvis-collector", collector.options.status_socket, stdout);
	if (action == CONFIG_RUN) {
		log_open("connvis-collector", (enum log_level)collector.options.log_level);
		do {
			collector = (struct collector){
			    .options = collector.options,
			    .argc = argc,
			    .argv = argv,
			    .clock_base = clock_ms(),
			    .status = {-1, -1},
			};
			r = run(&collector);
			take_down(&collector);
		} while (collector.begins_anew);
	}
	collector_options_done(&collector.options);
	return r;
}
