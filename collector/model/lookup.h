/* SPDX-License-Identifier: MIT */
/* Lookups: a device asked for a name. One row for each device and name. When they are too many, the device that
 * has most gives up the one that it asked for longest ago. */
#pragma once

#include <stdint.h>

#include "chain.h"
#include "device.h"
#include "dns_event.h"
#include "feed_schema.h"
#include "map.h"
#include "name.h"
#include "quota.h"
#include "row.h"

struct lookup {
	struct row row;
	struct map_node node;
	struct chain age, of_device;
	struct device *device;
	struct name *name;
	int64_t asked, seen;	    /* ms on the collector's clock, negative: before its start */
	uint32_t count, sent_count; /* sent_count: the feed's own, what viewers know */
	uint8_t result;		    /* enum dns_result */
	uint8_t types;		    /* asked for last: bits of enum dns_type */
};

struct lookups {
	struct row_table table;
	struct map map;
	struct chain ages; /* asked longest ago first */
	struct quota quota;
	struct names *names;
	uint32_t max;
	uint64_t full;	/* forgotten before their time */
	uint64_t total; /* questions so far */
};

/* watch, names: borrowed. */
void lookups_init(struct lookups *l, struct row_watch *watch, struct names *names, uint32_t max);
/* Frees all lookups. Devices must still be there. */
void lookups_done(struct lookups *l);
/* Forgets all lookups: a new session. */
void lookups_clear(struct lookups *l);

/*
 * device asked for name at this time. Questions for another type of the name that come along with the first (A, AAAA
 * and HTTPS) count as one. The lookup; NULL when the name is one that is ignored, or without memory.
 */
struct lookup *lookups_ask(struct lookups *l, struct device *device, const char *name, enum dns_type type,
			   int64_t when);
/* NULL when the device did not ask for it. */
struct lookup *lookups_find(const struct lookups *l, const struct device *device, const char *name);
void lookup_set_result(struct lookups *l, struct lookup *lookup, enum dns_result result);
/* As PROTOCOL.md says it; NULL while it is unknown. */
const char *lookup_result_word(enum dns_result result);

/* Forgets those of names of which is says so, whoever asked. */
void lookups_forget_names(struct lookups *l, bool (*is)(const void *data, const char *name),
			  const void *data);
/* Forgets those that were asked before this time. */
void lookups_expire(struct lookups *l, int64_t before);
/* The device goes: its lookups go to its successor, or with it. */
void lookups_device_leaves(struct lookups *l, struct device *device);
