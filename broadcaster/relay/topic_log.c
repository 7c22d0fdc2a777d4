/* SPDX-License-Identifier: MIT */
#include "topic_log.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ws_frame.h"

/* The payload of one fragment: with its header of 4 bytes it fills TOPIC_LOG_FRAGMENT_MAX. */
#define FRAGMENT_PAYLOAD (TOPIC_LOG_FRAGMENT_MAX - 4)

struct generation {
	uint64_t id;	/* counts up from 1; 0: unused */
	bool chained;	/* its keyframe is the state at the end of the generation before */
	size_t deltas;	/* offset of the first delta */
	size_t cursors; /* that are in it */
	uint32_t messages;
	size_t length;	   /* only what lies behind it is ever written to */
	struct blob *blob; /* its length is the capacity; snapshots hold it, too */
};

struct topic_log {
	size_t limit;
	bool waiting;
	bool has_epoch;
	struct frame_epoch epoch;
	uint64_t sequence; /* of the newest state held; valid when newest.id != 0 */
	struct frame_epoch held_epoch;
	uint64_t last_id;
	struct generation older, newest;
	struct topic_log_stats stats;
};

/* Ends a message whose rest will never be sent: an empty final continuation frame. */
static const uint8_t abandoned[] = {0x80, 0x00};

int topic_log_new(struct topic_log **ret, size_t limit)
{
	struct topic_log *log = calloc(1, sizeof(*log));

	if (!log)
		return -ENOMEM;
	log->limit = limit;
	log->waiting = true;
	*ret = log;
	return 0;
}

static void generation_clear(struct generation *g)
{
	blob_release(g->blob);
	*g = (struct generation){};
}

struct topic_log *topic_log_free(struct topic_log *log)
{
	if (!log)
		return NULL;
	generation_clear(&log->older);
	generation_clear(&log->newest);
	free(log);
	return NULL;
}

/* How many bytes a frame takes in the log. */
static size_t stored_size(size_t length)
{
	size_t whole = length / FRAGMENT_PAYLOAD, rest = length % FRAGMENT_PAYLOAD;
	uint8_t header[WS_FRAME_HEADER_MAX];

	return whole * TOPIC_LOG_FRAGMENT_MAX +
	       (rest || !whole ? ws_frame_header_encode(header, true, WS_BINARY, rest) + rest : 0);
}

/* Moves the bytes to a place of that capacity; one that a snapshot holds stays as it is beside it. */
static int generation_resize(struct generation *g, size_t capacity)
{
	bool shared = g->blob && g->blob->holders > 1;
	uint8_t *bytes = realloc(g->blob && !shared ? g->blob->bytes : NULL, capacity);
	struct blob *blob;

	if (!bytes)
		return -ENOMEM;
	if (g->blob && !shared) {
		g->blob->bytes = bytes;
		g->blob->length = capacity;
		return 0;
	}
	if (shared)
		memcpy(bytes, g->blob->bytes, g->length);
	blob = blob_new(bytes, capacity);
	if (!blob)
		return -ENOMEM;
	blob_release(g->blob);
	g->blob = blob;
	return 0;
}

static int generation_reserve(struct generation *g, size_t more)
{
	size_t capacity = g->blob ? g->blob->length : 0;

	if (more <= capacity - g->length)
		return 0;
	capacity += capacity / 2;
	if (capacity < g->length + more)
		capacity = g->length + more;
	return generation_resize(g, capacity);
}

static int generation_append(struct generation *g, const uint8_t *bytes, size_t length)
{
	enum ws_opcode opcode = WS_BINARY;
	int r = generation_reserve(g, stored_size(length));

	if (r < 0)
		return r;
	do {
		size_t n = length < FRAGMENT_PAYLOAD ? length : FRAGMENT_PAYLOAD;
		uint8_t *to = g->blob->bytes;

		g->length += ws_frame_header_encode(to + g->length, n == length, opcode, n);
		memcpy(to + g->length, bytes, n);
		g->length += n;
		bytes += n;
		length -= n;
		opcode = WS_CONTINUATION;
	} while (length);
	g->messages++;
	return 0;
}

static int push_keyframe(struct topic_log *log, const struct frame_header *header, const uint8_t *bytes,
			 size_t length)
{
	struct generation next = {.id = log->last_id + 1};

	next.chained = log->newest.id && !log->waiting && log->sequence == header->sequence &&
		       !frame_epoch_compare(&log->held_epoch, &header->epoch);
	if (generation_append(&next, bytes, length) < 0) {
		generation_clear(&next);
		log->waiting = true;
		return -ENOMEM;
	}
	next.deltas = next.length;
	log->last_id = next.id;
	generation_clear(&log->older);
	if (log->newest.cursors)
		log->older = log->newest;
	else
		generation_clear(&log->newest);
	log->newest = next;
	log->sequence = header->sequence;
	log->held_epoch = header->epoch;
	log->waiting = false;
	return TOPIC_LOG_TAKEN;
}

static int push_delta(struct topic_log *log, const struct frame_header *header, const uint8_t *bytes,
		      size_t length)
{
	struct generation *g = &log->newest;

	if (log->waiting)
		return TOPIC_LOG_WAITING;
	if (header->sequence <= log->sequence)
		return TOPIC_LOG_REPEATED;
	if (header->sequence != log->sequence + 1) {
		log->waiting = true;
		return TOPIC_LOG_GAP;
	}
	if (g->length - g->deltas + stored_size(length) > log->limit) {
		log->waiting = true;
		return TOPIC_LOG_FULL;
	}
	if (generation_append(g, bytes, length) < 0) {
		log->waiting = true;
		return -ENOMEM;
	}
	log->sequence = header->sequence;
	return TOPIC_LOG_TAKEN;
}

