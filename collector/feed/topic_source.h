/* SPDX-License-Identifier: MIT */
/* What a topic takes its frames from. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <msgpack.h>

struct topic_source {
	void *data;
	/* The payload of a keyframe; from then on news is noted. time: ms on the collector's clock. */
	void (*keyframe)(void *data, msgpack_packer *p, uint64_t time);
	/* The payload of a delta with all news since the frame before; an empty one when there is none. */
	void (*delta)(void *data, msgpack_packer *p, uint64_t time);
	bool (*has_news)(void *data);
	/* News was lost for want of memory: only a keyframe helps. */
	bool (*is_broken)(void *data);
	/* Nobody listens: note no news until the next keyframe. */
	void (*unfollow)(void *data);
};
