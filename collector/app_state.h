/* SPDX-License-Identifier: MIT */
/* Everything that the collector owns: shared by the app's own files alone. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "alias_store.h"
#include "connections.h"
#include "ct_source.h"
#include "dns_source.h"
#include "feed.h"
#include "geo.h"
#include "knowledge.h"
#include "leases.h"
#include "model.h"
#include "options.h"
#include "overview.h"
#include "rtnl.h"
#include "vendors.h"

struct app {
	struct settings settings;
	uint64_t clock_base; /* clock_ms() at the start */
	sd_event *event;
	sd_event_source *tick;
	struct row_watch watch;
	struct ct_table *table;
	struct ct_source *source;
	struct model *model;
	struct geo *geo;
	struct dns_source *dns;
	struct knowledge *knowledge;
	struct leases *leases;
	struct alias_store *aliases;
	struct vendors *vendors;
	struct rtnl *rtnl;
	struct overview *overview;
	struct connections *connections;
	struct feed *feed;
	bool home_known, reclassify, feed_started;
	bool forwarding;
	bool new_device; /* leases may tell of it */
	unsigned ticks;
	size_t most_conversations; /* since memory was last given back */
	/* what was said already */
	bool said_redis, said_accounting, said_keyframe, said_full;
	uint64_t said_losses, said_too_large;
};

/* app_home.c: what is home, and who lives there. */
extern const struct rtnl_listener app_home_listener;
/* This machine forwards packets, of either family. */
bool app_home_forwarding(void);
/* Takes home over from what is known of the interfaces. */
void app_home_update(struct app *app, const struct interfaces *interfaces);
/* Has all connections looked at again. */
void app_home_reclassify(struct app *app);

/* app_names.c: what remotes and devices are called. Begins when it is known what is home, and whose lookups
 * count. */
void app_names_start(struct app *app);
/* What is known of names and addresses; before the model asks. 0 or -errno. */
int app_names_make(struct app *app);
void app_names_describe(void *data, const char *name, struct name_facts *ret);
/* Adds what is known of the owner to ret, which is filled already. */
void app_names_own(struct app *app, const struct address *a, struct remote_facts *ret);
void app_names_free(struct app *app);
/* Once a second. */
void app_names_tick(struct app *app);

/* app_devices.c: who devices are. 0 or -errno. */
int app_devices_make(struct app *app);
void app_devices_free(struct app *app);
/* Once a second. */
void app_devices_tick(struct app *app);
/* A device_namer. */
void app_devices_name(void *data, struct devices *d, struct device *device);
const char *app_devices_command(void *data, const struct command *command);

/* app_report.c: the log, the row site and systemd. */
extern const struct feed_listener app_report_listener;
void app_report_geo(void *data, const struct source *source, const char *path);
void app_report_source(struct app *app);
void app_report_tick(struct app *app);
void app_report_home(const struct home *home, const struct interfaces *interfaces);

/* Begins to read the connection table, once it is known what is home. Ends the loop when that cannot be. */
void app_start_source(struct app *app);
