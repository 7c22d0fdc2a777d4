/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <sys/random.h>

#include "collector_private.h"
#include "history_topic.h"
#include "identities.h"
#include "lookups_topic.h"
#include "util.h"

static int find_redis(struct redis_endpoint *ret, const struct collector_options *o)
{
	return redis_endpoint_set(ret, o->redis, o->redis_user, o->redis_password_file);
}

static int add_tables(struct collector *collector, const char *name, struct model_topic *topic)
{
	const struct topic_source source = model_topic_source(topic);

	return feed_add_topic(collector->feed, name, &source);
}

int collector_feed_make(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	struct topic_source source;
	struct feed_options options = {
	    .site = o->site,
	    .epoch = {.start = clock_unix_ms()},
	    .clock_base = collector->clock_base,
	    .unacknowledged_max = (size_t)o->unacknowledged_max,
	    .keyframe_limit = (uint64_t)o->keyframe_limit,
	    .flush_ms = (uint32_t)o->flush_ms,
	    .deflate_level = (int)o->deflate_level,
	    .deflate_from = (size_t)o->deflate_from,
	};
	int r = find_redis(&options.endpoint, o);

	if (r >= 0 && getrandom(&options.epoch.random, sizeof(options.epoch.random), 0) < 0)
		r = -errno;
	collector->commands.epoch = options.epoch;
	if (r >= 0)
		r = feed_new(&collector->feed, collector->event, &options, &collector_report_listener,
			     collector);
	if (r < 0)
		return r;
	collector->watch.changed = feed_changed;
	collector->watch.data = collector->feed;
	r = overview_new(&collector->overview, collector->model);
	if (r >= 0)
		r = identities_new(&collector->identities, collector->model);
	if (r >= 0)
		r = lookups_topic_new(&collector->lookups, collector->model);
	if (r >= 0)
		r = history_topic_new(&collector->history, &collector->model->history);
	if (r >= 0)
		r = add_tables(collector, "overview", collector->overview);
	if (r >= 0)
		r = add_tables(collector, "identities", collector->identities);
	if (r >= 0)
		r = add_tables(collector, "lookups", collector->lookups);
	if (r >= 0)
		r = add_tables(collector, "history", collector->history);
	if (r < 0)
		return r;
	source = connections_source(collector->connections);
	return feed_add_topic(collector->feed, "connections", &source);
}

void collector_feed_change(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	struct redis_endpoint endpoint;

	/* That it is there is said anew, with its name; why the other was not says nothing of it. */
	if (find_redis(&endpoint, o) >= 0 &&
	    feed_change(collector->feed, &endpoint, (size_t)o->unacknowledged_max, (uint32_t)o->flush_ms))
		collector->said_redis = (struct redis_said){};
}
