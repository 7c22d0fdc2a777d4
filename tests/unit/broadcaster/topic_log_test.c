/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
#include "topic_log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "frames.h"
#include "ws_frame.h"

#define LIMIT (1 << 20)
#define EPOCH 1000

static uint8_t payload[200000];

static int push(struct topic_log *log, enum frame_kind kind, uint64_t epoch, uint64_t sequence, size_t length)
{
	struct built b = frame_build(kind, epoch, sequence, payload, length);
	int r = topic_log_push(log, &b.header, b.bytes, b.length);

	free(b.bytes);
	return r;
}

/* A viewer, as far as the log sees one: it takes bytes and decodes them. */
struct reader {
	struct topic_cursor cursor;
	uint8_t *message; /* that is being put together */
	size_t length;
	bool inside;
	/* the state that it has decoded */
	bool has_state;
	uint64_t epoch, sequence;
	size_t keyframes, deltas, cut;
	bool expect_keyframe; /* after one that was cut off */
};

static void read_message(struct reader *r)
{
	struct frame_header h;
	size_t at;

	if (frame_header_decode(&h, &at, r->message, r->length) < 0) {
		/* cut off: shorter than its header says, and a keyframe follows */
		assert_true(r->length >= 56);
		r->cut++;
		r->expect_keyframe = true;
		return;
	}
	if (h.kind == FRAME_KEYFRAME) {
		r->keyframes++;
		r->expect_keyframe = false;
		r->has_state = true;
		r->epoch = h.epoch.start;
		r->sequence = h.sequence;
		return;
	}
	assert_false(r->expect_keyframe);
	r->deltas++;
	assert_true(r->has_state);
	assert_true(h.epoch.start == r->epoch);
	assert_true(h.sequence == r->sequence + 1);
	r->sequence = h.sequence;
}

/* Takes whole WebSocket frames. */
static void read_bytes(struct reader *r, const uint8_t *bytes, size_t length)
{
	while (length) {
		struct ws_frame f;

		assert_int_equal(ws_frame_decode(&f, bytes, length), 0);
		assert_true(f.header + f.payload <= TOPIC_LOG_FRAGMENT_MAX);
		assert_int_equal(f.opcode, r->inside ? WS_CONTINUATION : WS_BINARY);
		r->message = realloc(r->message, r->length + f.payload + 1);
		memcpy(r->message + r->length, bytes + f.header, f.payload);
		r->length += f.payload;
		r->inside = !f.final;
		if (f.final) {
			read_message(r);
			r->length = 0;
		}
		bytes += f.header + f.payload;
		length -= f.header + f.payload;
	}
}

/* The socket takes up to n bytes at once; the rest of a fragment is held, as libwebsockets does. */
static size_t serve(struct topic_log *log, struct reader *r, size_t n)
{
	const uint8_t *span;
	size_t length = topic_cursor_span(log, &r->cursor, &span), rest;

	if (!length)
		return 0;
	if (n > length)
		n = length;
	rest = topic_cursor_sent(log, &r->cursor, n);
	assert_true(rest < TOPIC_LOG_FRAGMENT_MAX);
	assert_true(n + rest <= length);
	read_bytes(r, span, n + rest);
	assert_int_equal(r->inside, r->cursor.inside);
	return n + rest;
}

static void drain(struct topic_log *log, struct reader *r)
{
	while (serve(log, r, SIZE_MAX))
		;
}

static void leave(struct topic_log *log, struct reader *r)
{
	topic_cursor_leave(log, &r->cursor);
	free(r->message);
	*r = (struct reader){};
}

static void test_join_and_follow(void **context)
{
	struct reader r = {}, late = {};
	struct topic_log *log;

	(void)context;
	assert_int_equal(topic_log_new(&log, LIMIT), 0);
	assert_true(topic_log_waiting(log));
	assert_int_equal(serve(log, &r, 1), 0);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 1, 10), TOPIC_LOG_GAP);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 2, 10), TOPIC_LOG_WAITING);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 2, 100000), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 3, 10), TOPIC_LOG_TAKEN);
	drain(log, &r);
	assert_int_equal(r.keyframes, 1);
	assert_int_equal(r.sequence, 3);
	/* in step: the next keyframe is not for r, but for who joins */
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 3, 100000), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 4, 10), TOPIC_LOG_TAKEN);
	drain(log, &r);
	drain(log, &late);
	assert_int_equal(r.keyframes, 1);
	assert_int_equal(late.keyframes, 1);
	assert_int_equal(r.sequence, 4);
	assert_int_equal(late.sequence, 4);
	/* the viewer lost its place */
	topic_cursor_restart(log, &r.cursor);
	drain(log, &r);
	assert_int_equal(r.keyframes, 2);
	assert_int_equal(r.sequence, 4);
	leave(log, &r);
	leave(log, &late);
	topic_log_free(log);
}

