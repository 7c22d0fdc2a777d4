/* SPDX-License-Identifier: MIT */
#include "relay_topic.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "frames.h"

static int push_at(struct relay_topic *t, struct built b, uint64_t now_ms, bool *ask)
{
	int r = relay_topic_push(t, b.bytes, b.length, now_ms, ask);

	free(b.bytes);
	return r;
}

static int push(struct relay_topic *t, struct built b, bool *ask)
{
	return push_at(t, b, 5000, ask);
}

static void test_push(void **context)
{
	struct relay_topic *t, *other;
	struct built b;
	bool ask;

	(void)context;
	assert_int_equal(relay_topic_new(&t, "home", "overview", true, 1 << 20), 0);
	assert_int_equal(relay_topic_new(&other, "lab", "overview", true, 1 << 20), 0);
	assert_int_equal(push(t, frame_build(FRAME_KEYFRAME, 1, 5, "\x90", 1), &ask), 0);
	assert_false(ask);
	assert_true(t->dirty);
	assert_int_equal(t->stats.last_ms, 5000);
	assert_int_equal(push(t, frame_build(FRAME_DELTA, 1, 6, "\x90", 1), &ask), 0);
	assert_int_equal(push(t, frame_build(FRAME_DELTA, 1, 8, "\x90", 1), &ask), TOPIC_DROP_GAP);
	assert_true(ask);
	assert_int_equal(push(t, frame_build(FRAME_DELTA, 1, 9, "\x90", 1), &ask), TOPIC_DROP_WAITING);
	assert_false(ask);
	assert_int_equal(push(other, frame_build(FRAME_KEYFRAME, 1, 5, "\x90", 1), &ask),
			 TOPIC_DROP_STRANGER);
	assert_int_equal(relay_topic_push(t, (const uint8_t *)"CVnonsense", 10, 0, &ask), TOPIC_DROP_VERSION);
	assert_int_equal(relay_topic_push(t, (const uint8_t *)"nonsense", 8, 0, &ask), TOPIC_DROP_MALFORMED);
	b = frame_build(FRAME_DELTA, 1, 6, "\x90", 1);
	b.length--;
	assert_int_equal(push(t, b, &ask), TOPIC_DROP_MALFORMED);
	assert_int_equal(t->stats.keyframes, 1);
	assert_int_equal(t->stats.deltas, 1);
	assert_int_equal(t->stats.drops[TOPIC_DROP_GAP], 1);
	assert_int_equal(t->stats.drops[TOPIC_DROP_MALFORMED], 2);
	assert_int_equal(t->stats.drops[TOPIC_DROP_STRANGER], 0);
	relay_topic_free(t);
	relay_topic_free(other);
}

/* Of the newest frame, and of none once nothing is held. */
static void test_what_does_not_fit(void **context)
{
	struct built b = frame_build(FRAME_DELTA, 1, 6, "\x90", 1);
	struct relay_topic *t;
	bool ask;

	(void)context;
	assert_int_equal(relay_topic_new(&t, "home", "overview", true, 1 << 20), 0);
	assert_int_equal(push(t, frame_build(FRAME_KEYFRAME, 1, 5, "\x90", 1), &ask), 0);
	assert_int_equal(t->stats.unlisted, 0);
	b.header.unlisted = 70000;
	frame_header_encode(&b.header, b.bytes);
	assert_int_equal(push(t, b, &ask), 0);
	assert_int_equal(t->stats.unlisted, 70000);
	relay_topic_clear(t);
	assert_int_equal(t->stats.unlisted, 0);
	relay_topic_free(t);
}

/* The clock of a router was set back, or the younger of two collectors was stopped. */
static void test_older_epoch_after_silence(void **context)
{
	struct relay_topic *t;
	bool ask;

	(void)context;
	assert_int_equal(relay_topic_new(&t, "home", "overview", true, 1 << 20), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_KEYFRAME, 9, 5, "\x90", 1), 5000, &ask), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 1, 6, "\x90", 1), 6000, &ask),
			 TOPIC_DROP_OLD_EPOCH);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 1, 7, "\x90", 1), 6500, &ask),
			 TOPIC_DROP_OLD_EPOCH);
	assert_false(ask);
	/* one that is restarted after the other is no rival */
	assert_false(relay_topic_has_rivals(t, 6500));
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 1, 8, "\x90", 1), 8001, &ask), TOPIC_DROP_GAP);
	assert_true(ask);
	assert_int_equal(push_at(t, frame_build(FRAME_KEYFRAME, 1, 8, "\x90", 1), 8100, &ask), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 1, 9, "\x90", 1), 8200, &ask), 0);
	/* the newer one is back, and then both speak */
	assert_int_equal(push_at(t, frame_build(FRAME_KEYFRAME, 9, 6, "\x90", 1), 8300, &ask), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 1, 10, "\x90", 1), 8400, &ask),
			 TOPIC_DROP_OLD_EPOCH);
	assert_false(relay_topic_has_rivals(t, 8400));
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 9, 7, "\x90", 1), 8500, &ask), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 1, 11, "\x90", 1), 8600, &ask),
			 TOPIC_DROP_OLD_EPOCH);
	assert_true(relay_topic_has_rivals(t, 8600));
	/* the older one was stopped */
	assert_true(relay_topic_has_rivals(t, 23600));
	assert_false(relay_topic_has_rivals(t, 23601));
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 9, 8, "\x90", 1), 30000, &ask), 0);
	/* the newer one is started again, while something of the one before is still on its way */
	assert_int_equal(push_at(t, frame_build(FRAME_KEYFRAME, 10, 1, "\x90", 1), 30100, &ask), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 9, 9, "\x90", 1), 30200, &ask),
			 TOPIC_DROP_OLD_EPOCH);
	assert_false(relay_topic_has_rivals(t, 30200));
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 10, 2, "\x90", 1), 30300, &ask), 0);
	assert_int_equal(push_at(t, frame_build(FRAME_DELTA, 9, 10, "\x90", 1), 30400, &ask),
			 TOPIC_DROP_OLD_EPOCH);
	assert_true(relay_topic_has_rivals(t, 30400));
	relay_topic_free(t);
}

static void test_watches(void **context)
{
	struct watch watches[100] = {};
	struct relay_topic *t;

	(void)context;
	assert_int_equal(relay_topic_new(&t, "home", "overview", true, 1 << 20), 0);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(relay_topic_watch(t, &watches[i]), 0);
	for (size_t i = 0; i < 100; i += 2)
		relay_topic_unwatch(&watches[i]);
	assert_int_equal(t->n_watches, 50);
	for (size_t i = 0; i < t->n_watches; i++) {
		assert_int_equal(t->watches[i]->index, i);
		assert_ptr_equal(t->watches[i]->topic, t);
	}
	relay_topic_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_push),
	    cmocka_unit_test(test_what_does_not_fit),
	    cmocka_unit_test(test_older_epoch_after_silence),
	    cmocka_unit_test(test_watches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
