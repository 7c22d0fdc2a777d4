/* SPDX-License-Identifier: MIT */
#include "turn_meter.h"

#include "cmocka_all.h"

#define S UINT64_C(1000000)

enum { READING, WRITING, REST, PARTS };

static void turn(struct turn_meter *m, uint64_t at, uint64_t reading, uint64_t writing, uint64_t rest)
{
	turn_meter_begin(m, at);
	turn_meter_add(m, READING, reading / 2);
	turn_meter_add(m, WRITING, writing);
	turn_meter_add(m, READING, reading - reading / 2);
	turn_meter_end(m, at + reading + writing + rest);
}

static void assert_worst(struct turn_worst w, uint64_t us, size_t part)
{
	assert_int_equal(w.us, us);
	assert_int_equal(w.part, part);
}

static void test_parts(void **context)
{
	struct turn_meter m;

	(void)context;
	turn_meter_init(&m, PARTS);
	assert_worst(turn_record_minute(&m.whole, 100 * S), 0, 0);
	turn(&m, 100 * S, 300, 200, 50);
	turn(&m, 101 * S, 10, 400, 20);
	turn(&m, 102 * S, 10, 20, 30);
	assert_worst(turn_record_minute(&m.whole, 103 * S), 550, READING);
	assert_worst(turn_record_minute(&m.parts[READING], 103 * S), 300, READING);
	assert_worst(turn_record_minute(&m.parts[WRITING], 103 * S), 400, WRITING);
	assert_worst(turn_record_minute(&m.parts[REST], 103 * S), 50, REST);
	assert_worst(m.whole.ever, 550, READING);
	turn(&m, 104 * S, 0, 0, 900);
	assert_worst(m.whole.ever, 900, REST);
}

static void test_a_minute(void **context)
{
	struct turn_meter m;

	(void)context;
	turn_meter_init(&m, PARTS);
	turn(&m, 1000 * S, 500, 0, 0);
	turn(&m, 1030 * S, 300, 0, 0);
	assert_worst(turn_record_minute(&m.whole, 1054 * S), 500, READING);
	/* whether or not there was a turn since */
	assert_worst(turn_record_minute(&m.whole, 1061 * S), 300, READING);
	turn(&m, 1062 * S, 0, 7, 0);
	assert_worst(turn_record_minute(&m.whole, 1062 * S), 300, READING);
	assert_worst(turn_record_minute(&m.whole, 1095 * S), 7, WRITING);
	assert_worst(turn_record_minute(&m.whole, 1200 * S), 0, 0);
	turn(&m, 5000 * S, 0, 5, 0);
	assert_worst(turn_record_minute(&m.whole, 5000 * S), 5, WRITING);
	assert_worst(m.whole.ever, 500, READING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parts),
	    cmocka_unit_test(test_a_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
