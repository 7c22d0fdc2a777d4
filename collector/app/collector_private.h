/* SPDX-License-Identifier: MIT */
/* Everything that the collector owns: shared by the app's own files alone. */
#pragma once

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "alias_store.h"
#include "collector_options.h"
#include "collector_turn.h"
#include "commands.h"
#include "connections.h"
#include "ct_source.h"
#include "dns_source.h"
#include "feed.h"
#include "geo.h"
#include "grown.h"
#include "knowledge.h"
#include "leases.h"
#include "log_pace.h"
#include "model.h"
#include "overview.h"
#include "redis_fault.h"
#include "rtnl.h"
#include "settled.h"
#include "status.h"
#include "vendors.h"
#include "worker.h"

#define COLLECTOR_LIMITS 4 /* connections, devices, remotes, conversations */

struct collector {
	struct collector_options options;
	int argc; /* where the options are from */
	char **argv;
	uint64_t clock_base; /* clock_ms() at the start */
	sd_event *event;
	struct worker *reader,
	    *writer; /* of files, beside the loop: what is written never waits for what is read */
	sd_event_source *tick;
	sd_event_source *refresh; /* the next slice of it */
	struct collector_turns turns;
	uint64_t keyframe_steps; /* so far, at the end of the last turn */
	struct row_watch watch;
	struct ct_table *table;
	struct ct_source *source;
	struct model *model;
	struct geo *geo;
	struct dns_source *dns;
	struct knowledge *knowledge;
	struct leases *leases;
	struct alias_store *aliases;
	struct collector_session *session;
	struct collector_history *history_file;
	struct vendors *vendors;
	struct rtnl *rtnl;
	struct model_topic *overview, *identities, *lookups, *history;
	struct connections *connections;
	struct feed *feed;
	struct commands commands;
	struct log_burst said_done, said_refused; /* commands */
	uint64_t commands_done, commands_refused;
	bool home_known, feed_started;
	bool begins_anew; /* after its end, with a new epoch */
	bool new_device;  /* leases may tell of it */
	unsigned ticks;
	size_t most_conversations; /* since memory was last given back */
	/* what was said already */
	bool said_accounting, said_hidden, said_keyframe, said_full, said_unlisted, said_too_large;
	struct redis_said said_redis;
	uint64_t dumped;	     /* clock_ms() of the last whole dump; 0: none yet */
	struct status_socket status; /* where --status asks */
	sd_event_source *asked;	     /* somebody has */
	uint64_t said_losses;
	struct settled full, unlisted; /* until it is said */
	struct grown left_out[COLLECTOR_LIMITS];
};

/* Said alike in the log and to --status. */
#define COLLECTOR_HAS_RIVAL                                                                                  \
	"Another collector publishes under the site's name %s: stop it, or give one of them another name with the option site.name."
#define COLLECTOR_NEAR_LIMIT                                                                                 \
	"A keyframe has %" PRIu64 " bytes, and Redis cuts a subscriber off at %" PRIu64                      \
	": raise client-output-buffer-limit pubsub in Redis."
#define COLLECTOR_OVERSIZED                                                                                  \
	"A keyframe is larger than a frame may be (%u MiB), so viewers wait in vain: lower the options in [limits]."

/* collector_home.c: what is home, and who lives there. */
extern const struct rtnl_listener collector_home_listener;
/* Takes home over from what is known of the interfaces. */
void collector_home_update(struct collector *collector, const struct interfaces *interfaces);

/* collector_refresh.c: has parts (of enum model_part) looked at again, a slice at a time. 0: goes on with what the model itself has asked for. */
void collector_refresh(struct collector *collector, unsigned parts);

/* collector_names.c: what remotes and devices are called. Begins when it is known what is home, and whose
 * lookups count. */
