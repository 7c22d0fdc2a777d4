/* SPDX-License-Identifier: MIT */
/* The feed: topics, when they are flushed, the publisher, the ask channel with its rivals, and the
 * command channel. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "channel.h"
#include "frame.h"
#include "topic_source.h"

#define FEED_TOPICS_MAX 8

struct feed;

struct feed_options {
	const char *site; /* borrowed */
	struct frame_epoch epoch;
	uint64_t clock_base; /* clock_ms() at the collector's start */
	struct redis_endpoint endpoint;
	size_t unacknowledged_max; /* bytes */
	uint64_t keyframe_limit;   /* bytes, until Redis has said its own */
	uint32_t flush_ms;	   /* between two frames with news, at least */
	int deflate_level;	   /* 0: nothing is deflated */
	size_t deflate_from;	   /* bytes of payload */
};

struct feed_listener {
	/* Before frames are written: the last chance to bring rows up to date. */
	void (*prepare)(void *data);
	void (*redis_ready)(void *data);
	void (*redis_lost)(void *data, const char *why);
	/* Another collector publishes under this site's name, or does no longer. */
	void (*rivals)(void *data, bool any);
	/* A message on the channel of commands: bytes from outside, borrowed for the call. */
	void (*commanded)(void *data, const char *text, size_t length);
};

struct feed_status {
	uint64_t dropped_frames;
	uint64_t keyframe_bytes; /* of the largest topic */
	uint64_t keyframe_limit;
	size_t unacknowledged; /* bytes of frames */
	bool ready;	       /* Redis is there */
	uint64_t redis_losses; /* times that it was there, and then was not */
	bool rivals;
	uint64_t too_large;	 /* keyframes that did not fit into a frame, and could not be smaller */
	bool oversized;		 /* the newest of a topic does not fit into a frame */
	uint64_t keyframe_steps; /* slices of keyframes that were encoded, and keyframes sent */
};

/* event, data: borrowed. Connects at once, but sends nothing before feed_start. 0 or -errno. */
int feed_new(struct feed **ret, sd_event *event, const struct feed_options *options,
	     const struct feed_listener *listener, void *data);
struct feed *feed_free(struct feed *f);

/* name: borrowed. 0, -ENOSPC or -ENOMEM. */
int feed_add_topic(struct feed *f, const char *name, const struct topic_source *source);
/* All is known that a first keyframe should hold. */
void feed_start(struct feed *f);

/* Takes over what a reload may change, as of struct feed_options. True: it connects to Redis anew. */
bool feed_change(struct feed *f, const struct redis_endpoint *endpoint, size_t unacknowledged_max,
		 uint32_t flush_ms);

/* There is news: a frame goes out soon. data: the feed. Cheap when called again and again. */
void feed_changed(void *data);

/*
 * Something must not be said any more: what is about to be sent is given up, and nothing more is sent until feed_resume.
 * Then all topics that somebody watches begin with a keyframe, so that whoever comes later is not told, either.
 */
void feed_break_off(struct feed *f);
void feed_resume(struct feed *f);

/* Answers a command. Lost without a word when Redis is behind: who asked may ask again. */
void feed_reply(struct feed *f, const char *text, size_t length);

/* What the collector counts (collector_metrics.h). Lost without a word when Redis does not take it. */
void feed_publish_metrics(struct feed *f, const char *text, size_t length);

void feed_get_status(const struct feed *f, struct feed_status *ret);

/* Is the largest keyframe near what Redis lets a subscriber be behind? */
static inline bool feed_is_near_limit(const struct feed_status *status)
{
	return status->keyframe_limit && status->keyframe_bytes > status->keyframe_limit / 5 * 4;
}
