/* SPDX-License-Identifier: MIT */
/* Keyframes that take several turns of the loop, and frames that are deflated beside it. */
#include "topic.h"

#include "cmocka_all.h"
#include "topic_stub.h"

/* Changes wait for the keyframe, but no second passes without a frame. */
static void test_slices(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	topic_wake(s.topic);
	stub_flush(&s, 100);
	s.value = 1;
	s.slices = 5;
	topic_wake(s.topic);
	stub_flush(&s, 2000);
	assert_true(topic_is_encoding(s.topic));
	/* What had changed went out before it was begun. */
	assert_int_equal(s.deltas, 1);
	s.value = 2;
	for (unsigned i = 0; i < 3; i++) {
		topic_slice(s.topic);
		assert_in_range(stub_flush(&s, 2010), 900, 950);
	}
	assert_int_equal(s.deltas, 1);
	assert_in_range(stub_flush(&s, 2960), 1, 950);
	assert_int_equal(s.deltas, 2);
	assert_int_equal(stub_shown(&s), 1);
	topic_slice(s.topic);
	assert_true(topic_is_encoding(s.topic));
	assert_int_equal(s.keyframes, 1);
	topic_slice(s.topic);
	assert_false(topic_is_encoding(s.topic));
	assert_int_equal(s.keyframes, 1);
	stub_flush(&s, 2980);
	assert_int_equal(s.deltas, 3);
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(s.reader.header.sequence, 3);
	assert_int_equal(stub_shown(&s), 2);
	stub_flush(&s, 2990);
	assert_int_equal(s.deltas, 3);
	stub_close(&s);
}

static void test_lost_while_encoding(void **state)
{
	struct stub s;

	(void)state;
	stub_open(&s, 0);
	s.slices = 2;
	topic_wake(s.topic);
	stub_flush(&s, 100);
	topic_lose(s.topic);
	assert_false(s.followed);
	assert_false(topic_is_encoding(s.topic));
	topic_slice(s.topic);
	topic_wake(s.topic);
	stub_flush(&s, 300);
	/* It ends with half a keyframe. */
	s.slices = 1;
	topic_slice(s.topic);
	assert_int_equal(s.keyframes + s.deltas, 0);
	stub_close(&s);
}

/* A large keyframe is deflated in the thread; meanwhile there are heartbeats, which it may then include. */
static void test_deflated_beside(void **state)
{
	struct stub s;

	(void)state;
	stub_open_large(&s);
	stub_flush(&s, 100);
	assert_int_equal(s.keyframes, 0);
	s.value = 1;
	stub_flush(&s, 200);
	assert_int_equal(s.deltas, 0);
	stub_wait(&s);
	assert_int_equal(s.keyframes, 0);
	assert_int_equal(stub_flush(&s, 300), 1);
	assert_int_equal(s.keyframes, 1);
	stub_flush(&s, 301);
	assert_int_equal(s.deltas, 1);
	assert_int_equal(stub_shown(&s), 1);
	topic_wake(s.topic);
	stub_flush(&s, 2000);
	s.value = 2;
	stub_flush(&s, 2960);
	stub_flush(&s, 2970);
	assert_int_equal(s.deltas, 2);
	stub_wait(&s);
	stub_flush(&s, 3000);
	assert_int_equal(s.keyframes, 2);
	stub_flush(&s, 3001);
	assert_int_equal(s.deltas, 3);
	assert_int_equal(s.reader.header.sequence, 3);
	assert_int_equal(stub_shown(&s), 2);
	stub_close(&s);
}

/* Nothing overtakes a large delta, not even the keyframe that it leads to. */
static void test_large_deltas(void **state)
{
	struct stub s;

	(void)state;
	stub_open_large(&s);
	stub_flush(&s, 100);
	stub_wait(&s);
	stub_flush(&s, 200);
	s.rows += 400;
	s.value = 1;
	topic_wake(s.topic);
	stub_flush(&s, 2000);
	assert_int_equal(s.deltas, 0);
	s.value = 2;
	stub_flush(&s, 3000);
	assert_int_equal(s.deltas, 0);
	for (unsigned i = 0; i < 10 && s.keyframes < 2; i++) {
		stub_wait(&s);
		stub_flush(&s, 3100 + i);
	}
	assert_int_equal(s.keyframes, 2);
	assert_int_equal(s.reader.tables[0].n_rows, 801);
	stub_flush(&s, 3200);
	assert_int_equal(stub_shown(&s), 2);
	stub_close(&s);
}

/* Who changed while a keyframe was encoded is in a delta before it, however large, and not overtaken. */
static void test_large_keyframe_behind_its_delta(void **state)
{
	struct stub s;

	(void)state;
	stub_open_large(&s);
	stub_flush(&s, 100);
	stub_wait(&s);
	stub_flush(&s, 200);
	topic_wake(s.topic);
	s.slices = 1;
	stub_flush(&s, 2000);
	s.rows += 400;
	topic_slice(s.topic);
	stub_flush(&s, 2020);
	assert_int_equal(s.keyframes + s.deltas, 1);
	while (s.keyframes < 2) {
		stub_wait(&s);
		stub_flush(&s, 2100);
	}
	assert_int_equal(s.deltas, 1);
	assert_true(s.reader.synchronous);
	assert_int_equal(s.reader.tables[0].n_rows, 801);
	stub_close(&s);
}

/* Redis went away meanwhile, or the topic: what comes back is not wanted. */
static void test_lost_while_deflated(void **state)
{
	struct stub s;

	(void)state;
	stub_open_large(&s);
	stub_flush(&s, 100);
	topic_lose(s.topic);
	topic_wake(s.topic);
	stub_flush(&s, 200);
	stub_wait(&s);
	stub_flush(&s, 1300);
	assert_int_equal(s.keyframes, 0);
	stub_wait(&s);
	stub_flush(&s, 1400);
	assert_int_equal(s.keyframes, 1);
	topic_wake(s.topic);
	stub_flush(&s, 9000);
	s.topic = topic_free(s.topic);
	stub_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_slices),
	    cmocka_unit_test(test_lost_while_encoding),
	    cmocka_unit_test(test_deflated_beside),
	    cmocka_unit_test(test_large_deltas),
	    cmocka_unit_test(test_large_keyframe_behind_its_delta),
	    cmocka_unit_test(test_lost_while_deflated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