static void test_gaps_and_epochs(void **context)
{
	struct frame_epoch epoch;
	struct topic_log *log;
	uint64_t sequence;

	(void)context;
	assert_int_equal(topic_log_new(&log, LIMIT), 0);
	assert_false(topic_log_position(log, &epoch, &sequence));
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 0, 10), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 1, 10), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 1, 10), TOPIC_LOG_REPEATED);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 3, 10), TOPIC_LOG_GAP);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 4, 10), TOPIC_LOG_WAITING);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 4, 10), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 5, 10), TOPIC_LOG_TAKEN);
	assert_true(topic_log_position(log, &epoch, &sequence));
	assert_int_equal(sequence, 5);
	/* another collector, and then the first one again */
	assert_int_equal(push(log, FRAME_DELTA, EPOCH + 1, 6, 10), TOPIC_LOG_GAP);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 6, 10), TOPIC_LOG_OLD_EPOCH);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 6, 10), TOPIC_LOG_OLD_EPOCH);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH + 1, 6, 10), TOPIC_LOG_TAKEN);
	/* the subscription began anew */
	topic_log_lost(log);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH + 1, 7, 10), TOPIC_LOG_WAITING);
	assert_true(topic_log_has_keyframe(log));
	topic_log_clear(log);
	assert_false(topic_log_has_keyframe(log));
	assert_int_equal(topic_log_memory(log), 0);
	topic_log_free(log);
}

/* The same sequence number in another epoch is another state. */
static void test_new_epoch_at_once(void **context)
{
	struct reader r = {};
	struct topic_log *log;

	(void)context;
	assert_int_equal(topic_log_new(&log, LIMIT), 0);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 0, 10), TOPIC_LOG_TAKEN);
	drain(log, &r);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH + 1, 0, 10), TOPIC_LOG_TAKEN);
	drain(log, &r);
	assert_int_equal(r.keyframes, 2);
	assert_int_equal(r.epoch, EPOCH + 1);
	leave(log, &r);
	topic_log_free(log);
}

/* A viewer who stops in the middle of a keyframe, for ten keyframes. */
static void test_stalled(void **context)
{
	struct reader r = {}, other = {};
	struct topic_log_stats stats;
	struct topic_log *log;
	uint64_t sequence = 0;

	(void)context;
	assert_int_equal(topic_log_new(&log, LIMIT), 0);
	push(log, FRAME_KEYFRAME, EPOCH, sequence, 150000);
	serve(log, &r, 20000);
	assert_true(r.inside);
	for (int i = 0; i < 10; i++) {
		drain(log, &other);
		assert_int_equal(push(log, FRAME_DELTA, EPOCH, ++sequence, 5000), TOPIC_LOG_TAKEN);
		assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, sequence, 150000), TOPIC_LOG_TAKEN);
		assert_true(topic_log_memory(log) < 2 * 200000);
	}
	drain(log, &other);
	assert_int_equal(other.keyframes, 1);
	assert_int_equal(other.sequence, 10);
	/* goes on: the old keyframe is cut off, the newest follows */
	drain(log, &r);
	assert_int_equal(r.cut, 1);
	assert_int_equal(r.keyframes, 1);
	assert_int_equal(r.sequence, 10);
	topic_log_stats(log, &stats);
	assert_int_equal(stats.jumps, 1);
	assert_int_equal(stats.abandoned, 1);
	leave(log, &r);
	leave(log, &other);
	topic_log_free(log);
}

/* With two generations, a slow viewer ends one keyframe while the next one is there already. */
static void test_slow_finishes(void **context)
{
	struct reader r = {};
	struct topic_log *log;
	size_t memory;

	(void)context;
	assert_int_equal(topic_log_new(&log, LIMIT), 0);
	push(log, FRAME_KEYFRAME, EPOCH, 0, 150000);
	serve(log, &r, 20000);
	push(log, FRAME_DELTA, EPOCH, 1, 10);
	push(log, FRAME_KEYFRAME, EPOCH, 1, 150000);
	memory = topic_log_memory(log);
	assert_true(memory > 2 * 150000);
	drain(log, &r);
	assert_int_equal(r.cut, 0);
	assert_int_equal(r.keyframes, 1);
	assert_int_equal(r.sequence, 1);
	/* what nobody needs any more is gone */
	assert_true(topic_log_memory(log) < memory - 150000);
	leave(log, &r);
	topic_log_free(log);
}

static void test_limit(void **context)
{
	struct topic_log *log;

	(void)context;
	assert_int_equal(topic_log_new(&log, 100000), 0);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 0, 150000), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 1, 60000), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 2, 60000), TOPIC_LOG_FULL);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 3, 10), TOPIC_LOG_WAITING);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 3, 10), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 4, 60000), TOPIC_LOG_TAKEN);
	topic_log_free(log);
}

