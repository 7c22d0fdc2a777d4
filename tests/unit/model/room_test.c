/* SPDX-License-Identifier: MIT */
/* What the room is doing: bounded, over restarts, and when those go whom it concerns. */
#include "room.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "household.h"
#include "session.h"
#include "util.h"

#define LONG_AGO 3600000 /* ms */

static const uint8_t mac[6] = {0, 1, 2, 3, 4, 5}, other_mac[6] = {0, 1, 2, 3, 4, 6};

static void restart(struct household *h)
{
	size_t length;
	char *text;

	text = household_save(h, &length);
	household_free(h);
	household_make(h, NULL, 100, 100);
	assert_int_equal(session_restore(h->model, text, length, LONG_AGO), 0);
	free(text);
}

static struct device *neighbour(struct household *h, const char *address, const uint8_t of[6])
{
	struct address a = household_address(address);

	devices_neighbour(&h->model->devices, &a, of, 5);
	return devices_find_mac(&h->model->devices, of);
}

static void assert_marks(const struct room *r, unsigned first, unsigned last)
{
	const struct room_mark *m;
	char text[16];

	for (unsigned i = 0; i <= last - first; i++) {
		m = room_mark_at(r, i);
		snprintf(text, sizeof(text), "Mark %u", first + i);
		assert_non_null(m);
		assert_string_equal(m->text, text);
	}
	assert_null(room_mark_at(r, last - first + 1));
	assert_int_equal(r->marks.count, last - first + 1);
}

static void set_marks(struct room *r, unsigned first, unsigned last)
{
	char text[16];

	for (unsigned i = first; i <= last; i++) {
		snprintf(text, sizeof(text), "Mark %u", i);
		room_mark(r, text, i);
	}
}

static void test_marks(void **state)
{
	struct household h;
	struct room *r;

	(void)state;
	household_make(&h, NULL, 100, 100);
	r = &h.model->room;
	assert_null(room_mark_at(r, 0));
	set_marks(r, 1, 3);
	assert_marks(r, 1, 3);
	set_marks(r, 4, 2 * ROOM_MARKS + 3);
	assert_marks(r, ROOM_MARKS + 4, 2 * ROOM_MARKS + 3);
	restart(&h);
	r = &h.model->room;
	assert_marks(r, ROOM_MARKS + 4, 2 * ROOM_MARKS + 3);
	set_marks(r, 2 * ROOM_MARKS + 4, 2 * ROOM_MARKS + 5);
	assert_marks(r, ROOM_MARKS + 6, 2 * ROOM_MARKS + 5);
	room_clear(r);
	assert_null(room_mark_at(r, 0));
	assert_int_equal(r->marks.count, 0);
	set_marks(r, 7, 8);
	assert_marks(r, 7, 8);
	household_free(&h);
}

static void test_over_a_restart(void **state)
{
	struct household h;
	struct room *r;
	int64_t now;

	(void)state;
	household_make(&h, NULL, 100, 100);
	r = &h.model->room;
	neighbour(&h, "192.0.2.10", other_mac);
	now = model_now(h.model);
	room_begin_round(r, "Ääni \"1\" \\", now - 5000, 60000);
	room_freeze(r, now - 1000);
	room_show(r, "map");
	room_lock_names(r, true);
	room_spotlight(r, neighbour(&h, "192.0.2.11", mac), NULL);
	restart(&h);
	r = &h.model->room;
	assert_string_equal(r->label, "Ääni \"1\" \\");
	/* the household's clock begins anew, and stands still as little as any */
	now = model_now(h.model);
	assert_in_range(now - r->since, 5000, 35000);
	assert_int_equal(r->timer, 60000);
	assert_true(r->is_frozen);
	assert_in_range(now - r->frozen, 1000, 31000);
	assert_string_equal(r->view, "map");
	assert_true(r->names_locked);
	assert_non_null(r->device);
	assert_memory_equal(r->device->mac, mac, 6);
	assert_null(r->company);

	room_spotlight(r, NULL, shared_take_company(&h.model->shared, "Example Clouds"));
	shared_drop_company(&h.model->shared, r->company);
	restart(&h);
	r = &h.model->room;
	assert_null(r->device);
	assert_string_equal(r->company->name, "Example Clouds");
	room_clear(r);
	room_lock_names(r, false);
	room_show(r, "");
	/* nobody else knew the company */
	assert_int_equal(h.model->shared.companies.count, 0);
	restart(&h);
	r = &h.model->room;
	assert_string_equal(r->label, "");
	assert_false(r->is_frozen || r->names_locked || r->view[0] || r->device || r->company);
	household_free(&h);
}

