/* SPDX-License-Identifier: MIT */
#include "topic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "keyframe.h"
#include "log.h"
#include "topic_private.h"
#include "util.h"

#define OUTWEIGH_LEAST (64 * 1024) /* deltas that never ask for a keyframe, whatever its size */
#define HEARTBEAT_MS 950	   /* a frame goes out at least every second */
#define SLICE_US 5000		   /* of one turn of the loop */

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

static void sleep_now(struct topic *t)
{
	if (t->awake)
		log_debug("%s: no longer sent: nobody is subscribed, or Redis is away.", t->options.name);
	topic_fall_out_of_step(t);
	t->awake = t->wanted = t->oversized = false;
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

bool topic_break_off(struct topic *t)
{
	topic_fall_out_of_step(t);
	t->wanted = false;
	return t->awake;
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
		topic_pause_keyframes(t, time);
		log_debug("%s: the keyframe was acknowledged after %" PRIu64 " ms; the next one in %" PRIu64
			  " ms at the earliest.",
			  t->options.name, time - t->keyframe_begun, t->keyframe_due - time);
	}
	/* Only the last frame's answer tells of now, and an ask that came since has the last word. */
	if (receivers == 0 && number == t->number && !t->wanted)
		sleep_now(t);
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

	if (t->in_step && source->has_changes(source->data) && !topic_send_changes(t, time))
		return;
	t->keyframe_begun = time;
	if (keyframe_new(&t->encoding, source->tables, source->n_tables, t->in_step) < 0) {
		topic_drop_keyframe(t, time);
		return;
	}
	source->begin(source->data, t->encoding);
	topic_slice(t);
	if (t->encoded && !topic_is_sending(t))
		topic_send_encoded(t, time);
}

static bool is_outweighed(const struct topic *t)
{
	return t->since_keyframe > OUTWEIGH_LEAST && t->since_keyframe > t->keyframe_bytes;
}

/* Nothing keeps a keyframe from being begun but the time. */
static bool may_begin(const struct topic *t)
{
	return t->wanted && !t->under_way && !t->encoding && !topic_is_sending(t);
}

static void send_due(struct topic *t, uint64_t time)
{
	const struct topic_source *source = &t->options.source;
	bool heartbeat = t->in_step && time >= t->frame_time + HEARTBEAT_MS;

	if (is_outweighed(t) || (t->in_step && !t->encoding && source->is_broken(source->data)))
		t->wanted = true;
	if (may_begin(t) && time >= t->keyframe_due)
		begin_keyframe(t, time);
	else if (t->in_step && !t->encoding && !topic_is_sending(t) &&
		 (heartbeat || source->has_changes(source->data)))
		topic_send_changes(t, time);
	else if (heartbeat && outgoing_state(t->delta) == OUTGOING_IDLE)
		topic_send_heartbeat(t, time);
}

uint64_t topic_flush(struct topic *t, uint64_t time)
{
	uint64_t heartbeat_due;

	if (!t->awake)
		return UINT64_MAX;
	/* A large keyframe has its turn alone. */
	if (topic_publish_ready(t, time))
		return 1;
	if (t->encoded && !topic_is_sending(t))
		topic_send_encoded(t, time);
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
	    .oversized = t->oversized,
	};
}
