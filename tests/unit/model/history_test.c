/* SPDX-License-Identifier: MIT */
/* What the history is told: see also account_test.c, in which it has to be exact whatever happens. */
#include "wishing.h"

#define MINUTE 60000

static void open_watched(struct household *h)
{
	open_household(h);
	history_keep(&h->model->history, 24);
}

/* Some time has passed, in the middle of which a dump was read. */
static bool pass(struct household *h, int64_t ms)
{
	h->model->clock_base -= (uint64_t)ms;
	household_dump(h, alive, n_alive);
	return model_look_back(h->model, h->table);
}

static void pass_minute(struct household *h)
{
	const struct history *history = &h->model->history;
	int64_t end = history_time(history, history->running->at + MINUTE);

	assert_true(pass(h, end - model_now(h->model)));
}

static struct cell_amounts sum(const struct household *h)
{
	struct cell all = {};

	ROW_TABLE_FOR_EACH(r, &h->model->history.cells)
	cell_add(&all, &CELL_OF(r)->amounts);
	return all.amounts;
}

static void move(struct ct_entry *e, uint64_t bytes)
{
	e->bytes[CT_ORIG] += bytes, e->bytes[CT_REPLY] += bytes * 10;
	e->packets[CT_ORIG]++, e->packets[CT_REPLY]++;
}

/* What was there before anybody watched moved in no minute; what moves then does. */
static void test_from_the_start_on(void **state)
{
	struct household h;

	(void)state;
	open_watched(&h);
	begin(&h, PHONE, SHARED, 1000000);
	pass(&h, 0);
	pass_minute(&h);
	assert_int_equal(h.model->history.cells.count, 0);
	move(&alive[0], 5);
	begin(&h, PHONE, SHARED, 7);
	pass_minute(&h);
	assert_int_equal(h.model->history.cells.count, 1);
	assert_int_equal(sum(&h).up, 12);
	assert_int_equal(sum(&h).down, 120);
	assert_int_equal(sum(&h).connections, 1);
	household_free(&h);
}

/* Also of what began, ended and was forgotten between two looks. */
static void test_short_ones(void **state)
{
	struct household h;
	struct ct_entry e;

	(void)state;
	open_watched(&h);
	h.model->conversations.max_ended = 1;
	pass(&h, 0);
	for (unsigned i = 0; i < 5; i++) {
		e = begin(&h, PHONE, i % 2 ? SHARED : ALONE, 10);
		end(&h, &e, 1);
	}
	pass_minute(&h);
	assert_int_equal(sum(&h).up, 55);
	assert_int_equal(sum(&h).connections, 5);
	household_free(&h);
}

static void test_lookups(void **state)
{
	struct household h;
	const struct cell *c;

	(void)state;
	open_watched(&h);
	pass(&h, 0);
	household_lookup(&h, PHONE, "ads.example.org", NULL, 0);
	household_lookup(&h, PHONE, "www.example.org", NULL, 0);
	household_lookup(&h, PHONE, "www.elsewhere.test", NULL, 0);
	/* it may have been counted before a restart */
	household_lookup(&h, PHONE, "old.elsewhere.test", NULL, 55000);
	h.model->names_keep = 1000000;
	household_lookup(&h, PHONE, "older.elsewhere.test", NULL, 500000);
	pass_minute(&h);
	assert_int_equal(sum(&h).lookups, 4);
	assert_int_equal(h.model->history.cells.count, 3);
	ROW_TABLE_FOR_EACH(r, &h.model->history.cells)
	{
		c = CELL_OF(r);
		assert_string_equal(c->party->facts.country, "");
		assert_string_equal(c->party->facts.text,
				    c->amounts.lookups == 2 ? "elsewhere.test" : "Example");
	}
	household_free(&h);
}

