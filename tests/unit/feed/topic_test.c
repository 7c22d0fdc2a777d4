/* SPDX-License-Identifier: MIT */
#include "topic.h"

#include "cmocka_all.h"
#include "topic_stub.h"

static void test_begins_with_a_keyframe(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	assert_true(stub_flush(&s, 10) == UINT64_MAX);
	assert_int_equal(s.keyframes + s.deltas, 0);
	topic_wake(s.topic);
	stub_flush(&s, 20);
	assert_int_equal(s.keyframes, 1);
	assert_int_equal(s.reader.header.sequence, 0);
	assert_int_equal(s.reader.header.epoch.start, 7);
	s.value = 5;
	stub_flush(&s, 30);
	assert_int_equal(s.deltas, 1);
	assert_int_equal(s.reader.header.sequence, 1);
	assert_int_equal(stub_shown(&s), 5);
	stub_close(&s);
}

static void test_heartbeat(void **state)
{
	struct stub s;
	uint64_t time = 20, last = 20;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	while (time < 10000) {
		unsigned before = s.keyframes + s.deltas;
		uint64_t wait = stub_flush(&s, time);

		if (s.keyframes + s.deltas > before)
			last = time;
		assert_true(wait > 0);
		time += wait;
		/* However it is called, no second passes without a frame. */
		assert_true(time - last <= 1000);
	}
	assert_int_equal(s.keyframes, 1);
	assert_in_range(s.deltas, 10, 11);
	stub_close(&s);
}

static void test_asks_are_limited_but_not_forgotten(void **state)
{
	struct stub s;
	uint64_t wait;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	topic_wake(s.topic);
	s.value = 3;
	wait = stub_flush(&s, 400);
	/* The deltas go on meanwhile. */
	assert_int_equal(s.keyframes, 1);
	assert_int_equal(s.deltas, 1);
	assert_true(wait <= 700);
	s.value = 4;
	stub_flush(&s, 1100);
	/* First the news for those in step, who skip (and here compare) the keyframe. */
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(s.deltas, 2);
	assert_int_equal(s.reader.header.sequence, 2);
	assert_int_equal(stub_shown(&s), 4);
	stub_close(&s);
}

/* No keyframe begins while one is under way, and then there is a pause as long as it took, twice. */
static void test_keyframes_that_cost_much(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	s.slow = true;
	topic_wake(s.topic);
	stub_flush(&s, 100);
	assert_int_equal(s.keyframes, 1);
	assert_true(topic_keyframe_under_way(s.topic));
	topic_wake(s.topic);
	for (uint64_t time = 200; time < 9000; time += 100)
		stub_flush(&s, time);
	assert_int_equal(s.keyframes, 1);
	assert_true(s.deltas >= 8);
	topic_received(s.topic, 1, 1, 9100);
	assert_false(topic_keyframe_under_way(s.topic));
	assert_in_range(stub_flush(&s, 9100), 1, 1000);
	for (uint64_t time = 9200; time < 27000; time += 100)
		stub_flush(&s, time);
	assert_int_equal(s.keyframes, 1);
	stub_flush(&s, 27100);
	assert_int_equal(s.keyframes, 2);
	/* Redis went away with it: nothing is under way any more */
	topic_lose(s.topic);
	topic_wake(s.topic);
	stub_flush(&s, 40000);
	assert_int_equal(s.keyframes, 3);
	stub_close(&s);
}

static void test_sleeps_when_nobody_listens(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	s.value = 1;
	stub_flush(&s, 200);
	/* An answer about an earlier frame says nothing of now. */
	topic_received(s.topic, s.number - 1, 0, 0);
	s.value = 2;
	stub_flush(&s, 300);
	assert_int_equal(s.deltas, 2);
	topic_received(s.topic, s.number, 0, 1150);
	s.value = 3;
	assert_true(stub_flush(&s, 5000) == UINT64_MAX);
	assert_int_equal(s.deltas, 2);
	assert_false(s.followed);
	/* Who saw sequence 2 must not take the next keyframe for the state that he has: it has another
	 * number. */
	topic_wake(s.topic);
	stub_flush(&s, 6000);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(s.reader.header.sequence, 3);
	assert_int_equal(stub_shown(&s), 3);
	stub_close(&s);
}

static void test_ask_beats_an_answer_that_is_under_way(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	topic_wake(s.topic);
	topic_received(s.topic, s.number, 0, 1150);
	stub_flush(&s, 1200);
	assert_int_equal(s.keyframes, 2);
	stub_close(&s);
}

