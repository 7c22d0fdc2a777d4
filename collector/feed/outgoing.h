/* SPDX-License-Identifier: MIT */
/* A frame on its way out: its payload is deflated and put behind a header, in a thread where it is large. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "frame.h"
#include "keyframe.h"
#include "worker.h"

enum outgoing_state {
	OUTGOING_IDLE,	 /* to be filled */
	OUTGOING_BESIDE, /* in the thread: not to be touched */
	OUTGOING_READY,	 /* the frame is there, or could not be made */
};

struct outgoing_options {
	const char *site, *topic; /* borrowed */
	struct frame_epoch epoch;
	int deflate_level;   /* 0: nothing is deflated */
	size_t deflate_from; /* bytes of payload */
	/* On the loop: one that was in the thread is ready, or was dropped there and is idle. */
	void (*ready)(void *data);
	void *data;
};

struct outgoing;

/* options: copied. 0 or -ENOMEM. */
int outgoing_new(struct outgoing **ret, enum frame_kind kind, const struct outgoing_options *options);
/* One that is in the thread is freed when it comes back, or by worker_free. NULL is taken. */
struct outgoing *outgoing_free(struct outgoing *o);

enum outgoing_state outgoing_state(const struct outgoing *o);

/* The payload of an idle one: what is written here, and a keyframe (taken over, sealed) behind it. */
struct buffer *outgoing_payload(struct outgoing *o);
void outgoing_set_keyframe(struct outgoing *o, struct keyframe *k);
/* Bytes. */
size_t outgoing_length(const struct outgoing *o);

/* Makes the frame of an idle one, now. */
void outgoing_pack(struct outgoing *o);
/* The same in the worker's thread, after what was handed over before. 0; -errno: it is still idle. */
int outgoing_pack_beside(struct outgoing *o, struct worker *w);
/* What it holds is not wanted (any more): it is idle, at once or when it comes back, and without memory. */
void outgoing_drop(struct outgoing *o);

/* Of one that is ready: writes the header (unlisted: see frame.h); it is idle again, but holds the frame until the next payload is written. 0,
 * or -ENOMEM when it could not be made. */
int outgoing_take(struct outgoing *o, uint64_t sequence, uint64_t time, uint32_t unlisted,
		  const struct buffer **ret);
/* Bytes of the payload before it was deflated. */
size_t outgoing_inflated(const struct outgoing *o);
/* Bytes of the frame, of one that is ready. */
size_t outgoing_packed(const struct outgoing *o);
