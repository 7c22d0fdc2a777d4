/* SPDX-License-Identifier: MIT */
/* What --status is told. */
#include <inttypes.h>
#include <string.h>
#include <sys/epoll.h>

#include "collector_private.h"
#include "log.h"
#include "util.h"

#define LATE_MS 5000 /* beyond the interval: a dump that does not come */

/* What has a limit, by its option's name. Lookups are no fault: the oldest go, as they would with time. */
static const struct {
	enum site_column left_out;
	const char *one, *many;
} limits[COLLECTOR_LIMITS] = {
    {SITE_FULL_CONNECTIONS, "connection", "connections"},
    {SITE_FULL_DEVICES, "device", "devices"},
    {SITE_FULL_REMOTES, "remote", "remotes"},
    {SITE_FULL_CONVERSATIONS, "conversation", "conversations"},
};

static void say_rows(const struct collector *collector, struct status *s)
{
	const struct model *m = collector->model;
	char connections[STATUS_NUMBER_MAX], devices[STATUS_NUMBER_MAX], remotes[STATUS_NUMBER_MAX],
	    conversations[STATUS_NUMBER_MAX], lookups[STATUS_NUMBER_MAX];

	status_number(connections, ct_table_count(collector->table), "connection", "connections");
	status_number(devices, m->devices.table.count, "device", "devices");
	status_number(remotes, m->remotes.table.count, "remote", "remotes");
	status_number(conversations, m->conversations.table.count, "conversation", "conversations");
	status_number(lookups, m->lookups.table.count, "lookup", "lookups");
	status_say(s, "It knows of %s, %s, %s, %s and %s.", connections, devices, remotes, conversations,
		   lookups);
}

static void say_start(struct collector *collector, struct status *s)
{
	char time[32];

	status_say(
	    s, "connvis-collector %s watches the connections of this machine for the site %s, since %s.",
	    CONNVIS_VERSION, collector->options.site, status_time(time, clock_ms() - collector->clock_base));
	if (collector->model->home.mode == HOME_MACHINE)
		status_say(
		    s, "This machine forwards for no home network: it is the one device that is watched.");
	say_rows(collector, s);
}

static void say_source(struct collector *collector, struct status *s)
{
	struct ct_source_status status;
	uint64_t age = clock_ms() - (collector->dumped ? collector->dumped : collector->clock_base);
	char time[32], number[STATUS_NUMBER_MAX];

	if (!collector->source) {
		status_wrong(s, "The connection table is not read yet: it is not known what is home.");
		return;
	}
	ct_source_get_status(collector->source, &status);
	if (age > status.interval + LATE_MS)
		status_wrong(s, "The connection table has not been read for %s.", status_time(time, age));
	else
		status_say(s, "The connection table is read every %.1f s, which takes %.1f ms of a CPU.",
			   (double)status.interval / 1000, (double)status.dump_cost / 1000);
	if (collector->dumped && !status.accounting)
		status_wrong(
		    s,
		    "The kernel does not count packets and bytes: \"sysctl net.netfilter.nf_conntrack_acct=1\" turns it on.");
	if (status.event_losses)
		status_say(
		    s, "The kernel lost events %s; a dump found all but what had begun and ended meanwhile.",
		    status_number(number, status.event_losses, "time", "times"));
}

static void say_redis(struct collector *collector, struct status *s)
{
	const struct collector_options *o = &collector->options;
	struct feed_status feed;
	char number[STATUS_NUMBER_MAX];

	feed_get_status(collector->feed, &feed);
	redis_fault_status(&collector->said_redis, o->redis, feed.ready, s);
	if (feed.dropped_frames)
		status_say(s, "Redis did not take %s so far.",
			   status_number(number, feed.dropped_frames, "frame", "frames"));
	if (feed.rivals)
		status_wrong(s, COLLECTOR_HAS_RIVAL, o->site);
	if (feed_is_near_limit(&feed))
		status_wrong(s, COLLECTOR_NEAR_LIMIT, feed.keyframe_bytes, feed.keyframe_limit);
	if (feed.oversized)
		status_wrong(s, COLLECTOR_OVERSIZED, FRAME_INFLATED_MAX >> 20);
	else if (feed.too_large)
		status_say(s, "A keyframe was once too large to be sent; the newest one is not.");
}

