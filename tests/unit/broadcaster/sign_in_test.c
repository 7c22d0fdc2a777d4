/* SPDX-License-Identifier: MIT */
#include "sign_in.h"

#include <string.h>

#include "attempts.h"
#include "clock_ahead.h"
#include "cmocka_all.h"
#include "passphrase.h"
#include "util.h"

#define GOOD "the right passphrase"
#define BAD "another passphrase"
#define LONG_MS 60000 /* however slow the machine */

static struct ev_loop *loop;
static struct sign_in *sign_in;
static char hash[PASSPHRASE_HASH_MAX];

/* One who tries. */
struct one {
	struct sign_in_try try;
	int result; /* -1: not yet */
	unsigned place;
};
static unsigned places;

static void on_answered(struct sign_in_try *t, enum sign_in_result result)
{
	struct one *one = CONTAINER_OF(t, struct one, try);

	assert_int_equal(one->result, -1);
	one->result = (int)result;
	one->place = ++places;
}

static int set_up(void **state)
{
	(void)state;
	places = 0;
	loop = ev_loop_new(EVFLAG_AUTO);
	assert_int_equal(sign_in_new(&sign_in, loop, NULL), 0);
	sign_in_set(sign_in, hash);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sign_in_free(sign_in);
	ev_loop_destroy(loop);
	return 0;
}

static enum sign_in_result try(struct one *one, const char *address, bool watches, const char *passphrase)
{
	struct address from;
	uint64_t wait_ms;

	*one = (struct one){.try = {.answered = on_answered}, .result = -1};
	assert_int_equal(address_parse(&from, address), 0);
	return sign_in_begin(sign_in, &one->try, &from, watches, passphrase, &wait_ms);
}

static void wait_for(const struct one *one)
{
	for (uint64_t end = clock_ms() + LONG_MS; one->result < 0;) {
		assert_true(clock_ms() < end);
		ev_run(loop, EVRUN_NOWAIT);
		usleep(1000);
	}
}

/* What becomes of it. */
static int result_of(const char *address, const char *passphrase)
{
	struct one one;
	enum sign_in_result r = try(&one, address, false, passphrase);

	if (r)
		return (int)r;
	wait_for(&one);
	return one.result;
}

static void test_right_and_wrong(void **state)
{
	(void)state;
	assert_true(sign_in_is_possible(sign_in));
	assert_int_equal(result_of("192.168.1.5", GOOD), SIGN_IN_RIGHT);
	assert_int_equal(result_of("192.168.1.5", BAD), SIGN_IN_WRONG);
	assert_int_equal(result_of("192.168.1.5", ""), SIGN_IN_WRONG);
	sign_in_set(sign_in, NULL);
	assert_false(sign_in_is_possible(sign_in));
	assert_int_equal(result_of("192.168.1.5", GOOD), SIGN_IN_NONE);
}

static void test_slowed(void **state)
{
	struct one one;
	struct address from;
	uint64_t wait_ms;

	(void)state;
	for (int i = 0; i < ATTEMPTS_FREE; i++)
		assert_int_equal(result_of("192.168.1.5", BAD), SIGN_IN_WRONG);
	one = (struct one){.try = {.answered = on_answered}, .result = -1};
	assert_int_equal(address_parse(&from, "192.168.1.5"), 0);
	assert_int_equal(sign_in_begin(sign_in, &one.try, &from, false, GOOD, &wait_ms), SIGN_IN_SLOWED);
	assert_in_range(wait_ms, 1, 1000);
	assert_int_equal(result_of("192.168.1.6", GOOD), SIGN_IN_RIGHT);
}

/* One passphrase at a time from one address, so that nobody gains by trying at once. */
static void test_one_at_a_time(void **state)
{
	struct one one, again;

	(void)state;
	assert_int_equal(try(&one, "192.168.1.5", false, GOOD), SIGN_IN_RIGHT);
	assert_int_equal(try(&again, "192.168.1.5", false, GOOD), SIGN_IN_BUSY);
	ev_run(loop, EVRUN_NOWAIT); /* it is being checked */
	assert_int_equal(try(&again, "192.168.1.5", false, GOOD), SIGN_IN_BUSY);
	wait_for(&one);
	assert_int_equal(one.result, SIGN_IN_RIGHT);
	assert_int_equal(result_of("192.168.1.5", GOOD), SIGN_IN_RIGHT);
}

