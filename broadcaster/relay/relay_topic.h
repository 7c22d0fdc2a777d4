/* SPDX-License-Identifier: MIT */
/* One topic of one site: its log, who watches it, and what became of its frames. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "topic_log.h"

struct relay_topic;
struct viewer;

/* One viewer's watch of one topic; owned by the viewer. */
struct watch {
	struct relay_topic *topic;
	struct viewer *viewer;
	struct topic_cursor cursor;
	size_t index; /* in the topic's list */
	bool told;    /* that the topic has no keyframe yet */
};

/* Why frames were dropped. */
enum relay_topic_drop {
	TOPIC_DROP_MALFORMED = 1,
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

struct relay_topic_stats {
	uint64_t keyframes, deltas, bytes; /* taken */
	uint64_t drops[TOPIC_DROPS];	   /* by reason; [0] is not used */
	uint64_t last_ms;		   /* clock_ms() of the last frame taken; 0: none yet */
	uint32_t unlisted;		   /* what that frame says does not fit */
};

struct relay_topic {
	char site[FRAME_NAME_MAX + 1];
	char name[FRAME_NAME_MAX + 1];
	bool always;	    /* subscribed whether or not somebody watches */
	bool subscribed;    /* wanted from Redis now */
	bool dirty;	    /* has something that viewers were not sent yet */
	uint64_t old_ms;    /* when a frame of an older epoch was last dropped; 0: none was */
	bool new_came;	    /* and then one of the newest was taken, */
	uint64_t rival_ms;  /* and when then an older one came again: two collectors publish */
	uint64_t wanted_ms; /* clock_ms() when somebody last wanted it */
	uint64_t asked_ms;  /* clock_ms() of the last ask for a keyframe */
	struct topic_log *log;
	struct relay_topic_stats stats;
	struct watch **watches;
	size_t n_watches, watches_capacity;
};

/* The word for a drop's reason in metrics and in the log. */
const char *relay_topic_drop_name(enum relay_topic_drop reason);

/* The names must be valid. 0; -ENOMEM. */
int relay_topic_new(struct relay_topic **ret, const char *site, const char *name, bool always,
		    size_t log_limit);
/* Nobody may watch it any more. */
struct relay_topic *relay_topic_free(struct relay_topic *topic);

/*
 * Takes a message of the topic's channel. 0; -ENOMEM; or why it was dropped, one of relay_topic_drop. In each
 * case *ret_ask tells whether a keyframe is needed now.
 */
int relay_topic_push(struct relay_topic *topic, const uint8_t *bytes, size_t length, uint64_t now_ms,
		     bool *ret_ask);

/* Did two collectors publish it a short time ago? */
bool relay_topic_has_rivals(const struct relay_topic *topic, uint64_t now_ms);

/* Puts the watch (its topic and cursor are set here) on the topic's list, or takes it off. 0; -ENOMEM. */
int relay_topic_watch(struct relay_topic *topic, struct watch *watch);
void relay_topic_unwatch(struct watch *watch);

/* Drops what is held of it; those who watch are sent the next keyframe. */
void relay_topic_clear(struct relay_topic *topic);