/* Is there something that does not fit now? What is refused counts once, however often it is tried. */
static bool is_left_out(const struct collector *collector, size_t i)
{
	if (grown_lately(&collector->left_out[i], clock_ms()))
		return true;
	if (limits[i].left_out == SITE_FULL_CONNECTIONS)
		return ct_table_count(collector->table) >= (size_t)collector->options.max_connections;
	return collector->model->left_out[SELECTION_SHOWN] > 0;
}

static void say_limits(const struct collector *collector, struct status *s)
{
	const uint64_t *values = collector->model->site.values;
	char number[STATUS_NUMBER_MAX];

	for (size_t i = 0; i < COLLECTOR_LIMITS; i++) {
		uint64_t n = values[limits[i].left_out];

		status_number(number, n, limits[i].one, limits[i].many);
		if (n && is_left_out(collector, i))
			status_wrong(s, "%s did not fit: raise limits.%s.", number, limits[i].many);
		else if (n)
			status_say(s, "%s did not fit some time ago; a higher limits.%s would have had room.",
				   number, limits[i].many);
	}
	if (values[SITE_FULL_LOOKUPS])
		status_say(s,
			   "For want of room it forgot %s early; a higher limits.lookups keeps them longer.",
			   status_number(number, values[SITE_FULL_LOOKUPS], "lookup", "lookups"));
}

void collector_status_tick(struct collector *collector)
{
	for (size_t i = 0; i < COLLECTOR_LIMITS; i++)
		grown_look(&collector->left_out[i], collector->model->site.values[limits[i].left_out],
			   clock_ms());
}

/* Whoever fetches data each week sees here when nothing came. */
static void say_age(struct status *s, const struct source *source)
{
	const char *called = source->name[0] ? source->name : source->type;
	time_t built = (time_t)source->built, now = (time_t)(clock_unix_ms() / 1000);
	char date[16], age[32];
	struct tm day;

	if (!source->built || !gmtime_r(&built, &day) || !strftime(date, sizeof(date), "%F", &day))
		return;
	status_say(s, "Data (%s%s%s) of %s, %s old.", source->kind, called[0] ? ": " : "", called, date,
		   status_time(age, now > built ? (unsigned long long)(now - built) * 1000 : 0));
}

/* A file that is not there may be meant so: it is said, but nothing is wrong. What is off was not asked for. */
static void say_sources(struct status *s, const struct chain *rows)
{
	CHAIN_FOR_EACH(link, rows) {
		const struct source *source = CONTAINER_OF(row_of(link), struct source, row);

		say_age(s, source);
		if (!source->detail[0] || !strcmp(source->state, "off"))
			continue;
		if (!strcmp(source->state, "broken"))
			status_wrong(s, "%s", source->detail);
		else
			status_say(s, "%s", source->detail);
	}
}

void collector_status_say(struct collector *collector, struct status *s)
{
	say_start(collector, s);
	say_source(collector, s);
	say_redis(collector, s);
	say_limits(collector, s);
	say_sources(s, &collector->model->sources.dirty);
	say_sources(s, &collector->model->sources.clean);
}

static int on_asked(sd_event_source *source, int fd, uint32_t events, void *data)
{
	struct collector *collector = data;
	struct status s;

	(void)source;
	(void)fd;
	(void)events;
	collector->turns.part = PART_TICK;
	status_begin(&s);
	collector_status_say(collector, &s);
	status_answer(&collector->status, &s);
	return 0;
}

int collector_status_make(struct collector *collector)
{
	const char *path = collector->options.status_socket;
	char sentence[STATUS_FAULT_MAX];
	int r;

	if (!*path)
		return 0;
	r = status_listen(&collector->status, path);
	if (r < 0) {
		log_sentence(status_listen_fault(sentence, r, "connvis-collector", path), sentence);
		return 0;
	}
	return sd_event_add_io(collector->event, &collector->asked, collector->status.fd, EPOLLIN, on_asked,
			       collector);
}

void collector_status_free(struct collector *collector)
{
	sd_event_source_disable_unref(collector->asked);
	status_close(&collector->status, collector->options.status_socket);
}
