/* SPDX-License-Identifier: MIT */
/* What relay.c and relay_heard.c share. */
#pragma once

#include "log_pace.h"
#include "relay.h"

struct relay {
	struct ev_loop *loop;
	struct relay_options options;
	struct redis_feed *feed;
	bool connected;
	uint64_t connects;
	struct redis_said said;
	struct relay_topic **topics; /* of each site in the order of the options, each with all topics */
	size_t n_topics;
	struct relay_counts *counts; /* of each site */
	size_t n_counts;
	struct errands *errands;
	ev_prepare fan_out;
	struct log_pace complaints; /* about dropped frames */
	bool telling;		    /* other broadcasters were told something, which has this token */
	uint32_t told;
};

/* Asks the topic's collector for a keyframe, unless it was asked just now. */
void relay_ask(struct relay *relay, struct relay_topic *topic);

/* As of redis_feed_listener. */
void relay_on_message(void *data, void *tag, const uint8_t *bytes, size_t length);
void relay_on_subscribed(void *data, void *tag);