/* Who is better placed comes before those who were there first, and in the place of the last when all are taken. */
static void test_order(void **state)
{
	struct one crowd[SIGN_IN_WAITING], late, watcher, known;
	char address[32];

	(void)state;
	assert_int_equal(result_of("192.168.9.9", GOOD), SIGN_IN_RIGHT);
	places = 0;
	for (int i = 0; i < SIGN_IN_WAITING; i++) {
		snprintf(address, sizeof(address), "192.168.1.%d", i + 1);
		assert_int_equal(try(&crowd[i], address, false, BAD), SIGN_IN_RIGHT);
	}
	assert_int_equal(try(&late, "192.168.1.200", false, BAD), SIGN_IN_BUSY);
	assert_int_equal(try(&watcher, "192.168.1.201", true, GOOD), SIGN_IN_RIGHT);
	assert_int_equal(crowd[SIGN_IN_WAITING - 1].result, SIGN_IN_BUSY);
	assert_int_equal(try(&known, "192.168.9.9", false, GOOD), SIGN_IN_RIGHT);
	assert_int_equal(crowd[SIGN_IN_WAITING - 2].result, SIGN_IN_BUSY);
	wait_for(&watcher);
	assert_int_equal(known.result, SIGN_IN_RIGHT);
	assert_int_equal(watcher.result, SIGN_IN_RIGHT);
	assert_true(known.place < watcher.place);
	assert_int_equal(crowd[0].result, -1);
	wait_for(&crowd[0]);
	assert_int_equal(crowd[0].result, SIGN_IN_WRONG);
	for (int i = 1; i < SIGN_IN_WAITING; i++)
		sign_in_end(&crowd[i].try);
}

/* Who goes away is not answered, wherever it was. */
static void test_gone(void **state)
{
	struct one checked, waiting, last;

	(void)state;
	assert_int_equal(try(&checked, "192.168.1.1", false, GOOD), SIGN_IN_RIGHT);
	ev_run(loop, EVRUN_NOWAIT);
	assert_int_equal(try(&waiting, "192.168.1.2", false, GOOD), SIGN_IN_RIGHT);
	assert_int_equal(try(&last, "192.168.1.3", false, GOOD), SIGN_IN_RIGHT);
	sign_in_end(&checked.try);
	sign_in_end(&waiting.try);
	sign_in_end(&waiting.try);
	wait_for(&last);
	assert_int_equal(last.result, SIGN_IN_RIGHT);
	assert_int_equal(checked.result, -1);
	assert_int_equal(waiting.result, -1);
}

/* The passphrase of before opens nothing, also when it was being checked. */
static void test_changed_meanwhile(void **state)
{
	char other[PASSPHRASE_HASH_MAX];
	struct one one, waiting;

	(void)state;
	assert_int_equal(passphrase_hash(other, BAD), 0);
	assert_int_equal(try(&one, "192.168.1.1", false, GOOD), SIGN_IN_RIGHT);
	ev_run(loop, EVRUN_NOWAIT);
	assert_int_equal(try(&waiting, "192.168.1.2", false, BAD), SIGN_IN_RIGHT);
	sign_in_set(sign_in, other);
	wait_for(&waiting);
	assert_int_equal(one.result, SIGN_IN_BUSY);
	assert_int_equal(waiting.result, SIGN_IN_RIGHT);
	assert_int_equal(try(&waiting, "192.168.1.2", false, BAD), SIGN_IN_RIGHT);
	sign_in_set(sign_in, NULL);
	assert_int_equal(waiting.result, SIGN_IN_NONE);
}

static int begin(void **state)
{
	(void)state;
	return passphrase_hash(hash, GOOD);
}

/* Who waits is told after a while, whoever comes first meanwhile. */
static void test_patience(void **state)
{
	struct one first, second;

	(void)state;
	assert_int_equal(try(&first, "192.168.1.5", false, BAD), SIGN_IN_RIGHT);
	/* until it is checked */
	for (int i = 0; i < 5; i++)
		ev_run(loop, EVRUN_NOWAIT);
	assert_int_equal(try(&second, "192.168.1.6", false, GOOD), SIGN_IN_RIGHT);
	clock_ahead += SIGN_IN_PATIENCE_MS / 1000 + 1;
	wait_for(&second);
	assert_int_equal(second.result, SIGN_IN_BUSY);
	wait_for(&first);
	assert_int_equal(first.result, SIGN_IN_WRONG);
	assert_int_equal(result_of("192.168.1.6", GOOD), SIGN_IN_RIGHT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_right_and_wrong, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_slowed, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_one_at_a_time, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_gone, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_changed_meanwhile, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_patience, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