static void test_clear(void **state)
{
	struct household h;

	(void)state;
	open_watched(&h);
	pass(&h, 0);
	begin(&h, PHONE, SHARED, 7);
	pass_minute(&h);
	move(&alive[0], 5);
	pass(&h, 10000);
	model_clear(h.model, h.table);
	assert_int_equal(h.model->history.spans.count, 0);
	move(&alive[0], 3);
	pass_minute(&h);
	assert_int_equal(sum(&h).up, 3);
	assert_int_equal(sum(&h).connections, 0);
	household_free(&h);
}

/* What a list says is not to be shown is not in it, from when that is known. */
static void test_ignored(void **state)
{
	struct household h;

	(void)state;
	open_watched(&h);
	pass(&h, 0);
	begin(&h, PHONE, SHARED, 7);
	pass(&h, 10000);
	household_lookup(&h, PHONE, "hidden.test", SHARED, 0);
	move(&alive[0], 5);
	pass_minute(&h);
	assert_int_equal(sum(&h).up, 7);
	assert_int_equal(sum(&h).lookups, 0);
	household_free(&h);
}

static const struct event *last_event(const struct household *h)
{
	const struct events *e = &h->model->history.events;

	return e->table.count ? EVENT_OF(e->by_time.previous) : NULL;
}

/* Rounds and marks; what was done before the start was told then. */
static void test_room(void **state)
{
	struct household h;
	struct room *room;

	(void)state;
	open_watched(&h);
	room = &h.model->room;
	room_mark(room, "Before", -1000);
	room_begin_round(room, "An old round", -1000, 0);
	pass(&h, 1000);
	assert_null(last_event(&h));
	room_mark(room, "Everybody opened a page", model_now(h.model));
	pass(&h, 1000);
	assert_int_equal(last_event(&h)->kind, EVENT_MARKED);
	assert_string_equal(last_event(&h)->text, "Everybody opened a page");
	room_begin_round(room, "The quiet minute", model_now(h.model), 60000);
	pass(&h, 1000);
	assert_int_equal(last_event(&h)->kind, EVENT_ROUND);
	assert_string_equal(last_event(&h)->text, "The quiet minute");
	room_end_round(room);
	pass(&h, 1000);
	assert_int_equal(last_event(&h)->kind, EVENT_ROUND_ENDED);
	assert_int_equal(h.model->history.events.table.count, 4);
	model_clear(h.model, h.table);
	pass(&h, 1000);
	assert_null(last_event(&h));
	room_mark(room, "After", model_now(h.model));
	pass(&h, 1000);
	assert_string_equal(last_event(&h)->text, "After");
	household_free(&h);
}

/* Nothing of it is there, nor of what it had done. */
static void test_hidden(void **state)
{
	struct household h;

	(void)state;
	for (enum wish wish = WISH_HIDDEN; wish <= WISH_LEFT_OUT; wish++) {
		open_watched(&h);
		pass(&h, 0);
		begin(&h, PHONE, SHARED, 7);
		begin(&h, LAPTOP, SHARED, 20);
		household_lookup(&h, PHONE, "secret.test", NULL, 0);
		pass_minute(&h);
		move(&alive[0], 5);
		pass(&h, 10000);
		move(&alive[0], 5);
		set_wish(&h, PHONE, wish);
		move(&alive[0], 5);
		pass_minute(&h);
		assert_int_equal(sum(&h).up, 20);
		assert_int_equal(sum(&h).lookups, 0);
		assert_int_equal(h.model->history.devices.table.count, 1);
		assert_int_equal(h.model->history.parties.table.count, 1);
		/* shown again, it is another one, and what it moved meanwhile stays untold */
		set_wish(&h, PHONE, WISH_SHOWN);
		move(&alive[0], 6);
		pass_minute(&h);
		assert_int_equal(sum(&h).up, 26);
		household_free(&h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_from_the_start_on),
	    cmocka_unit_test(test_short_ones),
	    cmocka_unit_test(test_lookups),
	    cmocka_unit_test(test_clear),
	    cmocka_unit_test(test_hidden),
	    cmocka_unit_test(test_room),
	    cmocka_unit_test(test_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
