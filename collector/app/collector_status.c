/* SPDX-License-Identifier: MIT */
/* What --status is told. */
#include <inttypes.h>
#include <string.h>
#include <sys/epoll.h>

#include "collector_private.h"
#include "log.h"
#include "util.h"

#define LATE_MS 5000 /* beyond the interval: a dump that does not come */

static void say_start(struct collector *collector, struct status *s)
{
	char time[32];

	status_say(
	    s, "connvis-collector %s watches the connections of this machine for the site %s, since %s.",
	    CONNVIS_VERSION, collector->options.site, status_time(time, clock_ms() - collector->clock_base));
	if (collector->model->home.mode == HOME_MACHINE)
		status_say(
		    s, "This machine forwards for no home network: it is the one device that is watched.");
	status_say(
	    s,
	    "There are %zu connections, %zu devices, %zu remotes and %zu conversations; %zu lookups are known.",
	    ct_table_count(collector->table), collector->model->devices.table.count,
	    collector->model->remotes.table.count, collector->model->conversations.table.count,
	    collector->model->lookups.table.count);
}

static void say_source(struct collector *collector, struct status *s)
{
	struct ct_source_status status;
	uint64_t age = clock_ms() - (collector->dumped ? collector->dumped : collector->clock_base);
	char time[32];

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
		status_say(s, "The kernel lost events %" PRIu64 " times; each time a dump has made it good.",
			   status.event_losses);
}

static void say_redis(struct collector *collector, struct status *s)
{
	const struct collector_options *o = &collector->options;
	struct feed_status feed;

	feed_get_status(collector->feed, &feed);
	redis_fault_status(&collector->said_redis, o->redis, feed.ready, s);
	if (feed.dropped_frames)
		status_say(s, "%" PRIu64 " frames were dropped, because Redis did not take them.",
			   feed.dropped_frames);
	if (feed.rivals)
		status_wrong(s, COLLECTOR_HAS_RIVAL, o->site);
	if (feed_is_near_limit(&feed))
		status_wrong(s, COLLECTOR_NEAR_LIMIT, feed.keyframe_bytes, feed.keyframe_limit);
	if (feed.too_large)
		status_wrong(s, "A keyframe was larger than a frame may be: lower the options in [limits].");
}

static void say_limits(const struct collector *collector, struct status *s)
{
	static const struct {
		enum site_column column;
		const char *what;
	} full[] = {
	    {SITE_FULL_CONNECTIONS, "connections"}, {SITE_FULL_DEVICES, "devices"},
	    {SITE_FULL_REMOTES, "remotes"},	    {SITE_FULL_CONVERSATIONS, "conversations"},
	    {SITE_FULL_LOOKUPS, "lookups"},
	};
	const uint64_t *values = collector->model->site.values;

	for (size_t i = 0; i < ELEMENTS_OF(full); i++)
		if (values[full[i].column])
			status_wrong(s, "%" PRIu64 " %s did not fit: raise limits.%s.",
				     values[full[i].column], full[i].what, full[i].what);
}

/* A file that is not there may be meant so: it is said, but nothing is wrong. What is off was not asked for. */
static void say_sources(struct status *s, const struct chain *rows)
{
	CHAIN_FOR_EACH(link, rows) {
		const struct source *source = CONTAINER_OF(row_of(link), struct source, row);

		if (!source->detail[0] || !strcmp(source->state, "off"))
			continue;
		if (!strcmp(source->state, "broken"))
			status_wrong(s, "%s", source->detail);
		else
			status_say(s, "%s", source->detail);
	}
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
	say_start(collector, &s);
	say_source(collector, &s);
	say_redis(collector, &s);
	say_limits(collector, &s);
	say_sources(&s, &collector->model->sources.dirty);
	say_sources(&s, &collector->model->sources.clean);
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
