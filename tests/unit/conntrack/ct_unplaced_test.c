/* SPDX-License-Identifier: MIT */
/* Each counts once while it is there, whatever comes and goes beside it. */
#include "ct_unplaced.h"

#include <string.h>

#include "../cmocka_all.h"

enum { THINGS = 3000, STEPS = 200000 };

static uint64_t random_state;

static uint32_t roll(uint32_t below)
{
	random_state = random_state * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(random_state >> 33) % below;
}

/* Many in few places, so that runs are long and go over the end. */
static uint64_t hash_of(uint32_t thing)
{
	return (uint64_t)(thing + 1) << 40 | (uint64_t)(0xffffff00u + thing % 97) << 2;
}

/* Against one flag and one number for each thing. */
static void run(uint64_t seed)
{
	static bool there[THINGS];
	static unsigned seen[THINGS];
	struct ct_unplaced u = {0};
	unsigned dumps = 10;
	uint32_t n = 0;

	random_state = seed;
	memset(there, 0, sizeof(there));
	ct_unplaced_init(&u);
	for (uint32_t step = 0; step < STEPS; step++) {
		/* now many, now few */
		uint32_t thing = roll(step / 20000 % 2 ? THINGS / 30 : THINGS);

		if (roll(3000) == 0) {
			for (uint32_t i = 0; i < THINGS; i++) {
				bool goes = there[i] && seen[i] + 1 < dumps;

				there[i] &= !goes;
				n -= goes;
			}
			ct_unplaced_dump_end(&u);
			dumps++;
		} else if (roll(2)) {
			assert_int_equal(ct_unplaced_note(&u, hash_of(thing)), !there[thing]);
			n += !there[thing];
			there[thing] = true;
			seen[thing] = dumps;
		} else {
			assert_int_equal(ct_unplaced_forget(&u, hash_of(thing)), there[thing]);
			n -= there[thing];
			there[thing] = false;
		}
		assert_int_equal(u.keys.used, n);
	}
	for (int i = 0; i < 20; i++)
		ct_unplaced_dump_end(&u);
	assert_int_equal(u.keys.used, 0);
	assert_in_range(u.keys.size, 1, 256); /* the memory is given back */
	ct_unplaced_done(&u);
}

static void test_against_flags(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++)
		run(seed);
}

static void test_bound(void **state)
{
	struct ct_unplaced u = {0};
	uint32_t n = 0;

	(void)state;
	ct_unplaced_init(&u);
	for (uint64_t i = 1; i <= CT_UNPLACED_MAX + 1000; i++)
		n += ct_unplaced_note(&u, i << 2);
	assert_int_equal(n, CT_UNPLACED_MAX);
	assert_int_equal(u.keys.used, CT_UNPLACED_MAX);
	assert_true(ct_unplaced_forget(&u, 4));
	assert_true(ct_unplaced_note(&u, (uint64_t)(CT_UNPLACED_MAX + 1) << 2));
	ct_unplaced_done(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_against_flags),
	    cmocka_unit_test(test_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
