/* SPDX-License-Identifier: MIT */
#include "topic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "keyframe.h"
#include "log.h"
#include "outgoing.h"
#include "util.h"

#define KEYFRAME_EVERY_MS 1000	   /* at most one in so long */
#define KEYFRAME_PAUSE 2	   /* after one, as long a pause as it took, so many times */
#define OUTWEIGH_LEAST (64 * 1024) /* deltas that never ask for a keyframe, whatever its size */
#define HEARTBEAT_MS 950	   /* a frame goes out at least every second */
#define SLICE_US 5000		   /* of one turn of the loop */
#define BESIDE_FROM (64 * 1024)	   /* bytes of payload: deflating less takes a millisecond or so */

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
	bool awake;
	bool wanted;  /* a keyframe is */
	bool in_step; /* viewers may hold the state that the next delta builds on */
};

int topic_new(struct topic **ret, const struct topic_options *options)
{
	const struct outgoing_options outgoing = {
	    .site = options->site,
	    .topic = options->name,
	    .epoch = options->epoch,
	    .deflate_level = options->deflate_level,
	    .deflate_from = options->deflate_from,
	    .ready = options->ready,
	    .data = options->data,
	};
	struct topic *t = calloc(1, sizeof(*t));
	int r;

	if (!t)
		return -ENOMEM;
	t->options = *options;
	r = outgoing_new(&t->delta, FRAME_DELTA, &outgoing);
	if (r >= 0)
		r = outgoing_new(&t->keyframe, FRAME_KEYFRAME, &outgoing);
	if (r < 0) {
		topic_free(t);
		return r;
	}
	*ret = t;
	return 0;
}

struct topic *topic_free(struct topic *t)
{
	if (!t)
		return NULL;
	outgoing_free(t->delta);
	outgoing_free(t->keyframe);
	if (t->encoding)
		t->options.source.unfollow(t->options.source.data);
	keyframe_free(t->encoding);
	free(t);
	return NULL;
}

static void fall_out_of_step(struct topic *t)
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

static void sleep_now(struct topic *t)
{
	if (t->awake)
		log_debug("%s: no longer sent: nobody is subscribed, or Redis is away.", t->options.name);
	fall_out_of_step(t);
	t->awake = t->wanted = false;
	t->under_way = 0;
}

void topic_wake(struct topic *t)
{
	log_debug("%s: needs a keyframe%s.", t->options.name,
		  t->under_way ? ", but only after the current one is acknowledged" : "");
	t->awake = t->wanted = true;
}

void topic_lose(struct topic *t)
{
	sleep_now(t);
}

/* A keyframe that began at t->keyframe_begun is done with at time: one that costs much is not sent often. */
static void pause_keyframes(struct topic *t, uint64_t time)
{
	uint64_t every = t->keyframe_begun + KEYFRAME_EVERY_MS;
	uint64_t pause = time + KEYFRAME_PAUSE * (time - t->keyframe_begun);

	t->under_way = 0;
	t->keyframe_due = pause > every ? pause : every;
}

void topic_set_limit(struct topic *t, uint64_t bytes)
{
	t->limit = bytes;
}

uint64_t topic_keyframe_under_way(const struct topic *t)
{
	return t->under_way;
}

void topic_received(struct topic *t, uint64_t number, long long receivers, uint64_t time)
{
	if (t->under_way && number >= t->under_way) {
		pause_keyframes(t, time);
		log_debug("%s: the keyframe was acknowledged after %" PRIu64 " ms; the next one in %" PRIu64
			  " ms at the earliest.",
			  t->options.name, time - t->keyframe_begun, t->keyframe_due - time);
	}
	/* Only the last frame's answer tells of now, and an ask that came since has the last word. */
	if (receivers == 0 && number == t->number && !t->wanted)
		sleep_now(t);
}

/* A frame is in the thread, or came back from it. */
static bool is_sending(const struct topic *t)
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
	const struct buffer *frame;
	int r = outgoing_take(o, t->sequence, time, &frame);

	if (r < 0)
		return r;
	*ret_length = frame->length;
	return t->options.send(t->options.data, frame->bytes, frame->length, ++t->number);
}

static void drop(struct topic *t, const char *what)
{
	log_debug("%s: a %s was dropped, so it needs another keyframe.", t->options.name, what);
	t->dropped++;
	fall_out_of_step(t);
	t->wanted = true;
}

/* True: the next one will be smaller. */
static bool is_too_large(struct topic *t)
{
	const struct topic_source *source = &t->options.source;

	if (source->too_large && source->too_large(source->data))
		return true;
	t->too_large++;
	return false;
}

