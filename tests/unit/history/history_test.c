/* SPDX-License-Identifier: MIT */
#include "history.h"

#include "past.h"

static unsigned allocated;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
	allocated++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	allocated++;
	return __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	allocated++;
	return __real_realloc(old, size);
}

static void test_minutes_hold_what_was_counted(void **state)
{
	struct past p;
	const struct cell *c;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 100);
	past_pass(&p, 10000);
	past_count(&p, 0, "Example", 11);
	past_count(&p, 1, "Example", 7);
	past_count(&p, 0, "Clouds", 5);
	/* the minute that runs is nobody's row */
	assert_int_equal(p.history.cells.count, 0);
	past_next_minute(&p);
	assert_int_equal(p.history.spans.count, 1);
	assert_int_equal(p.history.cells.count, 3);
	c = past_cell(past_span(&p, 0), "Device 0", "Example");
	assert_int_equal(c->amounts.up, 111);
	assert_int_equal(c->amounts.down, 1110);
	assert_int_equal(c->amounts.connections, 2);
	assert_int_equal(c->amounts.lookups, 4);
	assert_int_equal(c->device->device, 10);
	assert_int_equal(c->party->facts.category, 3);
	assert_string_equal(c->party->facts.country, "FI");
	/* it began with the wall clock's minute, and was watched from its middle on */
	assert_int_equal(past_span(&p, 0)->at, BASE - 30000);
	assert_int_equal(past_span(&p, 0)->watched, 30000);
	assert_int_equal(history_time(&p.history, past_span(&p, 0)->at), -30000);
	past_close(&p);
}

/* Only what moved is there; that nothing moved is known of what was watched alone. */
static void test_silence_and_gap(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_next_minute(&p);
	past_next_minute(&p);
	assert_int_equal(p.history.spans.count, 2);
	assert_int_equal(past_span(&p, 1)->watched, MINUTE);
	assert_null(past_span(&p, 1)->cells);
	/* nobody looks for ten minutes */
	p.now += 10 * MINUTE;
	history_tick(&p.history, p.now);
	past_next_minute(&p);
	assert_int_equal(p.history.spans.count, 3);
	assert_int_equal(past_span(&p, 2)->at - past_span(&p, 1)->at, 11 * MINUTE);
	past_close(&p);
}

/* Two looks may be as far apart as two dumps. */
static void test_slow_looks(void **state)
{
	struct past p;
	int64_t watched = 0;

	(void)state;
	past_open(&p, NULL);
	for (unsigned i = 0; i < 20; i++)
		history_tick(&p.history, p.now += 45000);
	ROW_TABLE_FOR_EACH(r, &p.history.spans)
	watched += SPAN_OF(r)->watched;
	assert_int_equal(p.history.spans.count, 15);
	assert_int_equal(watched + p.history.running->watched, p.now);
	past_close(&p);
}

static void test_end(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 3);
	past_pass(&p, 5000);
	history_end(&p.history, p.now += 500);
	assert_int_equal(past_span(&p, 0)->watched, 5500);
	assert_int_equal(past_sum(&p).up, 3);
	/* nothing is counted any more */
	past_count(&p, 0, "Example", 3);
	history_end(&p.history, p.now);
	assert_int_equal(past_sum(&p).up, 3);
	past_close(&p);
}

static void test_off(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 3);
	past_next_minute(&p);
	past_count(&p, 0, "Example", 3);
	history_keep(&p.history, 0);
	assert_int_equal(p.history.cells.count + p.history.spans.count, 0);
	assert_int_equal(p.history.devices.table.count + p.history.parties.table.count, 0);
	past_count(&p, 0, "Example", 3);
	past_next_minute(&p);
	assert_int_equal(p.history.spans.count, 0);
	/* and on again */
	history_keep(&p.history, 24);
	past_next_minute(&p);
	past_count(&p, 0, "Example", 4);
	past_next_minute(&p);
	assert_int_equal(past_sum(&p).up, 4);
	past_close(&p);
}

static void test_clear(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 3);
	past_next_minute(&p);
	past_count(&p, 0, "Example", 3);
	history_clear(&p.history, p.now);
	assert_int_equal(p.history.cells.count + p.history.spans.count, 0);
	assert_null(p.devices[0].past);
	past_count(&p, 0, "Example", 5);
	past_next_minute(&p);
	assert_int_equal(past_sum(&p).up, 5);
	assert_int_equal(past_span(&p, 0)->watched, MINUTE);
	past_close(&p);
}

/* What does not fit is counted, and its amounts are nobody's. */
static void test_too_many_in_a_minute(void **state)
{
	const struct history_limits few = {.cells = 100, .minute_cells = 4, .parties = 100, .devices = 3};
	char company[16];
	struct past p;

	(void)state;
	past_open(&p, &few);
	for (unsigned i = 0; i < 7; i++) {
		snprintf(company, sizeof(company), "Company %u", i);
		past_count(&p, 0, company, 1);
	}
	assert_int_equal(p.history.full, 3);
	past_next_minute(&p);
	assert_int_equal(p.history.cells.count, 5);
	assert_int_equal(past_cell(past_span(&p, 0), "", "")->amounts.up, 3);
	assert_int_equal(past_sum(&p).up, 7);
	/* more devices than are kept: the party is known, whose it is not */
	for (unsigned i = 1; i < 5; i++)
		past_count(&p, i, "Company 0", 1);
	past_next_minute(&p);
	assert_int_equal(p.history.devices.table.count, 3);
	assert_int_equal(past_cell(past_span(&p, 1), "", "Company 0")->amounts.up, 2);
	assert_int_equal(past_sum(&p).up, 11);
	assert_int_equal(p.history.full, 5);
	past_close(&p);
}

