/* SPDX-License-Identifier: MIT */
/*
 * What is known of the site, built from the connection table: devices, remotes and conversations. It listens
 * to the table; who encodes or enriches reads its tables of rows.
 */
#pragma once

#include "answer.h"
#include "conversation.h"
#include "ct_table.h"
#include "device.h"
#include "dns_event.h"
#include "history.h"
#include "lookup.h"
#include "name.h"
#include "pass.h"
#include "remote.h"
#include "room.h"
#include "row.h"
#include "selection.h"
#include "session.h"
#include "shared.h"
#include "site.h"

/* Is what goes to the address not to be shown, by a list of addresses? */
typedef bool (*model_ignores)(void *data, const struct address *a);

/* Does the name tell of a device that does not want to be seen, and may not be here? */
typedef bool (*model_tells)(void *data, const char *name);

struct model_options {
	const char *site;    /* borrowed */
	uint64_t clock_base; /* clock_ms() at the collector's start */
	uint64_t names_keep; /* ms that an answer names an address */
	uint32_t max_lookups, max_answers;
	uint32_t max_devices, max_remotes;
	struct conversations_limits conversations;
	remote_describe describe;    /* may be NULL */
	name_describe describe_name; /* may be NULL */
	model_ignores ignores;	     /* may be NULL */
	model_tells tells;	     /* may be NULL */
	company_purpose purpose;     /* may be NULL; without data */
	device_namer namer;	     /* may be NULL */
	device_wisher wisher;	     /* may be NULL */
	void *data;		     /* for all others, borrowed */
};

struct model {
	struct row_watch *watch;
	uint64_t clock_base, names_keep;
	struct home home;
	struct site site;
	struct session session;
	struct row_table sources;
	struct shared shared;
	struct names names;
	struct lookups lookups;
	struct answers answers;
	struct devices devices;
	struct remotes remotes;
	struct conversations conversations;
	struct history history;
	struct room room;
	uint32_t old_connections; /* the row id up to which they were there when watching began */
	struct {
		bool any;
		uint32_t round;
		uint64_t marks;
		char label[ROOM_LABEL_MAX];
	} room_told;  /* what the history was told of the room */
	int64_t told; /* ms on the collector's clock: when the history was told last what had moved */
	uint32_t
	    left_out[SELECTION_KINDS]; /* connections by kind; those that did not fit are SELECTION_SHOWN */
	uint32_t shown;
	uint64_t lookup_losses;
	struct traffic apart; /* what moved in connections of devices that are left out */
	int64_t
	    forgotten; /* ms on the collector's clock: when a device last was hidden or left out; 0: never */
	model_ignores ignores;
	void *ignores_data;
	model_tells tells;
	void *tells_data;
	uint64_t zeroed; /* connections whose counters somebody set to zero, each time */
	struct {
		struct pass names, remotes, conversations, connections;
	} refresh;
};

/* watch: borrowed. 0 or -ENOMEM. */
int model_new(struct model **ret, struct row_watch *watch, const struct model_options *options);
struct model *model_free(struct model *m);

/* ms on the collector's clock. */
int64_t model_now(const struct model *m);
void model_connection_added(struct model *m, struct ct_connection *c);
void model_connection_changed(struct model *m, struct ct_connection *c, const struct ct_change *change);
void model_connection_ended(struct model *m, struct ct_connection *c, const struct ct_change *change);

/* The conversation that c belongs to, or NULL when it is left out. */
struct conversation *model_conversation_of(const struct model *m, const struct ct_connection *c);

/* What it counts as there. */
enum conversation_phase model_phase_of(const struct ct_connection *c);

/* What is to be looked at again: bits. Names come first, connections last, for what is left out hangs on names. */
enum model_part {
	MODEL_NAMES = 1,       /* the knowledge about names has changed */
	MODEL_REMOTES = 2,     /* what is said of addresses has */
	MODEL_CONNECTIONS = 4, /* what is home, whose an address is, or what is left out has */
};

/* Has all of these parts looked at again, or anew where that is under way. Does nothing yet. */
void model_refresh(struct model *m, unsigned parts);
bool model_is_refreshing(const struct model *m);

