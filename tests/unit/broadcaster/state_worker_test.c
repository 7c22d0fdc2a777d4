/* SPDX-License-Identifier: MIT */
#include "state_worker.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"
#include "frames.h"
#include "state_json.h"
#include "util.h"

#define END_MS 60000 /* however slow the machine */

struct room {
	struct ev_loop *loop;
	struct state_worker *states;
	struct relay_topic *topics[STATE_WORKER_THREADS + 1];
};

static void push(struct relay_topic *t, enum frame_kind kind, uint64_t sequence, const void *payload,
		 size_t n)
{
	struct built b = frame_build(kind, 1, sequence, payload, n);
	bool ask;

	assert_int_equal(relay_topic_push(t, b.bytes, b.length, 5000, &ask), 0);
	free(b.bytes);
}

static int setup(void **context)
{
	static struct room room;

	room.loop = ev_loop_new(EVFLAG_AUTO);
	assert_int_equal(state_worker_new(&room.states, room.loop, NULL), 0);
	for (size_t i = 0; i < ELEMENTS_OF(room.topics); i++)
		assert_int_equal(relay_topic_new(&room.topics[i], "home", "overview", true, 1 << 20), 0);
	*context = &room;
	return 0;
}

static int teardown(void **context)
{
	struct room *room = *context;

	for (size_t i = 0; i < ELEMENTS_OF(room->topics); i++)
		relay_topic_free(room->topics[i]);
	state_worker_free(room->states);
	ev_loop_destroy(room->loop);
	return 0;
}

/* Turns the loop until the topic's text is made. */
static void wait_for(struct room *room, const struct relay_topic *t)
{
	uint64_t end = clock_ms() + END_MS;

	while (state_worker_pending(room->states, t)) {
		assert_true(clock_ms() < end);
		ev_run(room->loop, EVRUN_ONCE);
	}
}

static struct blob *get(struct room *room, struct relay_topic *t)
{
	struct blob *blob;
	int r = state_worker_get(room->states, t, clock_ms(), &blob);

	if (r == -EINPROGRESS) {
		wait_for(room, t);
		r = state_worker_get(room->states, t, clock_ms(), &blob);
	}
	assert_int_equal(r, 0);
	return blob;
}

static bool says(const struct blob *blob, const char *text)
{
	return memmem(blob->bytes, blob->length, text, strlen(text));
}

static void test_is_shared_for_a_second(void **context)
{
	struct room *room = *context;
	struct relay_topic *t = room->topics[0];
	struct blob *a, *b, *c;

	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &a), -ENODATA);
	push(t, FRAME_KEYFRAME, 5, "\x90", 1);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &a), -EINPROGRESS);
	/* the state is of the moment when it was begun, and all who ask until it is done get it */
	push(t, FRAME_DELTA, 6, "\x90", 1);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &b), -EINPROGRESS);
	wait_for(room, t);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &a), 0);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &b), 0);
	assert_ptr_equal(a, b);
	assert_true(says(a, "\"sequence\":5,"));
	/* asked for later */
	assert_int_equal(state_worker_get(room->states, t, clock_ms() + STATE_WORKER_FRESH_MS + 1, &c),
			 -EINPROGRESS);
	wait_for(room, t);
	c = get(room, t);
	assert_ptr_not_equal(a, c);
	assert_true(says(c, "\"sequence\":6,"));
	blob_release(a);
	blob_release(b);
	blob_release(c);
}

static void test_what_cannot_be_read(void **context)
{
	struct room *room = *context;
	struct relay_topic *t = room->topics[0];
	struct blob *blob;

	push(t, FRAME_KEYFRAME, 5, "\x91", 1);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &blob), -EINPROGRESS);
	wait_for(room, t);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &blob), -EBADMSG);
	/* not read again for each who asks */
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &blob), -EBADMSG);
}

static void test_readers_hold_a_few(void **context)
{
	struct room *room = *context;
	struct relay_topic *t = room->topics[0];
	struct blob *held[STATE_WORKER_KEPT], *more;
	uint64_t later;

	push(t, FRAME_KEYFRAME, 5, "\x90", 1);
	for (size_t i = 0; i < STATE_WORKER_KEPT; i++) {
		later = clock_ms() + STATE_WORKER_FRESH_MS + 1;
		assert_int_equal(state_worker_get(room->states, t, later, &more), -EINPROGRESS);
		wait_for(room, t);
		held[i] = get(room, t);
	}
	later = clock_ms() + STATE_WORKER_FRESH_MS + 1;
	assert_int_equal(state_worker_get(room->states, t, later, &more), -EBUSY);
	held[0] = blob_release(held[0]);
	assert_int_equal(state_worker_get(room->states, t, later, &more), -EINPROGRESS);
	wait_for(room, t);
	/* what nobody reads is not kept either */
	state_worker_tick(room->states, clock_ms() + STATE_WORKER_FRESH_MS + 1);
	for (size_t i = 1; i < STATE_WORKER_KEPT; i++) {
		assert_int_equal(held[i]->holders, 2);
		blob_release(held[i]);
	}
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &more), -EINPROGRESS);
	wait_for(room, t);
}

static void test_threads_are_few(void **context)
{
	struct room *room = *context;
	struct relay_topic *last = room->topics[STATE_WORKER_THREADS];
	struct blob *blob;

	for (size_t i = 0; i <= STATE_WORKER_THREADS; i++) {
		push(room->topics[i], FRAME_KEYFRAME, 5, "\x90", 1);
		assert_int_equal(state_worker_get(room->states, room->topics[i], clock_ms(), &blob),
				 -EINPROGRESS);
	}
	/* it waits for its turn */
	assert_true(state_worker_pending(room->states, last));
	wait_for(room, last);
	blob = get(room, last);
	assert_true(says(blob, "\"sequence\":5,"));
	blob_release(blob);
}

/* Rows whose ids all fall on one place of an index would take hours. */
static void test_takes_too_long(void **context)
{
	struct room *room = *context;
	struct relay_topic *t = room->topics[0];
	const size_t n = 400000;
	uint8_t *payload = malloc(16 + 6 * n), *p = payload;
	struct blob *blob;

	memcpy(p, "\x91\x93\xa1t\x90\xdd", 6);
	for (int shift = 24; shift >= 0; shift -= 8)
		p[6 + (24 - shift) / 8] = (uint8_t)(n >> shift);
	p += 10;
	for (size_t i = 1; i <= n; i++) {
		uint32_t id = (uint32_t)i << 12;

		*p++ = 0x91;
		*p++ = 0xce;
		for (int shift = 24; shift >= 0; shift -= 8)
			*p++ = (uint8_t)(id >> shift);
	}
	push(t, FRAME_KEYFRAME, 5, payload, (size_t)(p - payload));
	free(payload);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &blob), -EINPROGRESS);
	state_worker_tick(room->states, clock_ms() + STATE_WORKER_TIME_MS + 1);
	wait_for(room, t);
	assert_int_equal(state_worker_get(room->states, t, clock_ms(), &blob), -ETIME);
	/* nor does the end wait for it */
	assert_int_equal(state_worker_get(room->states, t, clock_ms() + STATE_WORKER_FRESH_MS + 1, &blob),
			 -EINPROGRESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_is_shared_for_a_second, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_cannot_be_read, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_readers_hold_a_few, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_threads_are_few, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_takes_too_long, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
