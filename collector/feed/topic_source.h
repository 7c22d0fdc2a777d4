/* SPDX-License-Identifier: MIT */
/* What a topic takes its frames from. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <msgpack.h>

#include "keyframe.h"
#include "util.h"

#define TOPIC_ONE_ROW 0
#define TOPIC_CLOCK_EVERY 32 /* rows between two looks at the clock */

struct topic_source {
	void *data;
	const struct encoder_schema *tables; /* static */
	unsigned n_tables;
	/* Begins a keyframe (borrowed until slice is through, or unfollow): from now on changes are noted. The last delta
	 * said all that had changed, or nobody is in step. */
	void (*begin)(void *data, struct keyframe *k);
	/* Adds rows to it until the time until (of clock_us) has passed, or one with TOPIC_ONE_ROW; true when all are in it.
	 * What happens to a row after it was added is for the deltas that follow; none is asked for before. */
	bool (*slice)(void *data, uint64_t until);
	/* The payload of a delta with all that changed since the frame before; an empty one when nothing did. time: ms on
	 * the collector's clock. */
	void (*delta)(void *data, msgpack_packer *p, uint64_t time);
	bool (*has_changes)(void *data);
	/* Changes were lost for want of memory: only a keyframe helps. */
	bool (*is_broken)(void *data);
	/* A keyframe was larger than may be sent. True: the next one will be smaller. NULL: it cannot be. */
	bool (*too_large)(void *data);
	/* How many things are left out since not all fit into a frame; not asked while a keyframe is encoded. NULL: none
	 * ever is. */
	size_t (*unlisted)(void *data);
	/* Nobody listens: note no changes until the next keyframe, and give up the one that was begun. */
	void (*unfollow)(void *data);
};

/* rows: that were looked at. */
static inline bool topic_slice_is_over(unsigned rows, uint64_t until)
{
	return until == TOPIC_ONE_ROW || (rows % TOPIC_CLOCK_EVERY == 0 && clock_us() >= until);
}
