/* SPDX-License-Identifier: MIT */
/* A session that begins anew while everything goes on. How exact the sums are afterwards: account_test.c. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "household.h"
#include "util.h"

static const uint8_t mac[6] = {0, 1, 2, 3, 4, 5}, gone_mac[6] = {0, 1, 2, 3, 4, 6};

static struct device *neighbour(struct household *h, const char *address, const uint8_t of[6])
{
	struct address a = household_address(address);

	devices_neighbour(&h->model->devices, &a, of, 5);
	return devices_find_mac(&h->model->devices, of);
}

static struct ct_entry entry(const char *from, unsigned port, const char *to, uint64_t bytes)
{
	struct ct_entry e = household_entry(from, port, to, 443, IPPROTO_TCP, true);

	e.bytes[CT_ORIG] = bytes;
	e.packets[CT_ORIG] = 1;
	return e;
}

static void test_what_begins_anew(void **state)
{
	struct household h;
	struct model *m;
	struct ct_entry alive = entry("192.0.2.10", 1, "203.0.113.1", 1000),
			ended = entry("192.0.2.10", 2, "203.0.113.2", 20);
	struct device *device;
	const struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	m = h.model;
	m->conversations.max_ended = 10;
	device = neighbour(&h, "192.0.2.10", mac);
	m->session.gap_from = -5;
	m->session.gap_until = 5;
	household_lookup(&h, "192.0.2.10", "www.example.org", "203.0.113.1", 10);
	household_new(&h, &ended);
	household_end(&h, &ended);
	household_dump(&h, &alive, 1);
	room_mark(&m->room, "Now", 1);
	assert_int_equal(m->conversations.table.count, 2);
	assert_int_equal(device->total, 2);
	assert_int_equal(device->unseen, 1);

	model_clear(m, h.table);
	assert_in_range(m->session.began, 100000, model_now(m));
	assert_int_equal(m->site.values[SITE_SESSION], m->session.began);
	assert_int_equal(m->session.gap_from | m->session.gap_until, 0);
	assert_int_equal(m->lookups.table.count, 0);
	assert_int_equal(m->site.values[SITE_LOOKUPS], 0);
	assert_int_equal(m->room.marks.count, 0);
	/* what goes on has moved nothing yet, and is called what it was */
	c = household_conversation(&h);
	assert_int_equal(m->conversations.table.count, 1);
	assert_int_equal(c->traffic.up_bytes, 0);
	assert_int_equal(c->total, 1);
	assert_int_equal(c->seen, m->session.began);
	assert_string_equal(c->name->text, "www.example.org");
	assert_int_equal(device->traffic.up_bytes, 0);
	assert_int_equal(device->total, 1);
	assert_int_equal(device->unseen, 0);
	assert_true(device->has_looked_up);
	assert_string_equal(device->alias, "Device 1");

	alive.bytes[CT_ORIG] += 7;
	household_end(&h, &alive);
	assert_int_equal(device->traffic.up_bytes, 7);
	household_free(&h);
}

/* Who is not here any more goes; who is, stays, though it has done nothing yet. */
static void test_who_is_here(void **state)
{
	struct address left = household_address("192.0.2.11");
	struct household h;
	struct ct_entry e = entry("192.0.2.11", 1, "203.0.113.1", 1000);

	(void)state;
	household_make(&h, NULL, 100, 100);
	neighbour(&h, "192.0.2.10", mac);
	room_spotlight(&h.model->room, neighbour(&h, "192.0.2.11", gone_mac), NULL);
	household_lookup(&h, "192.0.2.11", "www.example.org", "203.0.113.1", 10);
	household_new(&h, &e);
	household_end(&h, &e);
	devices_neighbour_gone(&h.model->devices, &left);
	devices_sweep(&h.model->devices);
	assert_int_equal(h.model->devices.table.count, 2);
	model_clear(h.model, h.table);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_non_null(devices_find_mac(&h.model->devices, mac));
	assert_null(h.model->room.device);
	household_free(&h);
}

/* What was left out, for want of room or by what is home, does not bring along what it moved before. */
static void test_what_was_left_out(void **state)
{
	struct household h;
	struct home home;
	struct ct_entry entries[2] = {entry("192.0.2.10", 1, "203.0.113.1", 1000),
				      entry("192.0.2.10", 2, HOUSEHOLD_IGNORED, 2000)};

	(void)state;
	household_make(&h, NULL, 100, 100);
	home = h.model->home;
	home.n_networks = 0;
	model_set_home(h.model, &home);
	household_dump(&h, entries, 2);
	assert_int_equal(h.model->shown, 0);
	model_clear(h.model, h.table);
	home.n_networks = 2;
	h.model->ignores = NULL;
	model_set_home(h.model, &home);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->shown, 2);
	entries[1].bytes[CT_ORIG] += 5;
	household_dump(&h, entries, 2);
	neighbour(&h, "192.0.2.10", mac);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(devices_find_mac(&h.model->devices, mac)->traffic.up_bytes, 5);
	household_free(&h);
}

/* With thousands of everything, in one turn of the loop. */
static void test_many(void **state)
{
	enum { MANY = 3000 };
	struct ct_entry *entries = calloc(MANY, sizeof(*entries));
	struct household h;
	char to[32];

	(void)state;
	assert_non_null(entries);
	household_make(&h, NULL, 2 * MANY, MANY);
	h.model->conversations.max_ended = MANY;
	for (unsigned i = 0; i < MANY; i++) {
		snprintf(to, sizeof(to), "203.0.%u.%u", i % 200, i % 5);
		entries[i] = entry("192.0.2.10", i + 1, to, 10);
		household_new(&h, &entries[i]);
		if (i % 2)
			household_end(&h, &entries[i]);
	}
	model_clear(h.model, h.table);
	model_clear(h.model, h.table);
	assert_int_equal(h.model->conversations.n_ended, 0);
	assert_int_equal(household_conversation(&h)->device->total, h.model->conversations.table.count);
	household_free(&h);
	free(entries);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_begins_anew),
	    cmocka_unit_test(test_who_is_here),
	    cmocka_unit_test(test_what_was_left_out),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