static void drop_keyframe(struct topic *t, uint64_t time)
{
	drop(t, "keyframe");
	pause_keyframes(t, time);
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
	if (t->limit && length > t->limit && is_too_large(t)) {
		drop_keyframe(t, time);
		return;
	}
	/* Of now: what went out since it was encoded were heartbeats. */
	if (publish(t, t->keyframe, time, &length) < 0) {
		drop_keyframe(t, time);
		return;
	}
	t->under_way = t->number;
	t->wanted = false;
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

/* What came back from the thread, in its order. True when a keyframe did. */
static bool publish_ready(struct topic *t, uint64_t time)
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

static bool send_changes(struct topic *t, uint64_t time)
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

/* Changes wait for the keyframe, but a frame is due. */
static void send_heartbeat(struct topic *t, uint64_t time)
{
	msgpack_packer packer;

	msgpack_packer_init(&packer, outgoing_payload(t->delta), buffer_write);
	msgpack_pack_array(&packer, 0);
	send_delta(t, time);
}

static void send_encoded(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	struct keyframe *k = t->encoding;
	msgpack_packer packer;

	if (source->is_broken(source->data) || keyframe_seal(k) < 0) {
		drop_keyframe(t, time);
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
		is_too_large(t);
		drop_keyframe(t, time);
	} else
		publish_ready(t, time);
}

bool topic_is_encoding(const struct topic *t)
{
	return t->encoding && !t->encoded;
}

void topic_slice(struct topic *t)
{
	const struct topic_source *source = &t->options.source;

	if (!topic_is_encoding(t))
		return;
	t->keyframe_steps++;
	t->encoded = source->slice(source->data, clock_us() + SLICE_US);
}

static void begin_keyframe(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;

	if (t->in_step && source->has_changes(source->data) && !send_changes(t, time))
		return;
	t->keyframe_begun = time;
	if (keyframe_new(&t->encoding, source->tables, source->n_tables, t->in_step) < 0) {
		drop_keyframe(t, time);
		return;
	}
	source->begin(source->data, t->encoding);
	topic_slice(t);
	if (t->encoded && !is_sending(t))
		send_encoded(t, time);
}

static bool is_outweighed(const struct topic *t)
{
	return t->since_keyframe > OUTWEIGH_LEAST && t->since_keyframe > t->keyframe_bytes;
}

/* Nothing keeps a keyframe from being begun but the time. */
static bool may_begin(const struct topic *t)
{
	return t->wanted && !t->under_way && !t->encoding && !is_sending(t);
}

static void send_due(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	bool heartbeat = t->in_step && time >= t->frame_time + HEARTBEAT_MS;

	if (is_outweighed(t) || (t->in_step && !t->encoding && source->is_broken(source->data)))
		t->wanted = true;
	if (may_begin(t) && time >= t->keyframe_due)
		begin_keyframe(t, time);
	else if (t->in_step && !t->encoding && !is_sending(t) &&
		 (heartbeat || source->has_changes(source->data)))
		send_changes(t, time);
	else if (heartbeat && outgoing_state(t->delta) == OUTGOING_IDLE)
		send_heartbeat(t, time);
}

uint64_t topic_flush(struct topic *t, uint64_t time)
{
	uint64_t heartbeat_due;

	if (!t->awake)
		return UINT64_MAX;
	/* A large keyframe has its turn alone. */
	if (publish_ready(t, time))
		return 1;
	if (t->encoded && !is_sending(t))
		send_encoded(t, time);
	send_due(t, time);

	heartbeat_due = t->in_step ? t->frame_time + HEARTBEAT_MS : UINT64_MAX;
	/* where one is under way, topic_received is called before there may be another */
	if (may_begin(t) && t->keyframe_due < heartbeat_due)
		return t->keyframe_due > time ? t->keyframe_due - time : 1;
	if (heartbeat_due == UINT64_MAX)
		return UINT64_MAX;
	return heartbeat_due > time ? heartbeat_due - time : 1;
}

const char *topic_name(const struct topic *t)
{
	return t->options.name;
}

void topic_get_status(const struct topic *t, struct topic_status *ret)
{
	*ret = (struct topic_status){
	    .dropped = t->dropped,
	    .keyframe_bytes = t->keyframe_bytes,
	    .keyframe_steps = t->keyframe_steps,
	    .awake = t->awake,
	    .too_large = t->too_large,
	};
}
