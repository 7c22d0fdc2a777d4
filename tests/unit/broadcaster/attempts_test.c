/* SPDX-License-Identifier: MIT */
#include "attempts.h"

#include "cmocka_all.h"
#include "util.h"

#define NOW 10000000

static int set_up(void **state)
{
	struct attempts *a;
	int r = attempts_new(&a);

	*state = a;
	return r;
}

static int tear_down(void **state)
{
	attempts_free(*state);
	return 0;
}

static struct address at(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return a;
}

static void test_one_address(void **state)
{
	static const uint64_t pauses[] = {0, 0, 1000, 2000, 4000, 8000, 15000, 15000, 15000};
	struct address one = at("192.168.1.5"), other = at("192.168.1.6");
	struct attempts *a = *state;
	uint64_t now = NOW;

	assert_int_equal(attempts_wait(a, &one, now), 0);
	for (size_t i = 0; i < ELEMENTS_OF(pauses); i++) {
		attempts_failed(a, &one, now);
		assert_int_equal(attempts_wait(a, &one, now), pauses[i]);
		assert_int_equal(attempts_wait(a, &one, now + pauses[i]), 0);
		if (pauses[i])
			assert_int_equal(attempts_wait(a, &one, now + pauses[i] - 1), 1);
		now += pauses[i];
	}
	/* nobody else has to wait for it */
	assert_int_equal(attempts_wait(a, &other, now), 0);
	assert_int_equal(attempts_wait(a, &one, now + ATTEMPTS_MEMORY_MS), 0);
	attempts_failed(a, &one, now + ATTEMPTS_MEMORY_MS);
	assert_int_equal(attempts_wait(a, &one, now + ATTEMPTS_MEMORY_MS), 0);
}

static void test_success_clears(void **state)
{
	struct address one = at("192.168.1.5");
	struct attempts *a = *state;

	for (int i = 0; i < 10; i++)
		attempts_failed(a, &one, NOW);
	assert_int_equal(attempts_wait(a, &one, NOW), ATTEMPTS_PAUSE_MS);
	attempts_succeeded(a, &one, NOW);
	assert_int_equal(attempts_wait(a, &one, NOW), 0);
	/* and is known from then on, whatever it fails; though it waits as anybody */
	for (int i = 0; i < 10; i++)
		attempts_failed(a, &one, NOW);
	assert_int_equal(attempts_rank(a, &one, false, NOW), 0);
	assert_int_equal(attempts_wait(a, &one, NOW), ATTEMPTS_PAUSE_MS);
	assert_int_equal(attempts_rank(a, &one, false, NOW + ATTEMPTS_MEMORY_MS), 0);
	assert_int_not_equal(attempts_rank(a, &one, false, NOW + ATTEMPTS_KNOWN_MS), 0);
}

static void test_ranks(void **state)
{
	struct address here = at("127.0.0.1"), one = at("192.168.1.5"), neighbour = at("192.168.1.6"),
		       stranger = at("192.168.2.7"), v6 = at("fd77::1"), v6_neighbour = at("fd77::2");
	struct attempts *a = *state;
	unsigned fresh = attempts_rank(a, &one, false, NOW), watching = attempts_rank(a, &one, true, NOW);

	assert_int_equal(attempts_rank(a, &here, false, NOW), 0);
	assert_true(watching < fresh && watching > 0);
	/* who watches may be wrong some times */
	for (int i = 0; i < 4; i++)
		attempts_failed(a, &one, NOW);
	assert_true(attempts_rank(a, &one, true, NOW) < fresh);
	attempts_failed(a, &one, NOW);
	attempts_failed(a, &one, NOW);
	assert_true(attempts_rank(a, &one, true, NOW) > fresh);
	/* the neighbours are behind those from elsewhere, but not behind who has failed */
	assert_true(attempts_rank(a, &neighbour, false, NOW) > attempts_rank(a, &stranger, false, NOW));
	assert_true(attempts_rank(a, &neighbour, true, NOW) < attempts_rank(a, &stranger, false, NOW));
	for (int i = 0; i < 5000; i++)
		attempts_failed(a, &v6, NOW);
	assert_true(attempts_rank(a, &v6_neighbour, false, NOW) > fresh);
	assert_true(attempts_rank(a, &v6_neighbour, true, NOW) < fresh);
	assert_true(attempts_rank(a, &v6_neighbour, false, NOW) < attempts_rank(a, &v6, true, NOW));
}

static void test_all_together(void **state)
{
	struct attempts *a = *state;

	for (int i = 0; i < ATTEMPTS_AT_ONCE; i++) {
		assert_int_equal(attempts_wait_all(a, NOW), 0);
		attempts_take(a, NOW);
	}
	assert_int_equal(attempts_wait_all(a, NOW), ATTEMPTS_EVERY_MS);
	assert_int_equal(attempts_wait_all(a, NOW + 100), ATTEMPTS_EVERY_MS - 100);
	assert_int_equal(attempts_wait_all(a, NOW + ATTEMPTS_EVERY_MS), 0);
	attempts_take(a, NOW + ATTEMPTS_EVERY_MS);
	assert_int_equal(attempts_wait_all(a, NOW + ATTEMPTS_EVERY_MS), ATTEMPTS_EVERY_MS);
	/* no more than at once come back */
	for (int i = 0; i < ATTEMPTS_AT_ONCE; i++) {
		assert_int_equal(attempts_wait_all(a, 2 * NOW), 0);
		attempts_take(a, 2 * NOW);
	}
	assert_int_not_equal(attempts_wait_all(a, 2 * NOW), 0);
}

/* However many addresses fail, only so many are kept: the latest. */
static void test_many(void **state)
{
	struct address one = at("10.0.0.0"), first = one;
	struct attempts *a = *state;

	for (int i = 0; i < 3 * ATTEMPTS_MAX; i++) {
		one.bytes[13] = (uint8_t)(i >> 16);
		one.bytes[14] = (uint8_t)(i >> 8);
		one.bytes[15] = (uint8_t)i;
		for (int n = 0; n < ATTEMPTS_FREE; n++)
			attempts_failed(a, &one, NOW);
	}
	assert_int_not_equal(attempts_wait(a, &one, NOW), 0);
	assert_int_equal(attempts_wait(a, &first, NOW), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_one_address, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_success_clears, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_ranks, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_all_together, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
