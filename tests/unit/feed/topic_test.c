/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
#include "topic.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "feed_reader.h"

/* A source with one table of one row of one counter. */
struct stub {
	struct topic *topic;
	struct reader reader;
	int64_t value, told;
	size_t ballast; /* bytes of text that each payload carries */
	bool followed, broken, refuse;
	bool slow; /* what is taken is not acknowledged */
	unsigned keyframes, deltas;
	uint64_t number;
	bool deflated;
};

static void pack_ballast(struct stub *s, msgpack_packer *p)
{
	char text[200];

	memset(text, 'x', sizeof(text));
	msgpack_pack_str_with_body(p, text, s->ballast < sizeof(text) ? s->ballast : sizeof(text));
}

static void keyframe(void *data, msgpack_packer *p, uint64_t time)
{
	struct stub *s = data;

	(void)time;
	s->followed = true;
	s->told = s->value;
	s->broken = false;
	msgpack_pack_array(p, 1);
	msgpack_pack_array(p, 3);
	msgpack_pack_str_with_body(p, "t", 1);
	msgpack_pack_array(p, 2);
	msgpack_pack_str_with_body(p, "+n", 2);
	msgpack_pack_str_with_body(p, "x", 1);
	msgpack_pack_array(p, 1);
	msgpack_pack_array(p, 3);
	msgpack_pack_int(p, 1);
	msgpack_pack_int64(p, s->value);
	pack_ballast(s, p);
}

static void delta(void *data, msgpack_packer *p, uint64_t time)
{
	struct stub *s = data;

	(void)time;
	msgpack_pack_array(p, s->value != s->told);
	if (s->value == s->told)
		return;
	msgpack_pack_array(p, 4);
	msgpack_pack_int(p, 0);
	msgpack_pack_array(p, 0);
	msgpack_pack_array(p, 0);
	msgpack_pack_array(p, 4);
	msgpack_pack_int(p, 1);
	msgpack_pack_int(p, 3);
	msgpack_pack_int64(p, s->value - s->told);
	pack_ballast(s, p);
	s->told = s->value;
}

static bool has_changes(void *data)
{
	struct stub *s = data;

	return s->followed && s->value != s->told;
}

static bool is_broken(void *data)
{
	return ((struct stub *)data)->broken;
}

static void unfollow(void *data)
{
	((struct stub *)data)->followed = false;
}

static int take(void *data, const void *frame, size_t length, uint64_t number)
{
	struct stub *s = data;

	s->number = number;
	if (s->refuse)
		return -ENOBUFS;
	reader_take(&s->reader, frame, length);
	s->deflated = s->reader.header.flags & FRAME_FLAG_DEFLATED;
	if (s->reader.header.kind == FRAME_KEYFRAME)
		s->keyframes++;
	else
		s->deltas++;
	return 0;
}

static void open_stub(struct stub *s, struct deflate *deflate)
{
	struct topic_options options = {
	    .site = "home",
	    .name = "overview",
	    .epoch = {.start = 7, .random = 8},
	    .source = {s, keyframe, delta, has_changes, is_broken, unfollow},
	    .deflate = deflate,
	    .deflate_from = 64,
	    .send = take,
	    .data = s,
	};

	*s = (struct stub){.ballast = 1};
	assert_int_equal(topic_new(&s->topic, &options), 0);
}

/* Redis acknowledges at once, as it does unless it is slow. */
static uint64_t flush(struct stub *s, uint64_t time)
{
	uint64_t wait = topic_flush(s->topic, time);

	if (!s->slow)
		topic_received(s->topic, s->number, 1, time);
	return wait;
}

static void close_stub(struct stub *s)
{
	topic_free(s->topic);
	reader_done(&s->reader);
}

static int64_t shown(struct stub *s)
{
	assert_true(s->reader.synchronous);
	return s->reader.tables[0].rows[0].cells[0].number;
}

static void test_begins_with_a_keyframe(void **state)
{
	struct stub s;

	(void)state;
	open_stub(&s, NULL);
	assert_true(flush(&s, 10) == UINT64_MAX);
	assert_int_equal(s.keyframes + s.deltas, 0);
	topic_wake(s.topic);
	flush(&s, 20);
	assert_int_equal(s.keyframes, 1);
	assert_int_equal(s.reader.header.sequence, 0);
	assert_int_equal(s.reader.header.epoch.start, 7);
	s.value = 5;
	flush(&s, 30);
	assert_int_equal(s.deltas, 1);
	assert_int_equal(s.reader.header.sequence, 1);
	assert_int_equal(shown(&s), 5);
	close_stub(&s);
}

static void test_heartbeat(void **state)
{
	struct stub s;
	uint64_t time = 20, last = 20;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	while (time < 10000) {
		unsigned before = s.keyframes + s.deltas;
		uint64_t wait = flush(&s, time);

		if (s.keyframes + s.deltas > before)
			last = time;
		assert_true(wait > 0);
		time += wait;
		/* However it is called, no second passes without a frame. */
		assert_true(time - last <= 1000);
	}
	assert_int_equal(s.keyframes, 1);
	assert_in_range(s.deltas, 10, 11);
	close_stub(&s);
}

static void test_asks_are_limited_but_not_forgotten(void **state)
{
	struct stub s;
	uint64_t wait;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	flush(&s, 100);
	topic_wake(s.topic);
	s.value = 3;
	wait = flush(&s, 400);
	/* The deltas go on meanwhile. */
	assert_int_equal(s.keyframes, 1);
	assert_int_equal(s.deltas, 1);
	assert_true(wait <= 700);
	s.value = 4;
	flush(&s, 1100);
	/* First the news for those in step, who skip (and here compare) the keyframe. */
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(s.deltas, 2);
	assert_int_equal(s.reader.header.sequence, 2);
	assert_int_equal(shown(&s), 4);
	close_stub(&s);
}

