/* SPDX-License-Identifier: MIT */
/*
 * One topic's stream of frames: sequence numbers, when a keyframe is due, and whether anybody listens. A keyframe is
 * encoded a slice at a time and deflated in a thread, as is a large delta; until it is sent, changes wait and only
 * heartbeats go out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"
#include "topic_source.h"
#include "worker.h"

struct topic;

struct topic_options {
	const char *site, *name; /* borrowed */
	struct frame_epoch epoch;
	struct topic_source source;
	struct worker *worker; /* borrowed; NULL: nothing is deflated beside the loop */
	int deflate_level;     /* 0: nothing is deflated */
	size_t deflate_from;   /* bytes of payload */
	/* Takes a frame (borrowed); number counts all frames of the topic. 0, or -errno when it was not
	 * taken. */
	int (*send)(void *data, const void *frame, size_t length, uint64_t number);
	/* topic_flush wants to be called: a frame has come back from the thread. */
	void (*ready)(void *data);
	void *data;
};

struct topic_status {
	uint64_t dropped; /* frames that were not taken */
	size_t keyframe_bytes;
	uint64_t keyframe_steps; /* slices of keyframes that were encoded, and keyframes sent */
	bool awake;
	uint64_t too_large; /* keyframes that did not fit into a frame, and could not be smaller */
	bool oversized;	    /* the newest one does not fit into a frame, and somebody waits for it */
};

/* options: copied. The topic sleeps until topic_wake. 0 or -ENOMEM. */
int topic_new(struct topic **ret, const struct topic_options *options);
struct topic *topic_free(struct topic *t);

/* A keyframe was asked for, or Redis is there (again). */
void topic_wake(struct topic *t);
/* Redis went away: nothing can be sent until topic_wake. */
void topic_lose(struct topic *t);
/* Gives up what it was about to send, and says nothing more until topic_wake: then it begins with a keyframe that nobody
 * skips. False: it slept anyway. */
bool topic_break_off(struct topic *t);
/* Redis acknowledged the frame of this number, and so many received it. topic_flush wants to be called then: no
 * keyframe is begun while one is not acknowledged. */
void topic_received(struct topic *t, uint64_t number, long long receivers, uint64_t time);
/* Whoever subscribes is cut off by a frame of more bytes; 0: nobody said so. */
void topic_set_limit(struct topic *t, uint64_t bytes);
/* The number of a keyframe that is not acknowledged; 0: none. */
uint64_t topic_keyframe_under_way(const struct topic *t);

/*
 * Sends what is due at time (ms on the collector's clock): changes, a keyframe, a heartbeat. Returns in how many
 * ms it wants to be called again when nothing changes before; UINT64_MAX while it sleeps.
 */
uint64_t topic_flush(struct topic *t, uint64_t time);

/* True while a keyframe is encoded: topic_slice wants to be called. */
bool topic_is_encoding(const struct topic *t);
/* Encodes some of it. When that was the last, topic_flush wants to be called. */
void topic_slice(struct topic *t);

const char *topic_name(const struct topic *t);
void topic_get_status(const struct topic *t, struct topic_status *ret);