int topic_log_push(struct topic_log *log, const struct frame_header *header, const uint8_t *bytes,
		   size_t length)
{
	int order = log->has_epoch ? frame_epoch_compare(&header->epoch, &log->epoch) : 1;

	if (order < 0)
		return TOPIC_LOG_OLD_EPOCH;
	log->has_epoch = true;
	log->epoch = header->epoch;
	if (header->kind == FRAME_KEYFRAME)
		return push_keyframe(log, header, bytes, length);
	if (order > 0) {
		log->waiting = true;
		return TOPIC_LOG_GAP;
	}
	return push_delta(log, header, bytes, length);
}

void topic_log_lost(struct topic_log *log)
{
	log->waiting = true;
}

void topic_log_forget_epoch(struct topic_log *log)
{
	log->has_epoch = false;
}

void topic_log_clear(struct topic_log *log)
{
	generation_clear(&log->older);
	generation_clear(&log->newest);
	log->waiting = true;
}

bool topic_log_waiting(const struct topic_log *log)
{
	return log->waiting;
}

bool topic_log_has_keyframe(const struct topic_log *log)
{
	return log->newest.id;
}

bool topic_log_position(const struct topic_log *log, struct frame_epoch *ret_epoch, uint64_t *ret_sequence)
{
	if (!log->newest.id)
		return false;
	*ret_epoch = log->held_epoch;
	*ret_sequence = log->sequence;
	return true;
}

void topic_log_stats(const struct topic_log *log, struct topic_log_stats *ret)
{
	*ret = log->stats;
}

static size_t generation_memory(const struct generation *g)
{
	return g->blob ? g->blob->length : 0;
}

size_t topic_log_memory(const struct topic_log *log)
{
	return generation_memory(&log->older) + generation_memory(&log->newest);
}

int topic_log_hold(const struct topic_log *log, struct topic_log_snapshot *ret)
{
	if (!log->newest.id)
		return -ENODATA;
	*ret = (struct topic_log_snapshot){blob_hold(log->newest.blob), log->newest.length};
	return 0;
}

bool topic_log_read(const struct topic_log_snapshot *snapshot, size_t *at, const uint8_t **ret_piece,
		    size_t *ret_length, bool *ret_last)
{
	const uint8_t *bytes = snapshot->blob->bytes;
	struct ws_frame frame;

	if (*at >= snapshot->length || ws_frame_decode(&frame, bytes + *at, snapshot->length - *at) < 0)
		return false;
	*ret_piece = bytes + *at + frame.header;
	*ret_length = frame.payload;
	*ret_last = frame.final;
	*at += frame.header + frame.payload;
	return true;
}

static struct generation *cursor_generation(struct topic_log *log, const struct topic_cursor *cursor)
{
	if (cursor->generation && cursor->generation == log->newest.id)
		return &log->newest;
	if (cursor->generation && cursor->generation == log->older.id)
		return &log->older;
	return NULL;
}

/* Takes the cursor out of its generation, which goes when it was kept for this cursor alone. */
static void cursor_detach(struct topic_log *log, struct topic_cursor *cursor)
{
	struct generation *g = cursor_generation(log, cursor);

	cursor->generation = 0;
	cursor->offset = 0;
	if (!g)
		return;
	g->cursors--;
	if (g == &log->older && !g->cursors)
		generation_clear(g);
}

/* Puts the cursor at the newest keyframe, or behind it. */
static void cursor_attach(struct topic_log *log, struct topic_cursor *cursor, bool skip_keyframe)
{
	cursor->generation = log->newest.id;
	cursor->offset = skip_keyframe ? log->newest.deltas : 0;
	cursor->messages = skip_keyframe;
	log->newest.cursors++;
}

size_t topic_cursor_span(struct topic_log *log, struct topic_cursor *cursor, const uint8_t **ret)
{
	struct generation *g = cursor_generation(log, cursor);

	if (!g && cursor->inside) {
		*ret = abandoned;
		return sizeof(abandoned);
	}
	if (!log->newest.id)
		return 0;
	if (g == &log->older && cursor->offset == g->length) {
		/* who is in step with the newest keyframe needs only its deltas */
		cursor_detach(log, cursor);
		cursor_attach(log, cursor, log->newest.chained);
		g = &log->newest;
	} else if (!g) {
		log->stats.jumps += cursor->generation != 0;
		cursor_attach(log, cursor, false);
		g = &log->newest;
	}
	*ret = g->blob->bytes + cursor->offset;
	return g->length - cursor->offset;
}

size_t topic_cursor_sent(struct topic_log *log, struct topic_cursor *cursor, size_t n)
{
	struct generation *g = cursor_generation(log, cursor);
	bool final = true;
	size_t end;

	assert(n);
	if (!g) {
		assert(cursor->inside && n <= sizeof(abandoned));
		cursor->inside = false;
		log->stats.abandoned++;
		return sizeof(abandoned) - n;
	}
	end = g->length - cursor->offset;
	if (n < end) {
		uint32_t messages = 0;

		end = ws_frame_boundary(g->blob->bytes + cursor->offset, end, n, &final, &messages);
		cursor->messages += messages;
		log->stats.delivered += messages;
	} else {
		log->stats.delivered += g->messages - cursor->messages;
		cursor->messages = g->messages;
	}
	cursor->offset += end;
	cursor->inside = !final;
	return end - n;
}

void topic_cursor_restart(struct topic_log *log, struct topic_cursor *cursor)
{
	cursor_detach(log, cursor);
}

void topic_cursor_leave(struct topic_log *log, struct topic_cursor *cursor)
{
	cursor_detach(log, cursor);
	cursor->inside = false;
}
