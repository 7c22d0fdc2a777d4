/* SPDX-License-Identifier: MIT */
/* A topic with a source that a test holds in its hand, and a reader of what it sends. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed_reader.h"
#include "topic.h"

/* A source with one table: a row with a counter, and rows that only make it large. */
struct stub {
	struct topic *topic;
	sd_event *event; /* NULL: nothing is done beside the loop */
	struct worker *worker;
	uint32_t rows, told_rows; /* of the second kind */
	unsigned slices;	  /* that the next keyframe takes */
	struct reader reader;
	int64_t value, told;
	size_t ballast;		   /* bytes of text that each payload carries */
	struct keyframe *keyframe; /* that is made */
	bool followed, broken, refuse;
	size_t unlisted;
	bool slow; /* what is taken is not acknowledged */
	unsigned keyframes, deltas;
	uint64_t number;
	bool deflated, is_ready;
};

/* Nothing is done beside the loop. */
void stub_open(struct stub *s, int deflate_level);
/* Deflates, beside the loop what is large; its keyframe is, and is wanted. */
void stub_open_large(struct stub *s);
void stub_close(struct stub *s);

/* Redis acknowledges at once, as it does unless it is slow. */
uint64_t stub_flush(struct stub *s, uint64_t time);
/* Until something that was in the thread has come back. */
void stub_wait(struct stub *s);
/* The counter that the reader, who must be in step, has. */
int64_t stub_shown(struct stub *s);
