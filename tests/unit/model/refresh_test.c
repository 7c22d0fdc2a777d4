/* SPDX-License-Identifier: MIT */
/* What changes while everything is looked at again, a slice at a time. */
#include "model.h"

#include <netinet/in.h>
#include <stdio.h>

#include "cmocka_all.h"
#include "household.h"
#include "util.h"

enum { CONNECTIONS = 900 };

static unsigned described;
static const char *country = "FI", *owner;

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	(void)data;
	(void)a;
	described++;
	ret->has_place = true;
	snprintf(ret->place.country, sizeof(ret->place.country), "%s", country);
	ret->company = owner;
	ret->category = owner ? "cloud" : NULL;
	ret->list = owner ? 1 : 0;
}

static struct ct_entry numbered(unsigned i)
{
	char device[32], remote[32];

	snprintf(device, sizeof(device), "192.0.2.%u", 2 + i % 50);
	snprintf(remote, sizeof(remote), "203.0.%u.%u", 113 + i / 200, i % 200 + 1);
	return household_entry(device, 1024 + i, remote, 443, IPPROTO_TCP, true);
}

static void make(struct household *h)
{
	household_make(h, describe, 10000, 10000);
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		struct ct_entry e = numbered(i);

		household_new(h, &e);
	}
	assert_int_equal(h->model->conversations.table.count, CONNECTIONS);
}

/* One slice of the least length. */
static bool slice(struct household *h, model_moved moved, void *data)
{
	return model_refresh_slice(h->model, h->table, 0, moved, data);
}

static void count_moved(void *data, struct ct_connection *c)
{
	(void)c;
	++*(unsigned *)data;
}

static void check_nothing_is_left(struct household *h)
{
	unsigned moved = 0;

	model_refresh(h->model, MODEL_CONNECTIONS);
	assert_false(model_refresh_slice(h->model, h->table, UINT64_MAX, count_moved, &moved));
	assert_int_equal(moved, 0);
}

static void test_in_slices(void **state)
{
	struct household h;
	unsigned slices = 1;

	(void)state;
	make(&h);
	country = "SE";
	described = 0;
	assert_false(slice(&h, NULL, NULL));
	model_refresh(h.model, MODEL_REMOTES);
	assert_true(model_is_refreshing(h.model));
	while (slice(&h, NULL, NULL))
		slices++;
	assert_false(model_is_refreshing(h.model));
	assert_in_range(described, h.model->remotes.table.count, h.model->remotes.table.count);
	assert_in_range(slices, 20, CONNECTIONS);
	ROW_FOR_EACH(r, &h.model->remotes.table.clean)
		assert_string_equal(CONTAINER_OF(r, struct remote, row)->place->country, "SE");
	household_free(&h);
}

/* Whose a conversation is follows from whose its remote is. */
static void test_remotes_are_others(void **state)
{
	struct household h;

	(void)state;
	make(&h);
	for (int turn = 0; turn < 2; turn++) {
		owner = turn ? NULL : "Example Clouds";
		model_refresh(h.model, MODEL_REMOTES);
		while (slice(&h, NULL, NULL))
			;
		for (uint32_t i = 1; i <= CONNECTIONS; i++) {
			const struct conversation *c = conversations_at(&h.model->conversations, i);

			assert_int_equal(!c->company, !owner);
			if (owner)
				assert_string_equal(c->company->name, owner);
			assert_int_equal(!c->category, !owner);
			assert_int_equal(c->list, owner ? 1 : 0);
		}
	}
	household_free(&h);
}

/* The home changes, connections come and go, and the home changes once more. */
static void test_home_changes_meanwhile(void **state)
{
	struct household h;
	struct home home;

	(void)state;
	make(&h);
	home = h.model->home;
	home.n_networks = 0;
	model_set_home(h.model, &home);
	model_refresh(h.model, MODEL_REMOTES | MODEL_CONNECTIONS);
	for (unsigned i = 0; slice(&h, NULL, NULL); i++) {
		struct ct_entry old = numbered(i * 7 % CONNECTIONS), new = numbered(CONNECTIONS + i);

		household_new(&h, &new);
		household_end(&h, &old);
		household_end(&h, &new);
	}
	assert_int_equal(h.model->shown, 0);
	assert_int_equal(h.model->conversations.table.count, 0);
	check_nothing_is_left(&h);
	assert_int_equal(network_parse(&home.networks[0], "192.0.2.0/25"), 0);
	home.n_networks = 1;
	model_set_home(h.model, &home);
	model_refresh(h.model, MODEL_CONNECTIONS);
	for (unsigned i = 0; i < 20; i++)
		assert_true(slice(&h, NULL, NULL));
	/* Half of them are back, and now only a part of them is at home. */
	assert_true(h.model->shown > 0);
	assert_int_equal(network_parse(&home.networks[0], "192.0.2.0/28"), 0);
	model_set_home(h.model, &home);
	model_refresh(h.model, MODEL_CONNECTIONS);
	while (slice(&h, NULL, NULL))
		;
	check_nothing_is_left(&h);
	for (uint32_t i = 1; i <= ct_table_positions(h.table); i++) {
		const struct ct_connection *c = ct_table_at(h.table, i);

		if (c)
			assert_true(!model_conversation_of(h.model, c) ==
				    !home_is_inside(&home, &c->tuple[CT_ORIG].src));
	}
	household_free(&h);
}

/* An address turns out to be another device's, again and again: the last word counts. */
static void test_devices_change_meanwhile(void **state)
{
	struct household h;
	struct address a = household_address("192.0.2.9");

	(void)state;
	make(&h);
	for (unsigned i = 0; i < 200; i++) {
		const uint8_t mac[6] = {0, 1, 2, 3, 4, (uint8_t)(i % 3)};

		if (devices_neighbour(&h.model->devices, &a, mac, model_now(h.model)))
			model_refresh(h.model, MODEL_CONNECTIONS);
		slice(&h, NULL, NULL);
	}
	while (slice(&h, NULL, NULL))
		;
	check_nothing_is_left(&h);
	household_free(&h);
}

/* Those that do not fit are looked at again, and are where they were until there is room. */
static void test_no_room(void **state)
{
	struct household h;
	struct ct_entry gone = numbered(0);
	unsigned moved = 0;

	(void)state;
	household_make(&h, describe, CONNECTIONS / 3, 10000);
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		struct ct_entry e = numbered(i);

		household_new(&h, &e);
	}
	assert_int_equal(h.model->left_out[SELECTION_SHOWN], CONNECTIONS / 3 * 2);
	check_nothing_is_left(&h);
	household_end(&h, &gone);
	model_refresh(h.model, MODEL_CONNECTIONS);
	assert_false(model_refresh_slice(h.model, h.table, UINT64_MAX, count_moved, &moved));
	assert_int_equal(moved, 1);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_in_slices),
	    cmocka_unit_test(test_remotes_are_others),
	    cmocka_unit_test(test_home_changes_meanwhile),
	    cmocka_unit_test(test_devices_change_meanwhile),
	    cmocka_unit_test(test_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