/* No keyframe begins while one is under way, and then there is a pause as long as it took, twice. */
static void test_keyframes_that_cost_much(void **state)
{
	struct stub s;

	(void)state;
	open_stub(&s, NULL);
	s.slow = true;
	topic_wake(s.topic);
	flush(&s, 100);
	assert_int_equal(s.keyframes, 1);
	assert_true(topic_keyframe_under_way(s.topic));
	topic_wake(s.topic);
	for (uint64_t time = 200; time < 9000; time += 100)
		flush(&s, time);
	assert_int_equal(s.keyframes, 1);
	assert_true(s.deltas >= 8);
	topic_received(s.topic, 1, 1, 9100);
	assert_false(topic_keyframe_under_way(s.topic));
	assert_in_range(flush(&s, 9100), 1, 1000);
	for (uint64_t time = 9200; time < 27000; time += 100)
		flush(&s, time);
	assert_int_equal(s.keyframes, 1);
	flush(&s, 27100);
	assert_int_equal(s.keyframes, 2);
	/* Redis went away with it: nothing is under way any more */
	topic_lose(s.topic);
	topic_wake(s.topic);
	flush(&s, 40000);
	assert_int_equal(s.keyframes, 3);
	close_stub(&s);
}

static void test_sleeps_when_nobody_listens(void **state)
{
	struct stub s;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	flush(&s, 100);
	s.value = 1;
	flush(&s, 200);
	/* An answer about an earlier frame says nothing of now. */
	topic_received(s.topic, s.number - 1, 0, 0);
	s.value = 2;
	flush(&s, 300);
	assert_int_equal(s.deltas, 2);
	topic_received(s.topic, s.number, 0, 1150);
	s.value = 3;
	assert_true(flush(&s, 5000) == UINT64_MAX);
	assert_int_equal(s.deltas, 2);
	assert_false(s.followed);
	/* Who saw sequence 2 must not take the next keyframe for the state that he has: it has another
	 * number. */
	topic_wake(s.topic);
	flush(&s, 6000);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(s.reader.header.sequence, 3);
	assert_int_equal(shown(&s), 3);
	close_stub(&s);
}

static void test_ask_beats_an_answer_that_is_under_way(void **state)
{
	struct stub s;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	flush(&s, 100);
	topic_wake(s.topic);
	topic_received(s.topic, s.number, 0, 1150);
	flush(&s, 1200);
	assert_int_equal(s.keyframes, 2);
	close_stub(&s);
}

static void test_refused_frames(void **state)
{
	struct stub s;
	struct topic_status status;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	flush(&s, 100);
	s.refuse = true;
	s.value = 1;
	flush(&s, 200);
	s.value = 2;
	flush(&s, 300);
	flush(&s, 1200);
	topic_get_status(s.topic, &status);
	assert_int_equal(status.dropped, 2);
	s.refuse = false;
	flush(&s, 1300);
	flush(&s, 2300);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(shown(&s), 2);
	s.value = 9;
	flush(&s, 2400);
	assert_int_equal(shown(&s), 9);
	close_stub(&s);
}

static void test_lost_and_found_again(void **state)
{
	struct stub s;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	flush(&s, 100);
	s.value = 1;
	topic_lose(s.topic);
	assert_true(flush(&s, 200) == UINT64_MAX);
	s.value = 2;
	topic_wake(s.topic);
	flush(&s, 5000);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(shown(&s), 2);
	assert_int_equal(s.reader.header.sequence, 1);
	close_stub(&s);
}

static void test_lost_news_means_keyframe(void **state)
{
	struct stub s;

	(void)state;
	open_stub(&s, NULL);
	topic_wake(s.topic);
	flush(&s, 100);
	s.value = 1;
	s.broken = true;
	flush(&s, 200);
	s.value = 2;
	for (uint64_t time = 300; time < 3000; time += 100)
		flush(&s, time);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(shown(&s), 2);
	close_stub(&s);
}

static void test_outweighed_keyframe(void **state)
{
	struct stub s;
	uint64_t time = 2000;

	(void)state;
	open_stub(&s, NULL);
	s.ballast = 200;
	topic_wake(s.topic);
	flush(&s, 100);
	while (s.keyframes == 1 && time < 2000 + 2000) {
		s.value++;
		flush(&s, time++);
	}
	/* 64 KiB of deltas of some 270 bytes each. */
	assert_int_equal(s.keyframes, 2);
	assert_in_range(s.deltas, 200, 400);
	assert_int_equal(shown(&s), s.value);
	close_stub(&s);
}

static void test_deflated(void **state)
{
	struct stub s;
	struct deflate *deflate;

	(void)state;
	assert_int_equal(deflate_new(&deflate, 4), 0);
	open_stub(&s, deflate);
	topic_wake(s.topic);
	flush(&s, 100);
	assert_false(s.deflated);
	s.ballast = 200;
	s.value = 1;
	flush(&s, 200);
	assert_true(s.deflated);
	s.value = 2;
	flush(&s, 300);
	assert_true(s.deflated);
	assert_true(s.reader.payload < 100);
	assert_int_equal(shown(&s), 2);
	close_stub(&s);
	deflate_free(deflate);
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
	    cmocka_unit_test(test_lost_news_means_keyframe),
	    cmocka_unit_test(test_outweighed_keyframe),
	    cmocka_unit_test(test_deflated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