/* Called for each connection that is in another conversation now. */
typedef void (*model_moved)(void *data, struct ct_connection *c);

/* Goes on with that until all is done or clock_us() has reached until. moved may be NULL. True: there is more. */
bool model_refresh_slice(struct model *m, struct ct_table *table, uint64_t until, model_moved moved,
			 void *data);

/* home: copied. The caller then has remotes and connections looked at again. On a machine that routes for nobody the
 * one device is there from now on. */
void model_set_home(struct model *m, const struct home *home);
/* True when connections that did not fit might fit now. */
bool model_has_room(const struct model *m);

/* What the DNS server's log tells. */
void model_dns(struct model *m, const struct dns_event *e);
/* Forgets lookups and answers that are too old to name anything. */
void model_forget_old_names(struct model *m);
/* clear.c: a new session begins: nothing has moved, and nothing is known of what was. Of connections that are alive counts
 * what they move from now on. */
void model_clear(struct model *m, struct ct_table *table);

/* model_history.c. After each whole look at the kernel's counters: tells the history what moved. True: a minute is
 * over. */
bool model_look_back(struct model *m, const struct ct_table *table);
/* The device asked for this name, at this time. */
void model_tell_lookup(struct model *m, struct device *device, const struct name *name, int64_t when,
		       int64_t now);
/* Its question had this result. */
void model_tell_result(struct model *m, struct device *device, const struct lookup *lookup,
		       enum dns_result result);
/* What moved until now becomes a minute, though it is not over: at the program's end. */
void model_end_history(struct model *m);

/* model_wish.c. How much of an address may be told. */
enum privacy {
	PRIVACY_NONE,	 /* all */
	PRIVACY_HIDDEN,	 /* not the address: a device has it that is seen by a made-up name only */
	PRIVACY_QUIET,	 /* the same, and nothing of what it looks up: its holder has not chosen yet */
	PRIVACY_APART,	 /* nothing: a device has it that is left out */
	PRIVACY_UNKNOWN, /* nothing yet: somebody is left out, and who has it is not known */
};

enum privacy model_privacy(const struct model *m, const struct address *a);
/* It tells of a device that does not want to be seen. */
bool model_is_private_name(const struct model *m, const char *name);
/* This address of the connection may not be told: the source or the destination of a direction. */
bool model_is_masked(const struct ct_connection *c, enum ct_direction direction, bool destination);
/* Nothing of this connection may be told. */
bool model_is_secret(const struct ct_connection *c);
/*
 * The device is seen in this way from now on, as if another one came: its conversations, sums and lookups, the names that
 * only it looked up, and what else says that it was there, are gone, and their amounts are nobody's (or, of one that is
 * left out, a part of apart). moved is called for each connection that it is an end of. The caller then has connections
 * looked at again.
 */
void model_set_wish(struct model *m, struct ct_table *table, struct device *device, enum wish wish,
		    model_moved moved, void *data);

/* Brings the counts of the row site up to date. */
void model_update_site(struct model *m, const struct ct_table *table);

/* The host name of such a device became known: what others have looked up of it is gone. */
void model_forget_private_names(struct model *m);

/* model.c, for refresh.c alone: c in the conversation that it belongs to now. True when that is another one. */
bool model_reclassify(struct model *m, struct ct_connection *c, int64_t now);
/* For model_wish.c alone: c is in no conversation, as if it were not there; and it comes, but what it has moved counts
 * elsewhere. */
void model_release(struct model *m, struct ct_connection *c);
void model_settle(struct model *m, struct ct_connection *c, int64_t now);
/* For session_snapshot.c alone: what it moved is in an amount that is kept. */
bool model_counts(const struct model *m, const struct ct_connection *c);

/* model.c, for clear.c alone: what c has moved until now does not count in the session. */
void model_connection_hand(struct ct_connection *c);

/* model_names.c, for model.c alone. */
bool model_is_ignored(const struct model *m, const struct selection *s);

/* model_wish.c, for model.c alone: what wishes make of it. */
void model_heed_wishes(const struct model *m, struct selection *s,
		       const struct ct_tuple tuple[CT_DIRECTIONS]);
/* As of device_leaves. */
void model_device_leaves(void *data, struct device *device);
