/* SPDX-License-Identifier: MIT */
/* The inside of the feed, shared by feed.c and feed_heard.c (what Redis brings). */
#pragma once

#include "feed.h"
#include "publisher.h"
#include "topic.h"
#include "util.h"
#include "worker.h"

struct feed {
	struct feed_options options;
	struct feed_listener listener;
	void *data;
	char ask_channel[CHANNEL_MAX], command_channel[CHANNEL_MAX], reply_channel[CHANNEL_MAX],
	    metrics_channel[CHANNEL_MAX];
	struct publisher *publisher;
	struct worker *worker; /* deflates; not the one that reads files: a database takes seconds */
	struct feed_topic {
		struct feed *feed;
		struct topic *topic;
		char channel[CHANNEL_MAX];
		bool wakes; /* with feed_resume */
	} topics[FEED_TOPICS_MAX];
	unsigned n_topics;
	sd_event_source *flush, *tick, *slice;
	uint64_t flushed; /* when it last did, ms on the collector's clock */
	uint64_t due;	  /* of the flush timer, ms on the collector's clock */
	uint64_t keyframe_limit;
	uint64_t rival_heard; /* ms on the collector's clock */
	unsigned ticks;
	bool started, rivals;
	bool broken_off; /* until feed_resume */
};

static inline uint64_t feed_now_ms(const struct feed *f)
{
	return clock_ms() - f->options.clock_base;
}

/* Flushes in so many ms at the latest. */
void feed_flush_in(struct feed *f, uint64_t ms);

/* A keyframe is wanted, now or as soon as anything may be said. */
void feed_wake(struct feed_topic *t);
/* Says that this collector is here. */
void feed_announce(struct feed *f);
void feed_set_rivals(struct feed *f, bool any);
/* As of publisher_listener. */
void feed_on_asked(void *data, const char *text, size_t length);
void feed_on_commanded(void *data, const char *text, size_t length);