static void ask_most(struct household *h)
{
	struct room *r = &h->model->room;
	struct room_choice choice = {.company = shared_take_company(&h->model->shared, "Example Clouds")};

	room_begin_round(r, "Guess", model_now(h->model), 30000);
	room_play(r, ROOM_GUESS, ROOM_MOST);
	room_add_choice(r, &choice);
	shared_drop_company(&h->model->shared, choice.company);
	choice.company = shared_take_company(&h->model->shared, "Example \"Video\"");
	room_add_choice(r, &choice);
	shared_drop_company(&h->model->shared, choice.company);
}

/* Its votes stay, and who has voted may not do so again. */
static void test_a_question_over_a_restart(void **state)
{
	struct household h;
	struct device *device;
	struct room *r;

	(void)state;
	household_make(&h, NULL, 100, 100);
	ask_most(&h);
	ask_most(&h);
	r = &h.model->room;
	room_vote(r, 1);
	room_vote(r, 1);
	neighbour(&h, "192.0.2.10", mac)->voted = r->number;
	neighbour(&h, "192.0.2.11", other_mac)->voted = r->number - 1;
	restart(&h);
	r = &h.model->room;
	assert_int_equal(r->kind, ROOM_GUESS);
	assert_int_equal(r->question, ROOM_MOST);
	assert_int_equal(r->n_choices, 2);
	assert_string_equal(r->choices[0].company->name, "Example Clouds");
	assert_string_equal(r->choices[1].company->name, "Example \"Video\"");
	assert_int_equal(r->choices[0].votes, 0);
	assert_int_equal(r->choices[1].votes, 2);
	device = devices_find_mac(&h.model->devices, mac);
	assert_int_equal(device->voted, r->number);
	device = devices_find_mac(&h.model->devices, other_mac);
	assert_true(!device || device->voted != r->number);
	room_end_round(r);
	assert_int_equal(r->n_choices, 0);
	assert_int_equal(r->choices[1].votes, 0);
	assert_int_equal(h.model->shared.companies.count, 0);
	room_begin_round(r, "App", model_now(h.model), 0);
	room_play(r, ROOM_APP, ROOM_MOST);
	restart(&h);
	r = &h.model->room;
	assert_int_equal(r->kind, ROOM_APP);
	assert_int_equal(r->question, ROOM_NO_QUESTION);
	assert_int_equal(r->n_choices, 0);
	household_free(&h);
}

static void test_time_up(void **state)
{
	struct household h;
	struct room *r;

	(void)state;
	household_make(&h, NULL, 100, 100);
	r = &h.model->room;
	room_time_up(r, 5);
	assert_int_equal(r->changes, 0);
	room_begin_round(r, "Round", 1000, 0);
	assert_false(room_is_time_up(r, 900000));
	room_time_up(r, 1000);
	assert_int_equal(r->timer, 1);
	room_begin_round(r, "Round", 1000, 60000);
	assert_false(room_is_time_up(r, 60999));
	room_time_up(r, 31000);
	assert_int_equal(r->timer, 30000);
	assert_true(room_is_time_up(r, 31000));
	room_time_up(r, 40000);
	assert_int_equal(r->timer, 30000);
	household_free(&h);
}

