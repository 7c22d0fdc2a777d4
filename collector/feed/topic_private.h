/* SPDX-License-Identifier: MIT */
/* The inside of a topic, shared by topic.c (what is due when) and topic_send.c (how it goes out). */
#pragma once

#include "keyframe.h"
#include "outgoing.h"
#include "topic.h"

struct topic {
	struct topic_options options;
	struct outgoing *delta, *keyframe;
	struct keyframe *encoding; /* NULL: none is */
	bool encoded;		   /* all rows are in it, but something else is still to be sent before */
	uint64_t sequence;	   /* of the last delta */
	uint64_t number;	   /* of the last frame */
	uint64_t frame_time, delta_time; /* of the last frame, and of the delta that is sent */
	uint64_t keyframe_begun, keyframe_due;
	uint64_t under_way;    /* the number of a keyframe that Redis has not acknowledged; 0: none */
	size_t since_keyframe; /* bytes of deltas */
	size_t keyframe_bytes;
	uint64_t limit; /* bytes of a keyframe; 0: none is known */
	uint64_t dropped, too_large, keyframe_steps;
	uint32_t unlisted; /* when it was last known */
	bool awake;
	bool wanted;	/* a keyframe is */
	bool oversized; /* the newest keyframe does not fit into a frame */
	bool in_step;	/* viewers may hold the state that the next delta builds on */
};

/* Nobody takes the next delta for what follows: a keyframe has to come first. */
void topic_fall_out_of_step(struct topic *t);
/* A keyframe that began at t->keyframe_begun is done with at time: one that costs much is not sent often. */
void topic_pause_keyframes(struct topic *t, uint64_t time);
/* It could not be sent. */
void topic_drop_keyframe(struct topic *t, uint64_t time);

/* A frame is in the thread, or came back from it. */
bool topic_is_sending(const struct topic *t);
/* Sends what came back from the thread, in its order. True when a keyframe did. */
bool topic_publish_ready(struct topic *t, uint64_t time);
/* A delta with all that changed. False: the topic is out of step. */
bool topic_send_changes(struct topic *t, uint64_t time);
/* Changes wait for the keyframe, but a frame is due. */
void topic_send_heartbeat(struct topic *t, uint64_t time);
/* The keyframe that is encoded, and before it the delta that leads to it. */
void topic_send_encoded(struct topic *t, uint64_t time);
