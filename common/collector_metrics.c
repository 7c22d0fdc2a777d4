/* SPDX-License-Identifier: MIT */
#include "collector_metrics.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

#define MS 1000
#define US 1000000

const struct collector_metric_row collector_metric_rows[COLLECTOR_METRICS] = {
    [METRIC_UPTIME] = {"uptime", "uptime_seconds", NULL, "gauge", "Since the collector has begun.", MS},
    [METRIC_CONNECTIONS] = {"rows.connections", "rows", "table=\"connections\"", "gauge",
			    "What the collector keeps.", 1},
    [METRIC_DEVICES] = {"rows.devices", "rows", "table=\"devices\"", "gauge", NULL, 1},
    [METRIC_REMOTES] = {"rows.remotes", "rows", "table=\"remotes\"", "gauge", NULL, 1},
    [METRIC_CONVERSATIONS] = {"rows.conversations", "rows", "table=\"conversations\"", "gauge", NULL, 1},
    [METRIC_LOOKUPS] = {"rows.lookups", "rows", "table=\"lookups\"", "gauge", NULL, 1},
    [METRIC_NAMES] = {"rows.names", "rows", "table=\"names\"", "gauge", NULL, 1},
    [METRIC_SUMS] = {"rows.sums", "rows", "table=\"sums\"", "gauge", NULL, 1},
    [METRIC_FULL_CONNECTIONS] = {"full.connections", "left_out_total", "table=\"connections\"", "counter",
				 "What did not fit, by the options of limits.", 1},
    [METRIC_FULL_DEVICES] = {"full.devices", "left_out_total", "table=\"devices\"", "counter", NULL, 1},
    [METRIC_FULL_REMOTES] = {"full.remotes", "left_out_total", "table=\"remotes\"", "counter", NULL, 1},
    [METRIC_FULL_CONVERSATIONS] = {"full.conversations", "left_out_total", "table=\"conversations\"",
				   "counter", NULL, 1},
    [METRIC_FULL_LOOKUPS] = {"full.lookups", "left_out_total", "table=\"lookups\"", "counter", NULL, 1},
    [METRIC_UNPLACED] =
	{"unplaced", "unplaced_connections", NULL, "gauge",
	 "Connections that are shown nowhere now, for want of room for a device, a remote or a conversation.",
	 1},
    [METRIC_UNLISTED] = {"unlisted", "unlisted_connections", NULL, "gauge",
			 "Connections that do not fit into a frame of their topic.", 1},
    [METRIC_ACCOUNTING] = {"accounting", "accounting", NULL, "gauge",
			   "1 while the kernel counts packets and bytes.", 1},
    [METRIC_DUMPS] = {"dumps", "dumps_total", NULL, "counter", "Times that the connection table was read.",
		      1},
    [METRIC_DUMPS_REDONE] = {"dumps.redone", "dumps_redone_total", NULL, "counter",
			     "Times that reading it was begun again.", 1},
    [METRIC_DUMP_INTERVAL] = {"dump.interval", "dump_interval_seconds", NULL, "gauge",
			      "Time between two readings of it.", MS},
    [METRIC_DUMP_COST] = {"dump.cost", "dump_cost_seconds", NULL, "gauge",
			  "CPU time that the last reading took.", US},
    [METRIC_EVENT_LOSSES] =
	{"event.losses", "event_losses_total", NULL, "counter",
	 "Times that the kernel lost events; a reading found all but what had begun and ended meanwhile.", 1},
    [METRIC_MALFORMED] = {"malformed", "malformed_messages_total", NULL, "counter",
			  "Messages of the kernel that could not be read.", 1},
    [METRIC_LOOKUP_LOSSES] = {"lookup.losses", "lookup_losses_total", NULL, "counter",
			      "Lookups that were lost, because they came too fast.", 1},
    [METRIC_REDIS_LOSSES] = {"redis.losses", "redis_losses_total", NULL, "counter",
			     "Times that the connection to Redis was lost.", 1},
    [METRIC_UNACKNOWLEDGED] = {"unacknowledged", "unacknowledged_bytes", NULL, "gauge",
			       "Bytes of frames that Redis has not acknowledged.", 1},
    [METRIC_DROPPED_FRAMES] = {"frames.dropped", "frames_dropped_total", NULL, "counter",
			       "Frames that Redis did not take.", 1},
    [METRIC_KEYFRAME_BYTES] = {"keyframe.bytes", "keyframe_bytes", NULL, "gauge",
			       "Bytes of the largest keyframe.", 1},
    [METRIC_KEYFRAME_LIMIT] = {"keyframe.limit", "keyframe_limit_bytes", NULL, "gauge",
			       "Bytes at which Redis cuts a subscriber off.", 1},
    [METRIC_RIVALS] = {"rivals", "rivals", NULL, "gauge",
		       "1 while another collector publishes under the site's name.", 1},
    [METRIC_COMMANDS_DONE] = {"commands.done", "commands_total", "result=\"done\"", "counter",
			      "What viewers asked for.", 1},
    [METRIC_COMMANDS_REFUSED] = {"commands.refused", "commands_total", "result=\"refused\"", "counter", NULL,
				 1},
    [METRIC_TURN_MINUTE] = {"turn.minute", "longest_turn_seconds", "since=\"minute\"", "gauge",
			    "The longest that everything else had to wait for one turn of the loop.", US},
    [METRIC_TURN_START] = {"turn.start", "longest_turn_seconds", "since=\"start\"", "gauge", NULL, US},
};

size_t collector_metrics_write(const struct collector_metrics *m, char buffer[COLLECTOR_METRICS_MOST])
{
	size_t used = 0;

	for (int i = 0; i < COLLECTOR_METRICS; i++)
		if (m->given[i])
			used +=
			    (size_t)snprintf(buffer + used, COLLECTOR_METRICS_MOST - used, "%s %" PRIu64 "\n",
					     collector_metric_rows[i].key, m->values[i]);
	return used;
}

static void take(struct collector_metrics *m, struct text key, uint64_t value)
{
	for (int i = 0; i < COLLECTOR_METRICS; i++)
		if (text_is(key, collector_metric_rows[i].key)) {
			m->values[i] = value;
			m->given[i] = true;
		}
}

int collector_metrics_read(struct collector_metrics *ret, const void *bytes, size_t length)
{
	struct collector_metrics m = {};
	struct text rest = {bytes, length};

	if (length > COLLECTOR_METRICS_MOST || (length && rest.at[length - 1] != '\n'))
		return -EBADMSG;
	while (rest.length) {
		struct text line = text_take_until(&rest, '\n'), key = text_take_until(&line, ' ');
		uint64_t value;

		if (!key.length || !text_take_number(&line, UINT64_MAX, &value) || line.length)
			return -EBADMSG;
		take(&m, key, value);
	}
	*ret = m;
	return 0;
}
