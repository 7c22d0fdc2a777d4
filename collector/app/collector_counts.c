/* SPDX-License-Identifier: MIT */
#include "collector_metrics.h"
#include "collector_private.h"
#include "util.h"

#define PUBLISH_TICKS 5 /* seconds */

static void set(struct collector_metrics *m, enum collector_metric metric, uint64_t value)
{
	m->values[metric] = value;
	m->given[metric] = true;
}

static void count_rows(const struct collector *collector, struct collector_metrics *m)
{
	const struct model *model = collector->model;
	const uint64_t *site = model->site.values;

	set(m, METRIC_CONNECTIONS, ct_table_count(collector->table));
	set(m, METRIC_DEVICES, model->devices.table.count);
	set(m, METRIC_REMOTES, model->remotes.table.count);
	set(m, METRIC_CONVERSATIONS, model->conversations.table.count);
	set(m, METRIC_LOOKUPS, model->lookups.table.count);
	set(m, METRIC_NAMES, model->names.table.count);
	set(m, METRIC_SUMS, model->conversations.sums.table.count);
	set(m, METRIC_FULL_CONNECTIONS, site[SITE_FULL_CONNECTIONS]);
	set(m, METRIC_FULL_DEVICES, site[SITE_FULL_DEVICES]);
	set(m, METRIC_FULL_REMOTES, site[SITE_FULL_REMOTES]);
	set(m, METRIC_FULL_CONVERSATIONS, site[SITE_FULL_CONVERSATIONS]);
	set(m, METRIC_FULL_LOOKUPS, site[SITE_FULL_LOOKUPS]);
	set(m, METRIC_UNPLACED, model->left_out[SELECTION_SHOWN]);
	set(m, METRIC_UNLISTED, site[SITE_UNLISTED]);
	set(m, METRIC_LOOKUP_LOSSES, model->lookup_losses);
}

static void count_source(const struct collector *collector, struct collector_metrics *m)
{
	struct ct_source_status status;

	if (!collector->source)
		return;
	ct_source_get_status(collector->source, &status);
	set(m, METRIC_ACCOUNTING, status.accounting);
	set(m, METRIC_DUMPS, status.dumps);
	set(m, METRIC_DUMPS_REDONE, status.redone);
	set(m, METRIC_DUMP_INTERVAL, status.interval);
	set(m, METRIC_DUMP_COST, status.dump_cost);
	set(m, METRIC_EVENT_LOSSES, status.event_losses);
	set(m, METRIC_MALFORMED, status.malformed);
}

static void count_feed(const struct collector *collector, struct collector_metrics *m)
{
	struct feed_status feed;

	feed_get_status(collector->feed, &feed);
	set(m, METRIC_REDIS_LOSSES, feed.redis_losses);
	set(m, METRIC_UNACKNOWLEDGED, feed.unacknowledged);
	set(m, METRIC_DROPPED_FRAMES, feed.dropped_frames);
	set(m, METRIC_KEYFRAME_BYTES, feed.keyframe_bytes);
	set(m, METRIC_KEYFRAME_LIMIT, feed.keyframe_limit);
	set(m, METRIC_RIVALS, feed.rivals);
}

void collector_counts_tick(struct collector *collector)
{
	const struct turn_record *turns = &collector->turns.meter.whole;
	struct collector_metrics m = {};
	char text[COLLECTOR_METRICS_MOST];

	if (collector->ticks % PUBLISH_TICKS)
		return;
	set(&m, METRIC_UPTIME, clock_ms() - collector->clock_base);
	set(&m, METRIC_TURN_MINUTE, turn_record_minute(turns, clock_us()).us);
	set(&m, METRIC_TURN_START, turns->ever.us);
	set(&m, METRIC_COMMANDS_DONE, collector->commands_done);
	set(&m, METRIC_COMMANDS_REFUSED, collector->commands_refused);
	count_rows(collector, &m);
	count_source(collector, &m);
	count_feed(collector, &m);
	feed_publish_metrics(collector->feed, text, collector_metrics_write(&m, text));
}
