/* SPDX-License-Identifier: MIT */
/* The same when it is not known, or another than before, who is at an address. */
#include <stdlib.h>

#include "wishing.h"

/* A phone that is left out comes back with other addresses; nobody knows at first whose they are. */
static void test_other_addresses(void **state)
{
	struct household h;
	struct ct_entry open, other, unknown;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	neighbour(&h, PHONE_IPV6, phone);
	other = begin(&h, PHONE_IPV6, "2001:db8:9::1", 1000);
	unknown = begin(&h, "192.0.2.77", "203.0.113.77", 10000);
	household_lookup(&h, "192.0.2.77", "unknown.phone.test", "203.0.113.77", 0);
	assert_told(&h, 1, 11115);
	assert_int_equal(secrets(&h), 3);
	neighbour(&h, "192.0.2.77", phone);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_told(&h, 1, 11115);
	end(&h, &other, 1);
	end(&h, &unknown, 1);
	assert_told(&h, 1, 11117);
	assert_no_trace(&h);
	assert_false(has_remote(&h, "2001:db8:9::1"));
	assert_false(has_name(&h, "unknown.phone.test"));
	household_free(&h);
}

static void test_it_was_another_one(void **state)
{
	static const uint8_t guest[6] = {0, 1, 2, 3, 4, 7};
	struct household h;
	struct ct_entry open, unknown;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	unknown = begin(&h, "192.0.2.77", "203.0.113.77", 10000);
	assert_told(&h, 1, 10115);
	neighbour(&h, "192.0.2.77", guest);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_told(&h, 10001, 115);
	end(&h, &unknown, 5);
	assert_told(&h, 10006, 115);
	/* behind another router no MAC ever becomes known */
	begin(&h, "2001:db8:1::b", "2001:db8:9::1", 20000);
	assert_told(&h, 30006, 115);
	household_free(&h);
}

/* DHCP gives its address to another one, and another one's to it. */
static void test_addresses_change_hands(void **state)
{
	struct household h;
	struct ct_entry open, own;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	own = begin(&h, LAPTOP, SHARED, 1000);
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	assert_told(&h, 1001, 115);
	neighbour(&h, PHONE, laptop);
	neighbour(&h, LAPTOP, phone);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_told(&h, 1001, 115);
	end(&h, &open, 3);
	end(&h, &own, 4);
	assert_told(&h, 1004, 119);
	begin(&h, PHONE, SHARED, 50);
	begin(&h, LAPTOP, SHARED, 60);
	assert_told(&h, 1054, 179);
	household_free(&h);
}

/* One that was known by its address alone turns out to be the one that wants to be left out. */
static void test_turns_out_to_be(void **state)
{
	struct household h;

	(void)state;
	open_household(&h);
	begin(&h, PHONE_IPV6, "2001:db8:9::1", 100);
	begin(&h, "2001:db8:1::c", "2001:db8:9::2", 200);
	assert_int_equal(h.model->devices.table.count, 4);
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	/* it is an address of the phone that is there already */
	neighbour(&h, PHONE_IPV6, phone);
	household_refresh(&h, MODEL_CONNECTIONS);
	devices_sweep(&h.model->devices);
	assert_told(&h, 200, 100);
	assert_false(has_remote(&h, "2001:db8:9::1"));
	household_free(&h);
}

static void test_its_mac_becomes_known(void **state)
{
	struct household h;
	struct device *device;

	(void)state;
	wish_of_phone = wish_of_laptop = wish_at_ten = WISH_SHOWN;
	n_alive = 0;
	household_make(&h, NULL, 100, 100);
	h.model->devices.wisher = wisher;
	h.model->devices.wishes = true;
	wish_of_phone = WISH_LEFT_OUT;
	begin(&h, PHONE_IPV6, "2001:db8:9::1", 100);
	assert_told(&h, 100, 0);
	neighbour(&h, PHONE_IPV6, phone);
	device = devices_find_due(&h.model->devices);
	assert_ptr_equal(device, device_at(&h, PHONE_IPV6));
	model_set_wish(h.model, h.table, device, devices_wish_of(&h.model->devices, device), NULL, NULL);
	assert_null(devices_find_due(&h.model->devices));
	assert_told(&h, 0, 100);
	assert_int_equal(h.model->devices.table.count, 0);
	assert_int_equal(h.model->remotes.table.count, 0);
	household_free(&h);
}

/* Where no MAC ever becomes known the wish is for the address. */
static void test_by_its_address(void **state)
{
	struct household h;
	struct ct_entry e;

	(void)state;
	open_household(&h);
	wish_at_ten = WISH_LEFT_OUT;
	h.model->devices.wishes = true;
	e = begin(&h, "2001:db8:1::10", "2001:db8:9::1", 100);
	household_lookup(&h, "2001:db8:1::10", "www.example.org", "2001:db8:9::1", 0);
	assert_told(&h, 0, 100);
	assert_int_equal(secrets(&h), 1);
	assert_int_equal(h.model->devices.table.count, 2);
	assert_int_equal(h.model->names.table.count, 0);
	end(&h, &e, 0);
	household_free(&h);
}

static uint64_t random_state;

static uint32_t roll(uint32_t below)
{
	random_state = random_state * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(random_state >> 33) % below;
}

/* Whatever comes in whatever order: all that moved is somewhere, once. */
static void test_totals_stay_true(void **state)
{
	enum { STEPS = 3000, ENTRIES = 16 };
	static const char *const homes[] = {PHONE, LAPTOP, "192.0.2.12", PHONE_IPV6};
	static const char *const remotes[] = {SHARED, ALONE, "203.0.113.11"};
	struct ct_entry entries[ENTRIES] = {};
	struct household h;
	uint64_t moved = 0;

	(void)state;
	open_household(&h);
	h.model->conversations.max_ended = 3;
	random_state = 4711;
	for (int step = 0; step < STEPS; step++) {
		struct ct_entry *e = &entries[roll(ENTRIES)];
		const char *at = homes[roll(ELEMENTS_OF(homes))];
		unsigned what = roll(10);

		if (what < 4 && !e->id) {
			*e = household_entry(at, ports++, remotes[roll(3)], 443, IPPROTO_TCP, true);
			household_new(&h, e);
		} else if (what < 5 && e->id) {
			uint32_t more = roll(1000);

			moved += more;
			end(&h, e, more);
			*e = (struct ct_entry){};
		} else if (what < 6 && device_at(&h, at) && device_at(&h, at)->has_mac) {
			set_wish(&h, at, (enum wish)roll(WISH_UNCHOSEN_OUT + 1));
		} else if (what < 7) {
			neighbour(&h, at, roll(2) ? phone : laptop);
			household_refresh(&h, MODEL_CONNECTIONS);
			devices_sweep(&h.model->devices);
		} else {
			household_lookup(&h, at, roll(2) ? "www.example.net" : "ads.phone.test",
					 remotes[roll(3)], 0);
		}
		assert_int_equal(told(h.model).up + h.model->apart.up_bytes, moved);
		assert_int_equal(h.model->shown + h.model->left_out[SELECTION_APART] +
				     h.model->left_out[SELECTION_UNKNOWN] +
				     h.model->left_out[SELECTION_SHOWN],
				 ct_table_count(h.table));
	}
	assert_true(moved > 10000);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_other_addresses),	   cmocka_unit_test(test_it_was_another_one),
	    cmocka_unit_test(test_addresses_change_hands), cmocka_unit_test(test_turns_out_to_be),
	    cmocka_unit_test(test_its_mac_becomes_known),  cmocka_unit_test(test_by_its_address),
	    cmocka_unit_test(test_totals_stay_true),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