static void test_refused_frames(void **state)
{
	struct stub s;
	struct topic_status status;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	s.refuse = true;
	s.value = 1;
	stub_flush(&s, 200);
	s.value = 2;
	stub_flush(&s, 300);
	stub_flush(&s, 1200);
	topic_get_status(s.topic, &status);
	assert_int_equal(status.dropped, 2);
	s.refuse = false;
	stub_flush(&s, 1300);
	stub_flush(&s, 2300);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(stub_shown(&s), 2);
	s.value = 9;
	stub_flush(&s, 2400);
	assert_int_equal(stub_shown(&s), 9);
	stub_close(&s);
}

static void test_lost_and_found_again(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	s.value = 1;
	topic_lose(s.topic);
	assert_true(stub_flush(&s, 200) == UINT64_MAX);
	s.value = 2;
	topic_wake(s.topic);
	stub_flush(&s, 5000);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(stub_shown(&s), 2);
	assert_int_equal(s.reader.header.sequence, 1);
	stub_close(&s);
}

/* Keyframes, deltas and heartbeats alike say how much there is no row for. */
static void test_what_does_not_fit_is_said(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	s.unlisted = 7;
	topic_wake(s.topic);
	stub_flush(&s, 100);
	assert_int_equal(s.reader.header.kind, FRAME_KEYFRAME);
	assert_int_equal(s.reader.header.unlisted, 7);
	s.unlisted = 0;
	s.value = 1;
	stub_flush(&s, 200);
	assert_int_equal(s.reader.header.unlisted, 0);
	s.unlisted = 3;
	stub_flush(&s, 1300);
	assert_int_equal(s.reader.header.unlisted, 3);
	stub_close(&s);
}

static void test_lost_news_means_keyframe(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	s.value = 1;
	s.broken = true;
	stub_flush(&s, 200);
	s.value = 2;
	for (uint64_t time = 300; time < 3000; time += 100)
		stub_flush(&s, time);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(stub_shown(&s), 2);
	stub_close(&s);
}

static void test_outweighed_keyframe(void **state)
{
	struct stub s;
	uint64_t time = 2000;

	(void)state;
	stub_open(&s, 0);
	s.ballast = 200;
	topic_wake(s.topic);
	stub_flush(&s, 100);
	while (s.keyframes == 1 && time < 2000 + 2000) {
		s.value++;
		stub_flush(&s, time++);
	}
	/* 64 KiB of deltas of some 270 bytes each. */
	assert_int_equal(s.keyframes, 2);
	assert_in_range(s.deltas, 200, 400);
	assert_int_equal(stub_shown(&s), s.value);
	stub_close(&s);
}

static void test_deflated(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 4);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	assert_false(s.deflated);
	s.ballast = 200;
	s.value = 1;
	stub_flush(&s, 200);
	assert_true(s.deflated);
	s.value = 2;
	stub_flush(&s, 300);
	assert_true(s.deflated);
	assert_true(s.reader.payload < 100);
	assert_int_equal(stub_shown(&s), 2);
	stub_close(&s);
}

static bool is_oversized(const struct stub *s)
{
	struct topic_status status;

	topic_get_status(s->topic, &status);
	return status.oversized;
}

/* One that fits into no frame is a fault until the next one does, or nobody waits for one. */
static void test_oversized(void **state)
{
	struct stub s;
	uint64_t time = 20;

	(void)state;
	stub_open(&s, 0);
	s.rows = FRAME_INFLATED_MAX / 200;
	topic_wake(s.topic);
	stub_flush(&s, time);
	assert_true(is_oversized(&s));
	assert_int_equal(s.keyframes, 0);
	s.rows = s.told_rows = 0;
	stub_flush(&s, time += 10000);
	assert_int_equal(s.keyframes, 1);
	assert_false(is_oversized(&s));
	s.rows = FRAME_INFLATED_MAX / 200;
	/* the delta does not fit either, and then the keyframe in its place */
	stub_flush(&s, time += 10000);
	stub_flush(&s, time += 10000);
	assert_true(is_oversized(&s));
	topic_lose(s.topic);
	assert_false(is_oversized(&s));
	stub_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_begins_with_a_keyframe),
	    cmocka_unit_test(test_heartbeat),
	    cmocka_unit_test(test_asks_are_limited_but_not_forgotten),
	    cmocka_unit_test(test_keyframes_that_cost_much),
	    cmocka_unit_test(test_sleeps_when_nobody_listens),
	    cmocka_unit_test(test_ask_beats_an_answer_that_is_under_way),
	    cmocka_unit_test(test_refused_frames),
	    cmocka_unit_test(test_lost_and_found_again),
	    cmocka_unit_test(test_what_does_not_fit_is_said),
	    cmocka_unit_test(test_lost_news_means_keyframe),
	    cmocka_unit_test(test_outweighed_keyframe),
	    cmocka_unit_test(test_deflated),
	    cmocka_unit_test(test_oversized),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
