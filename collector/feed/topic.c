/* SPDX-License-Identifier: MIT */
#include "topic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "log.h"
#include "util.h"

#define KEYFRAME_EVERY_MS 1000	   /* at most one in so long */
#define KEYFRAME_PAUSE 2	   /* after one, as long a pause as it took, so many times */
#define OUTWEIGH_LEAST (64 * 1024) /* deltas that never ask for a keyframe, whatever its size */
#define BUFFER_KEPT (1024 * 1024)
#define HEARTBEAT_MS 950 /* a frame goes out at least every second */

struct topic {
	struct topic_options options;
	struct buffer payload, frame;
	uint64_t sequence; /* of the last delta */
	uint64_t number;   /* of the last frame */
	uint64_t frame_time;
	uint64_t keyframe_begun, keyframe_due;
	uint64_t under_way;    /* the number of a keyframe that Redis has not acknowledged; 0: none */
	size_t since_keyframe; /* bytes of deltas */
	size_t keyframe_bytes;
	uint64_t dropped, too_large, keyframes;
	bool awake;
	bool wanted;  /* a keyframe is */
	bool in_step; /* viewers may hold the state that the next delta builds on */
};

int topic_new(struct topic **ret, const struct topic_options *options)
{
	struct topic *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	t->options = *options;
	*ret = t;
	return 0;
}

struct topic *topic_free(struct topic *t)
{
	if (!t)
		return NULL;
	buffer_done(&t->payload);
	buffer_done(&t->frame);
	free(t);
	return NULL;
}

static void fall_out_of_step(struct topic *t)
{
	if (!t->in_step)
		return;
	t->in_step = false;
	/* The number that the next delta would have had is burnt: nobody who has seen this far takes the
	 * coming keyframe for the state that he has. */
	t->sequence++;
	t->options.source.unfollow(t->options.source.data);
}

static void sleep_now(struct topic *t)
{
	if (t->awake)
		log_debug("%s: no longer sent: nobody is subscribed, or Redis is away.", t->options.name);
	fall_out_of_step(t);
	t->awake = t->wanted = false;
	t->under_way = 0;
	buffer_done(&t->payload);
	buffer_done(&t->frame);
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

/* The payload as it goes out: deflated where that is worth it. */
static int append_payload(struct topic *t, struct frame_header *h)
{
	const struct topic_options *o = &t->options;

	h->inflated_length = (uint32_t)t->payload.length;
	if (o->deflate && t->payload.length >= o->deflate_from) {
		size_t before = t->frame.length;

		if (deflate_append(o->deflate, &t->frame, t->payload.bytes, t->payload.length) >= 0) {
			h->flags |= FRAME_FLAG_DEFLATED;
			h->payload_length = (uint32_t)(t->frame.length - before);
			return 0;
		}
	}
	h->payload_length = h->inflated_length;
	return buffer_write(&t->frame, (const char *)t->payload.bytes, t->payload.length) < 0 ? -ENOMEM : 0;
}

static int send_frame(struct topic *t, enum frame_kind kind, uint64_t time)
{
	struct frame_header h = {
	    .kind = kind,
	    .epoch = t->options.epoch,
	    .sequence = t->sequence,
	    .time = time,
	};
	size_t header;

	if (t->payload.failed)
		return -ENOMEM;
	if (t->payload.length > FRAME_INFLATED_MAX) {
		t->too_large++;
		return -EFBIG;
	}
	memcpy(h.site, t->options.site, strlen(t->options.site) + 1);
	memcpy(h.topic, t->options.name, strlen(t->options.name) + 1);
	/* The header's length depends on the names alone, so it is written in place when all is known. */
	buffer_clear(&t->frame, BUFFER_KEPT);
	if (buffer_reserve(&t->frame, FRAME_HEADER_MAX) < 0)
		return -ENOMEM;
	header = frame_header_encode(&h, t->frame.bytes);
	t->frame.length = header;
	if (append_payload(t, &h) < 0)
		return -ENOMEM;
	frame_header_encode(&h, t->frame.bytes);
	return t->options.send(t->options.data, t->frame.bytes, t->frame.length, ++t->number);
}

static bool send_delta(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	msgpack_packer packer;

	buffer_clear(&t->payload, BUFFER_KEPT);
	msgpack_packer_init(&packer, &t->payload, buffer_write);
	source->delta(source->data, &packer, time);
	t->sequence++;
	if (source->is_broken(source->data) || send_frame(t, FRAME_DELTA, time) < 0) {
		log_debug("%s: a delta was dropped, so it needs a keyframe.", t->options.name);
		t->dropped++;
		fall_out_of_step(t);
		t->wanted = true;
		return false;
	}
	t->since_keyframe += t->frame.length;
	t->frame_time = time;
	return true;
}

static void send_keyframe(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	uint64_t began = clock_ms();
	msgpack_packer packer;

	/* A viewer in step gets the changes as a delta, as it skips the keyframe. */
	if (t->in_step && source->has_changes(source->data) && !send_delta(t, time))
		return;
	t->keyframe_begun = time;
	buffer_clear(&t->payload, BUFFER_KEPT);
	msgpack_packer_init(&packer, &t->payload, buffer_write);
	source->keyframe(source->data, &packer, time);
	t->keyframes++;
	t->in_step = true;
	if (send_frame(t, FRAME_KEYFRAME, time) < 0) {
		log_debug("%s: a keyframe of %zu bytes was dropped.", t->options.name, t->payload.length);
		t->dropped++;
		fall_out_of_step(t);
		pause_keyframes(t, time + clock_ms() - began);
		return;
	}
	t->under_way = t->number;
	t->wanted = false;
	t->frame_time = time;
	t->keyframe_bytes = t->frame.length;
	t->since_keyframe = 0;
	log_debug("%s: sent a keyframe of %zu bytes (%zu inflated), sequence number %" PRIu64 ", in %" PRIu64
		  " ms.",
		  t->options.name, t->frame.length, t->payload.length, t->sequence, clock_ms() - began);
}

static bool is_outweighed(const struct topic *t)
{
	return t->since_keyframe > OUTWEIGH_LEAST && t->since_keyframe > t->keyframe_bytes;
}

uint64_t topic_flush(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	uint64_t heartbeat_due;

	if (!t->awake)
		return UINT64_MAX;
	if (is_outweighed(t) || (t->in_step && source->is_broken(source->data)))
		t->wanted = true;
	if (t->wanted && !t->under_way && time >= t->keyframe_due)
		send_keyframe(t, time);
	else if (t->in_step && (source->has_changes(source->data) || time >= t->frame_time + HEARTBEAT_MS))
		send_delta(t, time);

	heartbeat_due = t->in_step ? t->frame_time + HEARTBEAT_MS : UINT64_MAX;
	/* where one is under way, topic_received is called before there may be another */
	if (t->wanted && !t->under_way && t->keyframe_due < heartbeat_due)
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
	    .keyframes = t->keyframes,
	    .awake = t->awake,
	    .too_large = t->too_large,
	};
}
