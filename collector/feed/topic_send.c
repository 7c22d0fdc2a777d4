/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>

#include "log.h"
#include "topic_private.h"
#include "util.h"

#define KEYFRAME_EVERY_MS 1000	/* at most one in so long */
#define KEYFRAME_PAUSE 2	/* after one, as long a pause as it took, so many times */
#define BESIDE_FROM (64 * 1024) /* bytes of payload: deflating less takes a millisecond or so */

void topic_fall_out_of_step(struct topic *t)
{
	bool begun = t->in_step || t->encoding;

	t->encoding = keyframe_free(t->encoding);
	t->encoded = false;
	outgoing_drop(t->delta);
	outgoing_drop(t->keyframe);
	if (begun)
		t->options.source.unfollow(t->options.source.data);
	/* The number that the next delta would have had is burnt: nobody who has seen this far takes the
	 * coming keyframe for the state that he has. */
	if (t->in_step)
		t->sequence++;
	t->in_step = false;
}

void topic_pause_keyframes(struct topic *t, uint64_t time)
{
	uint64_t every = t->keyframe_begun + KEYFRAME_EVERY_MS;
	uint64_t pause = time + KEYFRAME_PAUSE * (time - t->keyframe_begun);

	t->under_way = 0;
	t->keyframe_due = pause > every ? pause : every;
}

bool topic_is_sending(const struct topic *t)
{
	return outgoing_state(t->delta) != OUTGOING_IDLE || outgoing_state(t->keyframe) != OUTGOING_IDLE;
}

/* 0: its frame is made or being made. */
static int hand_over(struct topic *t, struct outgoing *o)
{
	size_t length = outgoing_length(o);
	/* It may not overtake the delta that leads to it. */
	bool behind = o == t->keyframe && outgoing_state(t->delta) == OUTGOING_BESIDE;

	if (length > FRAME_INFLATED_MAX)
		return -EFBIG;
	if (!t->options.worker || !(behind || (t->options.deflate_level && length >= BESIDE_FROM)) ||
	    outgoing_pack_beside(o, t->options.worker) < 0)
		outgoing_pack(o);
	return 0;
}

static int publish(struct topic *t, struct outgoing *o, uint64_t time, size_t *ret_length)
{
	const struct topic_source *source = &t->options.source;
	const struct buffer *frame;
	int r;

	if (source->unlisted && !t->encoding)
		t->unlisted = (uint32_t)source->unlisted(source->data);
	r = outgoing_take(o, t->sequence, time, t->unlisted, &frame);
	if (r < 0)
		return r;
	*ret_length = frame->length;
	return t->options.send(t->options.data, frame->bytes, frame->length, ++t->number);
}

static void drop(struct topic *t, const char *what)
{
	log_debug("%s: a %s was dropped, so it needs another keyframe.", t->options.name, what);
	t->dropped++;
	topic_fall_out_of_step(t);
	t->wanted = true;
}

/* Of a keyframe that is too large: will the next one not be? */
static bool will_be_smaller(const struct topic *t)
{
	const struct topic_source *source = &t->options.source;

	return source->too_large && source->too_large(source->data);
}

void topic_drop_keyframe(struct topic *t, uint64_t time)
{
	drop(t, "keyframe");
	topic_pause_keyframes(t, time);
}

static void publish_delta(struct topic *t, uint64_t time)
{
	size_t length;

	if (publish(t, t->delta, t->delta_time, &length) < 0) {
		drop(t, "delta");
		return;
	}
	t->since_keyframe += length;
	t->frame_time = time;
}

static void publish_keyframe(struct topic *t, uint64_t time)
{
	size_t length = outgoing_packed(t->keyframe);

	/* Where it cannot be smaller it is tried all the same: what Redis grants is soft for a while. */
	if (t->limit && length > t->limit && will_be_smaller(t)) {
		topic_drop_keyframe(t, time);
		return;
	}
	/* Of now: what went out since it was encoded were heartbeats. */
	if (publish(t, t->keyframe, time, &length) < 0) {
		topic_drop_keyframe(t, time);
		return;
	}
	t->under_way = t->number;
	t->wanted = t->oversized = false;
	t->frame_time = time;
	t->keyframe_bytes = length;
	t->keyframe_steps++;
	t->since_keyframe = 0;
	log_debug("%s: sent a keyframe of %zu bytes (%zu inflated), sequence number %" PRIu64 ", %" PRIu64
		  " ms after it was begun.",
		  t->options.name, length, outgoing_inflated(t->keyframe), t->sequence,
		  time - t->keyframe_begun);
	outgoing_drop(t->keyframe);
}

bool topic_publish_ready(struct topic *t, uint64_t time)
{
	if (outgoing_state(t->delta) == OUTGOING_READY)
		publish_delta(t, time);
	if (outgoing_state(t->delta) != OUTGOING_IDLE || outgoing_state(t->keyframe) != OUTGOING_READY)
		return false;
	publish_keyframe(t, time);
	return true;
}

/* The delta's payload is written. */
static bool send_delta(struct topic *t, uint64_t time)
{
	t->sequence++;
	t->delta_time = time;
	if (hand_over(t, t->delta) < 0)
		drop(t, "delta");
	else if (outgoing_state(t->delta) == OUTGOING_READY)
		publish_delta(t, time);
	return t->in_step;
}

bool topic_send_changes(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	msgpack_packer packer;

	msgpack_packer_init(&packer, outgoing_payload(t->delta), buffer_write);
	source->delta(source->data, &packer, time);
	if (!source->is_broken(source->data))
		return send_delta(t, time);
	t->sequence++;
	drop(t, "delta");
	return false;
}

void topic_send_heartbeat(struct topic *t, uint64_t time)
{
	msgpack_packer packer;

	msgpack_packer_init(&packer, outgoing_payload(t->delta), buffer_write);
	msgpack_pack_array(&packer, 0);
	send_delta(t, time);
}

void topic_send_encoded(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	struct keyframe *k = t->encoding;
	msgpack_packer packer;

	if (source->is_broken(source->data) || keyframe_seal(k) < 0) {
		topic_drop_keyframe(t, time);
		return;
	}
	t->encoding = NULL;
	t->encoded = false;
	/* A viewer in step gets the changes as a delta, as it skips the keyframe. */
	if (keyframe_has_delta(k)) {
		msgpack_packer_init(&packer, outgoing_payload(t->delta), buffer_write);
		keyframe_delta(k, &packer);
		if (!send_delta(t, time)) {
			keyframe_free(k);
			return;
		}
	}
	t->in_step = true;
	outgoing_set_keyframe(t->keyframe, k);
	if (hand_over(t, t->keyframe) < 0) {
		t->oversized = !will_be_smaller(t);
		t->too_large += t->oversized;
		topic_drop_keyframe(t, time);
	} else
		topic_publish_ready(t, time);
}
