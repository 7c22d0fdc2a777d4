/* SPDX-License-Identifier: MIT */
/*
 * What a collector counts, on its way to the broadcaster's /metrics: a message of lines "key number" (PROTOCOL.md,
 * "Redis"). One table has the keys, and what Prometheus is told of them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COLLECTOR_METRICS_MOST 8192 /* bytes of a message */

enum collector_metric {
	METRIC_UPTIME,
	METRIC_CONNECTIONS,
	METRIC_DEVICES,
	METRIC_REMOTES,
	METRIC_CONVERSATIONS,
	METRIC_LOOKUPS,
	METRIC_NAMES,
	METRIC_SUMS,
	METRIC_FULL_CONNECTIONS,
	METRIC_FULL_DEVICES,
	METRIC_FULL_REMOTES,
	METRIC_FULL_CONVERSATIONS,
	METRIC_FULL_LOOKUPS,
	METRIC_UNPLACED,
	METRIC_UNLISTED,
	METRIC_ACCOUNTING,
	METRIC_DUMPS,
	METRIC_DUMPS_REDONE,
	METRIC_DUMP_INTERVAL,
	METRIC_DUMP_COST,
	METRIC_EVENT_LOSSES,
	METRIC_MALFORMED,
	METRIC_LOOKUP_LOSSES,
	METRIC_REDIS_LOSSES,
	METRIC_UNACKNOWLEDGED,
	METRIC_DROPPED_FRAMES,
	METRIC_KEYFRAME_BYTES,
	METRIC_KEYFRAME_LIMIT,
	METRIC_RIVALS,
	METRIC_COMMANDS_DONE,
	METRIC_COMMANDS_REFUSED,
	METRIC_TURN_MINUTE,
	METRIC_TURN_START,
	COLLECTOR_METRICS,
};

/* Rows of one name stand together. */
struct collector_metric_row {
	const char *key;
	const char *name;  /* of the metric, after "connvis_collector_" */
	const char *label; /* a label of its own, as it is written: table="devices"; or NULL */
	const char *type;  /* counter or gauge */
	const char *help;  /* of the name's first row; NULL in the others */
	unsigned per;	   /* what is sent is so many times what Prometheus is told */
};

extern const struct collector_metric_row collector_metric_rows[COLLECTOR_METRICS];

struct collector_metrics {
	uint64_t values[COLLECTOR_METRICS];
	bool given[COLLECTOR_METRICS];
};

/* Writes all that is given; the length. */
size_t collector_metrics_write(const struct collector_metrics *m, char buffer[COLLECTOR_METRICS_MOST]);
/* Reads a message: bytes from outside. Keys that are not known are skipped, for the collector may be newer. 0; -EBADMSG,
 * with ret as it was. */
int collector_metrics_read(struct collector_metrics *ret, const void *bytes, size_t length);
