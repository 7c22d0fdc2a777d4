/* SPDX-License-Identifier: MIT */
#include "outgoing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "deflate.h"
#include "util.h"

#define BUFFER_KEPT (1024 * 1024)

struct outgoing {
	struct worker_job job;
	struct outgoing_options options;
	struct frame_header header;
	struct buffer payload, frame;
	struct keyframe *keyframe;
	struct deflate *deflate;
	enum outgoing_state state;
	int error;
	bool dropped, orphaned; /* while it is in the thread */
};

int outgoing_new(struct outgoing **ret, enum frame_kind kind, const struct outgoing_options *options)
{
	struct outgoing *o = calloc(1, sizeof(*o));

	if (!o)
		return -ENOMEM;
	o->options = *options;
	o->header = (struct frame_header){.kind = kind, .epoch = options->epoch};
	memcpy(o->header.site, options->site, strlen(options->site) + 1);
	memcpy(o->header.topic, options->topic, strlen(options->topic) + 1);
	*ret = o;
	return 0;
}

static void release(struct outgoing *o)
{
	buffer_done(&o->payload);
	buffer_done(&o->frame);
	o->keyframe = keyframe_free(o->keyframe);
	o->deflate = deflate_free(o->deflate);
}

struct outgoing *outgoing_free(struct outgoing *o)
{
	if (!o)
		return NULL;
	if (o->state == OUTGOING_BESIDE) {
		o->orphaned = true;
		return NULL;
	}
	release(o);
	free(o);
	return NULL;
}

enum outgoing_state outgoing_state(const struct outgoing *o)
{
	return o->state;
}

struct buffer *outgoing_payload(struct outgoing *o)
{
	buffer_clear(&o->payload, BUFFER_KEPT);
	return &o->payload;
}

void outgoing_set_keyframe(struct outgoing *o, struct keyframe *k)
{
	o->keyframe = k;
}

static size_t length_of(const struct iovec *parts, size_t n)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++)
		length += parts[i].iov_len;
	return length;
}

static const struct iovec *parts_of(const struct outgoing *o, struct iovec *room, size_t *ret_n)
{
	if (o->keyframe)
		return keyframe_parts(o->keyframe, ret_n);
	*room = (struct iovec){.iov_base = o->payload.bytes, .iov_len = o->payload.length};
	*ret_n = 1;
	return room;
}

size_t outgoing_length(const struct outgoing *o)
{
	struct iovec room;
	size_t n;
	const struct iovec *parts = parts_of(o, &room, &n);

	return length_of(parts, n);
}

static bool is_deflated(struct outgoing *o, const struct iovec *parts, size_t n)
{
	if (!o->options.deflate_level || o->header.inflated_length < o->options.deflate_from)
		return false;
	if (!o->deflate && deflate_new(&o->deflate, o->options.deflate_level) < 0)
		return false;
	return deflate_append(o->deflate, &o->frame, parts, n) >= 0;
}

/* In the thread or on the loop. */
static int pack(struct outgoing *o)
{
	struct iovec room;
	size_t n, header;
	const struct iovec *parts = parts_of(o, &room, &n);

	buffer_clear(&o->frame, BUFFER_KEPT);
	if (o->payload.failed || buffer_reserve(&o->frame, FRAME_HEADER_MAX) < 0)
		return -ENOMEM;
	/* The header's length depends on the names alone, so it is written in place when all is known. */
	header = frame_header_encode(&o->header, o->frame.bytes);
	o->frame.length = header;
	o->header.inflated_length = (uint32_t)length_of(parts, n);
	o->header.flags = 0;
	if (is_deflated(o, parts, n))
		o->header.flags = FRAME_FLAG_DEFLATED;
	else
		for (size_t i = 0; i < n; i++)
			buffer_write(&o->frame, parts[i].iov_base, parts[i].iov_len);
	o->header.payload_length = (uint32_t)(o->frame.length - header);
	/* One keyframe in a while: what it took is given back. */
	if (o->keyframe) {
		o->keyframe = keyframe_free(o->keyframe);
		o->deflate = deflate_free(o->deflate);
	}
	return o->frame.failed ? -ENOMEM : 0;
}

void outgoing_pack(struct outgoing *o)
{
	o->error = pack(o);
	o->state = OUTGOING_READY;
}

static void on_run(struct worker_job *job, const struct worker *w)
{
	struct outgoing *o = CONTAINER_OF(job, struct outgoing, job);

	o->error = worker_is_ending(w) ? -ECANCELED : pack(o);
}

static void on_drop(struct worker_job *job)
{
	struct outgoing *o = CONTAINER_OF(job, struct outgoing, job);

	release(o);
	free(o);
}

static void on_done(struct worker_job *job)
{
	struct outgoing *o = CONTAINER_OF(job, struct outgoing, job);

	if (o->orphaned)
		return on_drop(job);
	o->state = OUTGOING_READY;
	if (o->dropped)
		outgoing_drop(o);
	o->options.ready(o->options.data);
}

int outgoing_pack_beside(struct outgoing *o, struct worker *w)
{
	int r;

	o->job = (struct worker_job){.run = on_run, .done = on_done, .drop = on_drop};
	o->dropped = false;
	r = worker_do(w, &o->job);
	if (r >= 0)
		o->state = OUTGOING_BESIDE;
	return r;
}

void outgoing_drop(struct outgoing *o)
{
	o->dropped = true;
	if (o->state == OUTGOING_BESIDE)
		return;
	release(o);
	o->state = OUTGOING_IDLE;
}

int outgoing_take(struct outgoing *o, uint64_t sequence, uint64_t time, uint32_t unlisted,
		  const struct buffer **ret)
{
	o->state = OUTGOING_IDLE;
	if (o->error < 0)
		return o->error;
	o->header.sequence = sequence;
	o->header.time = time;
	o->header.unlisted = unlisted;
	frame_header_encode(&o->header, o->frame.bytes);
	*ret = &o->frame;
	return 0;
}

size_t outgoing_inflated(const struct outgoing *o)
{
	return o->header.inflated_length;
}

size_t outgoing_packed(const struct outgoing *o)
{
	return o->frame.length;
}
