/* SPDX-License-Identifier: MIT */
/*
 * What became of conversations that are not kept one by one any more: their amounts, added up for each device and
 * whom it talked with, so that the sums of the session stay right. When there are too many, what more a device
 * talked with goes into one sum without further facts.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "chain.h"
#include "device.h"
#include "map.h"
#include "name.h"
#include "remote_facts.h"
#include "row.h"
#include "shared.h"
#include "traffic.h"

/* Whom with. */
struct sum_facts {
	struct company *company; /* or NULL */
	const char *domain; /* where there is no company: of the name that the device looked up; or NULL */
	struct network_row *network; /* where there is neither; or NULL */
	enum special special;
	uint8_t category;
	char country[3]; /* empty: unknown */
};

struct sum_amounts {
	struct traffic traffic;
	int64_t active, seen;	       /* ms on the collector's clock */
	uint32_t conversations, total; /* total: connections */
};

struct sum {
	struct row row;
	struct row naming; /* its name, in a table of its own if it has one */
	struct map_node node;
	struct device *device; /* NULL: of devices that had to make room */
	struct chain of_device;
	struct name *name;		  /* whose text facts.domain is, or NULL */
	struct sum_facts facts;		  /* refers to what it names */
	struct sum_amounts amounts, sent; /* sent: the feed's own, what viewers know */
};

struct sums {
	struct row_table table, naming;
	struct map map;
	struct chain of_nobody;
	struct shared *shared;
	struct names *names;
	uint32_t max;
};

/* < 0, 0, > 0, in an order that means nothing but that equals stand together. */
int sum_facts_compare(const struct sum_facts *a, const struct sum_facts *b);
/* to: zeroed, or what such a call made of it. */
void sum_amounts_add(struct sum_amounts *to, const struct sum_amounts *more);

/* watch, shared, names: borrowed. max: beside one for each device. */
void sums_init(struct sums *s, struct row_watch *watch, struct shared *shared, struct names *names,
	       uint32_t max);
void sums_done(struct sums *s);
/* Frees all sums: a new session. */
void sums_clear(struct sums *s);

/* device: NULL for one that is not kept. facts: borrowed. Without memory the amounts are lost. */
void sums_add(struct sums *s, struct device *device, const struct sum_facts *facts,
	      const struct sum_amounts *amounts);
/* The device goes: its sums go to its successor, or stay as nobody's. */
void sums_device_leaves(struct sums *s, struct device *device);

/* Forgets those of the device, and adds what they say to *ret. */
void sums_forget_device(struct sums *s, struct device *device, struct sum_amounts *ret);
/* What has such a name goes into sums that have none. */
void sums_forget_names(struct sums *s, bool (*is)(const void *data, const char *name), const void *data);

#define SUM_OF(row_pointer) CONTAINER_OF(row_pointer, struct sum, row)
