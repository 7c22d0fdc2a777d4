/* SPDX-License-Identifier: MIT */
/* The one row that says how the site and its collector do. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "home.h"
#include "row.h"
#include "selection.h"

enum site_column {
	SITE_NAME,
	SITE_MODE,
	SITE_CONNECTIONS,
	SITE_SHOWN,
	SITE_HIDDEN_ROUTER,
	SITE_HIDDEN_DNS,
	SITE_HIDDEN_HOME,
	SITE_ACCOUNTING,
	SITE_INTERVAL,
	SITE_DUMP_COST,
	SITE_EVENTS,
	SITE_EVENT_LOSSES,
	SITE_FULL_CONNECTIONS,
	SITE_FULL_DEVICES,
	SITE_FULL_REMOTES,
	SITE_FULL_CONVERSATIONS,
	SITE_DROPPED_FRAMES,
	SITE_KEYFRAME_BYTES,
	SITE_KEYFRAME_LIMIT,
	SITE_RIVALS,
	SITE_SESSION,
	SITE_NETWORKS,
	SITE_LOOKUPS,
	SITE_LOOKUP_LOSSES,
	SITE_FULL_LOOKUPS,
	SITE_COLUMNS,
};

/* All numbers and flags are values[column]; the others are in site. */
struct site {
	struct row row;
	struct row_table table;
	const char *name; /* borrowed */
	enum home_mode mode;
	size_t n_networks;
	struct network networks[HOME_NETWORKS_MAX];
	uint64_t values[SITE_COLUMNS];
};

/* watch, name: borrowed. */
void site_init(struct site *s, struct row_watch *watch, const char *name);
void site_done(struct site *s);

/* Sets a number or flag; says so to the feed when it differs. */
void site_set(struct site *s, enum site_column column, uint64_t value);
void site_set_home(struct site *s, const struct home *home);