/* Two that turn out to be one have one vote. */
static void test_who_has_voted_becomes_another(void **state)
{
	struct address six = household_address("2001:db8:1::10");
	struct household h;

	(void)state;
	household_make(&h, NULL, 100, 100);
	ask_most(&h);
	devices_get(&h.model->devices, &six, false, 5)->voted = h.model->room.number;
	devices_neighbour(&h.model->devices, &six, mac, 6);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(devices_find_mac(&h.model->devices, mac)->voted, h.model->room.number);
	household_free(&h);
}

/* Whoever writes into the file can do no harm. */
static void test_a_strange_file(void **state)
{
	static const char head[] = "connvis-session 3\ntime 1000 99999999999000\nsecret 1 2\n";
	char text[4096], letters[200];
	struct household h;
	struct room *r;

	(void)state;
	memset(letters, 'x', sizeof(letters));
	letters[sizeof(letters) - 1] = '\0';
	snprintf(
	    text, sizeof(text),
	    "%sroom device 0 0\nroom round 1 9223372036854775807 Long\nroom view 0 0 ../x\n"
	    "room view 0 0 \nroom company 0 0 \nroom mark 1 0 \nroom mark 1 0 %s\nroom round 1 0 \n"
	    "room voted 0 0\nroom choice 1 0 5\nroom play 0 0 nothing\nroom play 0 0 countries\n"
	    "room choice 9223372036854775807 0 5\nroom choice 1 0 x\nroom choice 1 0 \nroom choice 1 0 1000001\n"
	    "room choice 1 0 6\nroom choice 1 0 7\nroom choice 1 0 8\nroom choice 1 0 9\nend 22\n",
	    head, letters);
	household_make(&h, NULL, 100, 100);
	assert_int_equal(session_restore(h.model, text, strlen(text), LONG_AGO), 0);
	r = &h.model->room;
	assert_string_equal(r->label, "Long");
	assert_int_equal(r->timer, ROOM_TIMER_MAX);
	assert_string_equal(r->view, "");
	assert_int_equal(r->kind, ROOM_GUESS);
	assert_int_equal(r->n_choices, ROOM_CHOICES_MAX);
	assert_int_equal(r->choices[0].from, 5);
	assert_int_equal(r->choices[0].votes, UINT32_MAX);
	assert_int_equal(r->choices[3].from, 8);
	assert_null(room_mark_at(r, 0));
	assert_null(r->device);
	assert_null(r->company);
	household_free(&h);
}

/* The spotlight follows a device that turns out to be another one, and is out when it goes. */
static void test_a_device_leaves(void **state)
{
	struct address six = household_address("2001:db8:1::10");
	struct household h;
	struct room *r;

	(void)state;
	household_make(&h, NULL, 100, 100);
	r = &h.model->room;
	room_spotlight(r, devices_get(&h.model->devices, &six, false, 5), NULL);
	devices_neighbour(&h.model->devices, &six, mac, 6);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_non_null(r->device);
	assert_ptr_equal(r->device, devices_find_mac(&h.model->devices, mac));
	devices_neighbour_gone(&h.model->devices, &six);
	devices_sweep(&h.model->devices);
	assert_int_equal(h.model->devices.table.count, 0);
	assert_null(r->device);
	household_free(&h);
}

static void test_view_names(void **state)
{
	(void)state;
	assert_true(room_is_view("map"));
	assert_true(room_is_view("a-view-2"));
	assert_false(room_is_view(""));
	assert_false(room_is_view("2d"));
	assert_false(room_is_view("Map"));
	assert_false(room_is_view("a b"));
	assert_false(room_is_view("ä"));
	assert_false(room_is_view("a12345678901234567890123456789012"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_marks),	   cmocka_unit_test(test_over_a_restart),
	    cmocka_unit_test(test_a_strange_file), cmocka_unit_test(test_a_device_leaves),
	    cmocka_unit_test(test_view_names),	   cmocka_unit_test(test_a_question_over_a_restart),
	    cmocka_unit_test(test_time_up),	   cmocka_unit_test(test_who_has_voted_becomes_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
