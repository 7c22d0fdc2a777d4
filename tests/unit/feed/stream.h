/* SPDX-License-Identifier: MIT */
/* A stream of one topic without a topic, for tests: every payload is put into a frame and read. */
#pragma once

#include "buffer.h"
#include "feed_reader.h"
#include "topic_source.h"

struct stream {
	struct topic_source source;
	struct reader reader; /* in step from the first keyframe on */
	struct buffer payload, frame;
	uint64_t sequence;
};

void stream_open(struct stream *s, struct topic_source source);
void stream_close(struct stream *s);

/* Returns the bytes of its payload. */
size_t stream_delta(struct stream *s, uint64_t time);

/* A keyframe at once. The reader is in step: it compares the keyframe with what the deltas led to. */
void stream_keyframe(struct stream *s, uint64_t time);

/*
 * A keyframe a row at a time; meanwhile is called before the first row and after each. The reader gets the delta that leads to
 * it, and compares; one that knows the keyframe alone follows the next delta, and both must hold the same then. Returns
 * how often meanwhile was called.
 */
size_t stream_slow_keyframe(struct stream *s, uint64_t time, void (*meanwhile)(void *data), void *data);

/* Fails the test when a row refers to one that is not there. */
void stream_check_references(struct reader *r);