/* Frames of all sizes around the fragments' come back as they went in. */
static void test_bytes(void **context)
{
	static const size_t sizes[] = {0,	   60,	       69,    70,	  126,	 16380 - 61,
				       16380 - 60, 16380 - 59, 16384, 32760 - 60, 65536, 200000};

	(void)context;
	for (size_t i = 0; i < sizeof(payload); i++)
		payload[i] = (uint8_t)(i * 31 >> 3);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct built b = frame_build(FRAME_KEYFRAME, EPOCH, 0, payload, sizes[i]);
		struct topic_log *log;
		size_t at = 0, n = 0, length;
		struct topic_log_snapshot snapshot;
		const uint8_t *piece;
		bool last = false;

		assert_int_equal(topic_log_new(&log, LIMIT), 0);
		assert_int_equal(topic_log_push(log, &b.header, b.bytes, b.length), TOPIC_LOG_TAKEN);
		assert_int_equal(topic_log_hold(log, &snapshot), 0);
		while (topic_log_read(&snapshot, &at, &piece, &length, &last)) {
			assert_memory_equal(piece, b.bytes + n, length);
			n += length;
			assert_int_equal(last, n == b.length);
		}
		assert_int_equal(n, b.length);
		blob_release(snapshot.blob);
		topic_log_free(log);
		free(b.bytes);
	}
}

/* What is held stays as it was, whatever is pushed, and outlives the log. */
static void test_snapshot(void **context)
{
	struct topic_log_snapshot before, after;
	struct topic_log *log;
	size_t at = 0, n = 0, length;
	const uint8_t *piece;
	uint8_t *copy;
	bool last;

	(void)context;
	assert_int_equal(topic_log_new(&log, LIMIT), 0);
	assert_int_equal(topic_log_hold(log, &before), -ENODATA);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 1, 3000), TOPIC_LOG_TAKEN);
	assert_int_equal(push(log, FRAME_DELTA, EPOCH, 2, 100), TOPIC_LOG_TAKEN);
	assert_int_equal(topic_log_hold(log, &before), 0);
	copy = malloc(before.length);
	memcpy(copy, before.blob->bytes, before.length);
	/* beyond what was set aside for the generation, more than once */
	for (uint64_t i = 3; i < 60; i++)
		assert_int_equal(push(log, FRAME_DELTA, EPOCH, i, 1000), TOPIC_LOG_TAKEN);
	assert_int_equal(topic_log_hold(log, &after), 0);
	assert_int_equal(push(log, FRAME_KEYFRAME, EPOCH, 60, 3000), TOPIC_LOG_TAKEN);
	topic_log_free(log);
	assert_memory_equal(before.blob->bytes, copy, before.length);
	assert_memory_equal(after.blob->bytes, copy, before.length);
	while (topic_log_read(&after, &at, &piece, &length, &last))
		n += last;
	assert_int_equal(n, 59);
	blob_release(before.blob);
	blob_release(after.blob);
	free(copy);
}

static unsigned random_state;

static unsigned roll(unsigned n)
{
	random_state = random_state * 1103515245u + 12345u;
	return (random_state >> 16) % n;
}

/* What a collector sends, with losses, restarts and keyframes as they come. */
static void collect(struct topic_log *log, uint64_t *epoch, uint64_t *sequence)
{
	switch (roll(12)) {
	case 0:
		push(log, FRAME_KEYFRAME, *epoch, *sequence, roll(100000));
		return;
	case 1: /* lost on the way */
		++*sequence;
		return;
	case 2:
		if (!roll(4)) {
			++*epoch;
			*sequence = 0;
		}
		return;
	case 3:
		if (!roll(4))
			topic_log_lost(log);
		return;
	default:
		push(log, FRAME_DELTA, *epoch, ++*sequence, roll(6) ? roll(200) : roll(40000));
	}
}

static void test_random(void **context)
{
	struct reader readers[6];

	(void)context;
	for (unsigned round = 0; round < 60; round++) {
		uint64_t epoch = EPOCH, sequence = 0, held;
		struct frame_epoch held_epoch;
		struct topic_log *log;

		random_state = round;
		memset(readers, 0, sizeof(readers));
		assert_int_equal(topic_log_new(&log, 200000), 0);
		for (unsigned step = 0; step < 1500; step++) {
			struct reader *r = &readers[roll(6)];

			collect(log, &epoch, &sequence);
			if (r < &readers[3])
				serve(log, r, 1 + roll(3000)); /* slow */
			else
				drain(log, r);
			if (!roll(200))
				topic_cursor_restart(log, &r->cursor);
			if (!roll(300) && !r->inside)
				leave(log, r);
			if (!roll(500))
				topic_log_clear(log);
		}
		push(log, FRAME_KEYFRAME, epoch, ++sequence, 1000);
		push(log, FRAME_DELTA, epoch, ++sequence, 10);
		assert_true(topic_log_position(log, &held_epoch, &held));
		assert_true(held == sequence && held_epoch.start == epoch);
		for (unsigned i = 0; i < 6; i++) {
			drain(log, &readers[i]);
			assert_true(readers[i].epoch == epoch && readers[i].sequence == sequence);
			assert_false(readers[i].inside);
			leave(log, &readers[i]);
		}
		topic_log_free(log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_join_and_follow),
	    cmocka_unit_test(test_gaps_and_epochs),
	    cmocka_unit_test(test_new_epoch_at_once),
	    cmocka_unit_test(test_stalled),
	    cmocka_unit_test(test_slow_finishes),
	    cmocka_unit_test(test_limit),
	    cmocka_unit_test(test_bytes),
	    cmocka_unit_test(test_snapshot),
	    cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
