/* SPDX-License-Identifier: MIT */
#include "past.h"

#define HOUR 3600000

/* Whatever becomes of minutes, nothing of what moved is lost or counted twice. */
static void test_folding_keeps_sums(void **state)
{
	struct past p;
	uint64_t up = 0;
	char company[16];

	(void)state;
	past_open(&p, NULL);
	past_next_minute(&p);
	for (unsigned minute = 0; minute < 20 * 60; minute++) {
		snprintf(company, sizeof(company), "Company %u", minute % 5);
		past_count(&p, minute % 3, company, minute);
		up += minute;
		history_tick(&p.history, p.now += 30000);
		history_tick(&p.history, p.now += 30000);
		assert_int_equal(past_sum(&p).up, up);
	}
	assert_int_equal(past_sum(&p).connections, 20 * 60);
	assert_int_equal(past_sum(&p).lookups, 2 * 20 * 60);
	/* three hours of minutes, then quarter hours, and those after twelve hours are hours */
	assert_in_range(past_spans(&p, 1), 180, 180 + 15);
	assert_in_range(past_spans(&p, 15), 36, 36 + 4);
	assert_in_range(past_spans(&p, 60), 7, 9);
	assert_int_equal(p.history.full, 0);
	past_close(&p);
}

static void test_spans_stand_in_order(void **state)
{
	struct past p;
	int64_t end = 0;

	(void)state;
	past_open(&p, NULL);
	for (unsigned minute = 0; minute < 16 * 60; minute++) {
		past_count(&p, 0, "Example", 1);
		past_pass(&p, 0);
		history_tick(&p.history, p.now += MINUTE);
	}
	for (unsigned i = 0; past_span(&p, i); i++) {
		const struct span *s = past_span(&p, i);

		assert_int_equal(s->at % (s->minutes * MINUTE), 0);
		assert_true(s->at >= end);
		end = s->at + s->minutes * MINUTE;
		for (const struct cell *c = s->cells; c; c = c->next)
			assert_ptr_equal(c->span, s);
	}
	/* the first one was watched in part, and that is still known */
	assert_int_equal(past_span(&p, 0)->minutes, 60);
	assert_true(past_span(&p, 0)->watched < HOUR);
	assert_int_equal(past_span(&p, 1)->watched, HOUR);
	past_close(&p);
}

static void test_older_than_kept(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	history_keep(&p.history, 1);
	past_next_minute(&p);
	for (unsigned minute = 0; minute < 100; minute++) {
		past_count(&p, 0, "Example", 1);
		history_tick(&p.history, p.now += MINUTE);
	}
	assert_int_equal(p.history.spans.count, 60);
	assert_int_equal(past_sum(&p).up, 60);
	past_close(&p);
}

/* Where there is no room, the oldest minutes fold before their time; at last the oldest hour goes. */
static void test_no_room(void **state)
{
	const struct history_limits few = {.cells = 40, .minute_cells = 10, .parties = 100, .devices = 8};
	uint64_t counted = 0;
	struct past p;

	(void)state;
	past_open(&p, &few);
	past_next_minute(&p);
	for (unsigned minute = 0; minute < 60; minute++) {
		past_count(&p, 0, "Example", 1);
		past_count(&p, 1, "Example", 1);
		counted += 2;
		history_tick(&p.history, p.now += MINUTE);
		assert_in_range(p.history.pool.used, 1, 40);
		assert_int_equal(past_sum(&p).up, counted);
	}
	assert_int_equal(p.history.full, 0);
	for (unsigned minute = 0; minute < 24 * 60; minute++) {
		past_count(&p, minute / 60 % 8, "Example", 1);
		past_count(&p, (minute / 60 + 1) % 8, "Example", 1);
		history_tick(&p.history, p.now += MINUTE);
		assert_in_range(p.history.pool.used, 1, 40);
	}
	assert_true(p.history.full > 0);
	past_close(&p);
}

/* A day of a busy home takes no more than was promised. */
static void test_busy_home(void **state)
{
	struct past p;
	char company[16];

	(void)state;
	past_open(&p, NULL);
	past_next_minute(&p);
	for (unsigned minute = 0; minute < 24 * 60; minute++) {
		for (unsigned pair = 0; pair < 60; pair++) {
			/* 8 devices with 7 or 8 of 40 companies each, other ones each quarter of an hour */
			snprintf(company, sizeof(company), "Company %u", (pair + minute / 4) % 40);
			past_count(&p, pair % 8, company, 1);
		}
		history_tick(&p.history, p.now += MINUTE);
	}
	assert_int_equal(p.history.full, 0);
	assert_int_equal(past_sum(&p).up, 60 * 24 * 60);
	assert_in_range(p.history.pool.used * sizeof(struct cell), 1, 3 << 20);
	print_message("%u cells of %zu bytes\n", p.history.pool.used, sizeof(struct cell));
	past_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_folding_keeps_sums), cmocka_unit_test(test_spans_stand_in_order),
	    cmocka_unit_test(test_older_than_kept),    cmocka_unit_test(test_no_room),
	    cmocka_unit_test(test_busy_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
