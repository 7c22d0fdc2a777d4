/* SPDX-License-Identifier: MIT */
#include "dns_stamp.h"

#include "cmocka_all.h"
#include "util.h"

#define S 1000000ull
#define YEAR (365 * 24 * 3600 * S)

static const struct dns_stamp_now now = {.real = 56 * YEAR, .monotonic = 600 * S, .suspended = 0};
static const struct dns_stamp_now slept = {.real = 56 * YEAR, .monotonic = 600 * S, .suspended = 7200 * S};
static const struct dns_stamp_now in_1970 = {.real = 610 * S, .monotonic = 600 * S, .suspended = 0};

static void test_ages(void **state)
{
	static const struct {
		const struct dns_stamp_now *now;
		struct dns_stamp stamp;
		uint64_t age; /* s */
	} cases[] = {
	    /* a clock that was right all along */
	    {&now, {56 * YEAR - 100 * S, 500 * S, DNS_STAMP_THIS_BOOT}, 100},
	    /* it was set after the boot, from 1970 or from a year ahead */
	    {&now, {10 * S, 500 * S, DNS_STAMP_THIS_BOOT}, 100},
	    {&now, {57 * YEAR, 500 * S, DNS_STAMP_THIS_BOOT}, 100},
	    {&in_1970, {11 * S, 1 * S, DNS_STAMP_THIS_BOOT}, 599},
	    /* the machine slept in between, or before: nothing says */
	    {&slept, {56 * YEAR - 7300 * S, 500 * S, DNS_STAMP_THIS_BOOT}, 7300},
	    {&slept, {56 * YEAR - 100 * S, 500 * S, DNS_STAMP_THIS_BOOT}, 100},
	    {&slept, {10 * S, 500 * S, DNS_STAMP_THIS_BOOT}, 7300},
	    /* not yet written by our clock */
	    {&now, {56 * YEAR - 5 * S, 601 * S, DNS_STAMP_THIS_BOOT}, 5},
	    /* before this boot, whose clock began in the past of that */
	    {&in_1970, {55 * YEAR, 9999 * S, DNS_STAMP_BEFORE}, 600},
	    {&now, {55 * YEAR, 9999 * S, DNS_STAMP_BEFORE}, YEAR / S},
	    {&slept, {57 * YEAR, 1 * S, DNS_STAMP_BEFORE}, 7800},
	    {&now, {55 * YEAR, 500 * S, DNS_STAMP_ELSEWHERE}, YEAR / S},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		uint64_t time = dns_stamp_time(cases[i].now, &cases[i].stamp);

		assert_true(time <= cases[i].now->real);
		assert_int_equal((cases[i].now->real - time) / S, cases[i].age);
	}
	/* whose clock it is nobody knows */
	assert_int_equal(dns_stamp_time(&now, &(struct dns_stamp){.real = 57 * YEAR}), 57 * YEAR);
	/* older than the clock can say */
	assert_int_equal(dns_stamp_time(&(struct dns_stamp_now){5 * S, 600 * S, 0},
					&(struct dns_stamp){1 * S, 1 * S, DNS_STAMP_THIS_BOOT}),
			 0);
}

static void test_look(void **state)
{
	struct dns_stamp_now t;

	(void)state;
	dns_stamp_look(&t);
	assert_in_range(t.real / 1000, clock_unix_ms() - 1000, clock_unix_ms());
	assert_in_range(t.monotonic / 1000, clock_ms() - 1000, clock_ms());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ages),
	    cmocka_unit_test(test_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