static void test_too_many_parties(void **state)
{
	const struct history_limits few = {.cells = 100, .minute_cells = 10, .parties = 2, .devices = 3};
	struct past p;

	(void)state;
	past_open(&p, &few);
	past_count(&p, 0, "One", 1);
	past_count(&p, 0, "Two", 1);
	past_count(&p, 0, "Three", 1);
	past_count(&p, 0, "Four", 1);
	past_next_minute(&p);
	assert_int_equal(past_cell(past_span(&p, 0), "Device 0", "")->amounts.up, 2);
	assert_int_equal(p.history.full, 2);
	past_close(&p);
}

static void test_no_allocation_in_steady_state(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_count(&p, 1, "Clouds", 1);
	allocated = 0;
	for (unsigned i = 0; i < 1000; i++) {
		past_count(&p, 0, "Example", 1);
		past_count(&p, 1, "Clouds", 1);
		p.now += 10;
		history_tick(&p.history, p.now);
	}
	assert_int_equal(allocated, 0);
	/* a minute costs its span; its cells are there */
	past_next_minute(&p);
	assert_int_equal(allocated, 1);
	past_close(&p);
}

/* It comes back, and is the same. */
static void test_device_comes_back(void **state)
{
	struct past p;
	struct device other = {.row.id = 99, .has_mac = true, .mac = {2, 0, 0, 0, 0, 0}, .alias = "New name"};

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_next_minute(&p);
	history_device_leaves(&p.history, &p.devices[0]);
	assert_null(p.devices[0].past);
	assert_int_equal(past_span(&p, 0)->cells->device->device, 0);
	p.devices[0] = other;
	past_count(&p, 0, "Example", 1);
	assert_int_equal(p.history.devices.table.count, 1);
	assert_int_equal(past_span(&p, 0)->cells->device->device, 99);
	assert_string_equal(past_span(&p, 0)->cells->device->alias, "New name");
	past_close(&p);
}

/* Two devices turn out to be one. */
static void test_successor(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_count(&p, 1, "Example", 2);
	past_next_minute(&p);
	past_count(&p, 0, "Example", 4);
	past_count(&p, 1, "Example", 8);
	p.devices[0].successor = &p.devices[1];
	history_device_leaves(&p.history, &p.devices[0]);
	assert_int_equal(p.history.running->n_cells, 1);
	past_next_minute(&p);
	assert_int_equal(p.history.devices.table.count, 1);
	assert_int_equal(past_cell(past_span(&p, 1), "Device 1", "Example")->amounts.up, 12);
	assert_null(past_cell(past_span(&p, 0), "Device 0", "Example"));
	assert_int_equal(past_sum(&p).up, 15);
	past_close(&p);
}

static void test_forget_device(void **state)
{
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_count(&p, 1, "Example", 2);
	past_next_minute(&p);
	past_count(&p, 0, "Clouds", 4);
	past_count(&p, 1, "Example", 8);
	history_forget_device(&p.history, &p.devices[0]);
	assert_null(p.devices[0].past);
	assert_int_equal(p.history.devices.table.count, 1);
	past_next_minute(&p);
	assert_int_equal(past_sum(&p).up, 10);
	/* as another one */
	past_count(&p, 0, "Example", 1);
	past_next_minute(&p);
	assert_int_equal(past_sum(&p).up, 11);
	past_close(&p);
}

static bool is_secret(const void *data, const char *name)
{
	return !strcmp(data, name);
}

static void test_forget_names(void **state)
{
	const struct party_facts secret = {.whom = WHOM_NAME, .text = "secret.example", .country = "FI"};
	const struct party_facts other = {.whom = WHOM_NAME, .text = "other.example", .country = "FI"};
	const struct cell_amounts amounts = {.lookups = 1};
	struct past p;

	(void)state;
	past_open(&p, NULL);
	history_count(&p.history, &p.devices[0], &secret, &amounts);
	history_count(&p.history, &p.devices[0], &other, &amounts);
	history_forget_names(&p.history, is_secret, "secret.example");
	past_next_minute(&p);
	assert_null(past_cell(past_span(&p, 0), "Device 0", "secret.example"));
	assert_int_equal(past_cell(past_span(&p, 0), "Device 0", "")->amounts.lookups, 1);
	assert_int_equal(past_cell(past_span(&p, 0), "Device 0", "other.example")->amounts.lookups, 1);
	past_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_minutes_hold_what_was_counted),
	    cmocka_unit_test(test_silence_and_gap),
	    cmocka_unit_test(test_slow_looks),
	    cmocka_unit_test(test_end),
	    cmocka_unit_test(test_off),
	    cmocka_unit_test(test_clear),
	    cmocka_unit_test(test_too_many_in_a_minute),
	    cmocka_unit_test(test_too_many_parties),
	    cmocka_unit_test(test_no_allocation_in_steady_state),
	    cmocka_unit_test(test_device_comes_back),
	    cmocka_unit_test(test_successor),
	    cmocka_unit_test(test_forget_device),
	    cmocka_unit_test(test_forget_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