void collector_names_start(struct collector *collector);
/* What is known of names and addresses; before the model asks. 0 or -errno. */
int collector_names_make(struct collector *collector);
void collector_names_describe(void *data, const char *name, struct name_facts *ret);
bool collector_names_ignores(void *data, const struct address *a);
/* Adds what is known of the owner to ret, which is filled already. */
void collector_names_own(struct collector *collector, const struct address *a, struct remote_facts *ret);
void collector_names_free(struct collector *collector);
/* Once a second. */
void collector_names_tick(struct collector *collector);

/* collector_devices.c: who devices are. 0 or -errno. */
int collector_devices_make(struct collector *collector);
void collector_devices_free(struct collector *collector);
/* The options are other ones. */
void collector_devices_change(struct collector *collector);
/* Once a second. */
void collector_devices_tick(struct collector *collector);
/* A device_namer. */
void collector_devices_name(void *data, struct devices *d, struct device *device);

/* collector_wishes.c: how devices want to be seen. After the names and the model are there. */
void collector_wishes_make(struct collector *collector);
/* The options have been read again. */
void collector_wishes_change(struct collector *collector);
/* As of commands.set_wish. */
bool collector_wishes_set(void *data, struct device *device, enum wish wish, bool by_holder);
/* A device_wisher. */
enum wish collector_wishes_of(void *data, const uint8_t mac[6], const struct address *a);
/* As of model_tells. */
bool collector_wishes_tell(void *data, const char *name);
/* MACs or host names may have become known whose holders do not want to be seen. */
void collector_wishes_settle(struct collector *collector);

/* collector_commands.c: what viewers ask for. 0 or -errno. After the model and the names of devices. */
int collector_commands_make(struct collector *collector);
/* Before the feed and the table. */
void collector_commands_free(struct collector *collector);
/* As of feed_listener.commanded. */
void collector_commands_take(void *data, const char *text, size_t length);

/* collector_session.c: the session goes on over restarts. 0 or -ENOMEM. After the devices' names are known. */
int collector_session_make(struct collector *collector);
/* Saves it once more. */
void collector_session_end(struct collector *collector);
/* After the worker that writes, before the model. */
void collector_session_free(struct collector *collector);
/* Once a second. */
void collector_session_tick(struct collector *collector);
/* Something that it holds is to be forgotten: it is saved anew, and the feed goes on. */
void collector_session_forget(struct collector *collector);
/* A whole dump is in. */
void collector_session_dumped(struct collector *collector);

/* collector_history.c: the history goes on over restarts. 0 or -errno. After the session is known. */
int collector_history_make(struct collector *collector);
/* A minute is over. */
void collector_history_over(struct collector *collector);
/* Once a second. */
void collector_history_tick(struct collector *collector);
/* Ends the minute that runs, and saves it. */
void collector_history_end(struct collector *collector);
/* After the worker that writes. */
void collector_history_free(struct collector *collector);

/* collector_feed.c: the feed with its topics. 0 or -errno. */
int collector_feed_make(struct collector *collector);
/* The options have been read again. */
void collector_feed_change(struct collector *collector);

/* collector_reload.c: SIGHUP reads the options again. 0 or -errno. */
int collector_reload_make(struct collector *collector);

/* collector_counts.c: publishes what is counted, now and then. Once a second. */
void collector_counts_tick(struct collector *collector);

/* collector_status.c: answers --status. 0 or -errno. */
int collector_status_make(struct collector *collector);
/* All of the answer. */
void collector_status_say(struct collector *collector, struct status *s);
/* Once a second. */
void collector_status_tick(struct collector *collector);
void collector_status_free(struct collector *collector);

/* collector_report.c: the log, the row site and systemd. */
extern const struct feed_listener collector_report_listener;
/* A source_report. */
void collector_report_file(void *data, const struct source *source, const char *good);
void collector_report_source(struct collector *collector);
void collector_report_tick(struct collector *collector);
void collector_report_home(const struct home *home);

/* Begins to read the connection table, once it is known what is home. Ends the loop when that cannot be. */
void collector_start_source(struct collector *collector);
