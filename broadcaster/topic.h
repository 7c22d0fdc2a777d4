/* SPDX-License-Identifier: MIT */
/* One topic of one site: its log, who watches it, and what became of its frames. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob.h"
#include "topic_log.h"

struct topic;
struct viewer;

/* One viewer's watch of one topic; owned by the viewer. */
struct watch {
	struct topic *topic;
	struct viewer *viewer;
	struct topic_cursor cursor;
	size_t index; /* in the topic's list */
	bool told;    /* that the topic has no keyframe yet */
};

/* Why frames were dropped. */
enum topic_drop {
	TOPIC_DROP_MALFORMED,
	TOPIC_DROP_VERSION,
	TOPIC_DROP_STRANGER, /* of another site or topic than its channel's */
	TOPIC_DROP_WAITING,
	TOPIC_DROP_GAP,
	TOPIC_DROP_FULL,
	TOPIC_DROP_REPEATED,
	TOPIC_DROP_OLD_EPOCH,
	TOPIC_DROP_MEMORY,
	TOPIC_DROPS,
};

struct topic_stats {
	uint64_t keyframes, deltas, bytes; /* taken */
	uint64_t drops[TOPIC_DROPS];
	uint64_t last_ms; /* clock_ms() of the last frame taken; 0: none yet */
};

struct topic {
	char site[FRAME_NAME_MAX + 1];
	char name[FRAME_NAME_MAX + 1];
	bool always;	    /* subscribed whether or not somebody watches */
	bool subscribed;    /* wanted from Redis now */
	bool dirty;	    /* has something that viewers were not sent yet */
	uint64_t wanted_ms; /* clock_ms() when somebody last wanted it */
	uint64_t asked_ms;  /* clock_ms() of the last ask for a keyframe */
	struct topic_log *log;
	struct topic_stats stats;
	struct blob *json; /* the state as JSON, as of json_ms; or NULL */
	uint64_t json_ms;
	struct watch **watches;
	size_t n_watches, watches_capacity;
};

/* The word for a drop's reason in metrics and in the log. */
const char *topic_drop_name(enum topic_drop reason);

/* The names must be valid. 0; -ENOMEM. */
int topic_new(struct topic **ret, const char *site, const char *name, bool always, size_t log_limit);
/* Nobody may watch it any more. */
struct topic *topic_free(struct topic *topic);

/*
 * Takes a message of the topic's channel. Negative: it was taken. Else the reason why it was dropped, and
 * *ret_ask tells whether a keyframe is needed now.
 */
int topic_push(struct topic *topic, const uint8_t *bytes, size_t length, uint64_t now_ms, bool *ret_ask);

/* Puts the watch (its topic and cursor are set here) on the topic's list, or takes it off. 0; -ENOMEM. */
int topic_watch(struct topic *topic, struct watch *watch);
void topic_unwatch(struct watch *watch);

/*
 * The state as JSON, made anew when it is older than a second: a reference for the caller. 0; see
 * state_json() for the errors.
 */
int topic_json(struct topic *topic, uint64_t now_ms, struct blob **ret);
/* Drops what is held of it; those who watch are sent the next keyframe. */
void topic_clear(struct topic *topic);
