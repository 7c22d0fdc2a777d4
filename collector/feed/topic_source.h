/* SPDX-License-Identifier: MIT */
/* What a topic takes its frames from. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <msgpack.h>

struct topic_source {
	void *data;
	/* The payload of a keyframe; from then on changes are noted. time: ms on the collector's clock. */
	void (*keyframe)(void *data, msgpack_packer *p, uint64_t time);
	/* The payload of a delta with all that changed since the frame before; an empty one when nothing did. */
	void (*delta)(void *data, msgpack_packer *p, uint64_t time);
	bool (*has_changes)(void *data);
	/* Changes were lost for want of memory: only a keyframe helps. */
	bool (*is_broken)(void *data);
	/* Nobody listens: note no changes until the next keyframe. */
	void (*unfollow)(void *data);
};
