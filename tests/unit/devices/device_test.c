/* SPDX-License-Identifier: MIT */
#include "made_devices.h"

static void test_both_families_are_one_device(void **state)
{
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	assert_false(neighbour(&d, "192.0.2.10", mac_a));
	assert_false(neighbour(&d, "2001:db8::10", mac_a));
	assert_false(neighbour(&d, "fe80::10", mac_a));
	assert_int_equal(d.table.count, 1);
	assert_int_equal(d.addresses.count, 3);
	assert_ptr_equal(device_of(&d, "192.0.2.10"), device_of(&d, "2001:db8::10"));
	assert_ptr_equal(get(&d, "fe80::10"), devices_find_mac(&d, mac_a));
	devices_done(&d);
}

static void test_address_becomes_mac(void **state)
{
	struct devices d;
	struct device *device;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	device = get(&d, "192.0.2.10");
	assert_false(device->has_mac);
	/* The neighbour entry comes later: it is the same device, with a MAC and the MAC's name. */
	assert_false(neighbour(&d, "192.0.2.10", mac_a));
	assert_true(device->has_mac);
	assert_int_equal(d.table.count, 1);
	devices_done(&d);
}

static void test_later_neighbour_merges(void **state)
{
	const struct traffic t = {1, 2, 3, 4};
	struct devices d;
	struct device *four, *six;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	neighbour(&d, "192.0.2.10", mac_a);
	four = device_of(&d, "192.0.2.10");
	six = get(&d, "2001:db8::10");
	assert_ptr_not_equal(four, six);
	device_count(&d, six, &t, false, 1500);
	/* Connections must be looked at again; then the other one goes, and its traffic is kept. */
	assert_true(neighbour(&d, "2001:db8::10", mac_a));
	assert_ptr_equal(device_of(&d, "2001:db8::10"), four);
	devices_sweep(&d);
	assert_int_equal(d.table.count, 1);
	assert_int_equal(four->traffic.down_packets, 4);
	assert_int_equal(four->traffic.up_bytes, 1);
	devices_done(&d);
}

static void test_address_moves_to_another_mac(void **state)
{
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	neighbour(&d, "192.0.2.10", mac_a);
	assert_true(neighbour(&d, "192.0.2.10", mac_b));
	assert_ptr_equal(device_of(&d, "192.0.2.10"), devices_find_mac(&d, mac_b));
	assert_int_equal(d.table.count, 2);
	/* Nothing speaks for the first any more: no address, no traffic. */
	devices_sweep(&d);
	assert_int_equal(d.table.count, 1);
	assert_null(devices_find_mac(&d, mac_a));
	devices_done(&d);
}

static void test_repeater_does_not_melt(void **state)
{
	struct devices d;
	struct device *repeater;
	bool moved = false;

	(void)state;
	devices_init(&d, &watch, 20, name_by_number, NULL);
	for (unsigned i = 1; i <= DEVICE_IPV4_MAX; i++) {
		char text[32];

		snprintf(text, sizeof(text), "192.0.2.%u", i);
		assert_false(neighbour(&d, text, mac_a));
	}
	assert_int_equal(d.table.count, 1);
	moved = neighbour(&d, "192.0.2.50", mac_a);
	assert_true(moved);
	repeater = devices_find_mac(&d, mac_a);
	assert_int_equal(d.table.count, DEVICE_IPV4_MAX + 1);
	assert_ptr_equal(device_of(&d, "192.0.2.1"), repeater);
	for (unsigned i = 2; i <= DEVICE_IPV4_MAX; i++) {
		char text[32];

		snprintf(text, sizeof(text), "192.0.2.%u", i);
		assert_ptr_not_equal(device_of(&d, text), repeater);
		assert_true(device_of(&d, text)->alias[0]);
		/* Confirmed again, it stays what it is. */
		assert_false(neighbour(&d, text, mac_a));
		assert_ptr_not_equal(device_of(&d, text), repeater);
	}
	/* A further one is a device of its own at once; IPv6 stays with the MAC. */
	assert_false(neighbour(&d, "192.0.2.60", mac_a));
	assert_ptr_not_equal(device_of(&d, "192.0.2.60"), repeater);
	assert_false(neighbour(&d, "2001:db8::1", mac_a));
	assert_ptr_equal(device_of(&d, "2001:db8::1"), repeater);
	devices_done(&d);
}

static void test_full_counts_and_makes_room(void **state)
{
	const struct traffic t = {1, 0, 1, 0};
	struct devices d;
	struct device *first, *second;

	(void)state;
	devices_init(&d, &watch, 2, name_by_number, NULL);
	first = get(&d, "192.0.2.1");
	second = get(&d, "192.0.2.2");
	device_count(&d, first, &t, false, 3000);
	device_count(&d, second, &t, false, 2000);
	first->conversations = second->conversations = 1;
	/* however often it tries */
	for (int i = 0; i < 3; i++)
		assert_null(get(&d, "192.0.2.3"));
	assert_int_equal(d.refused.things.used, 1);
	assert_null(get(&d, "192.0.2.4"));
	assert_int_equal(d.refused.things.used, 2);
	/* The one that was idle longest goes. */
	first->conversations = second->conversations = 0;
	assert_non_null(get(&d, "192.0.2.3"));
	assert_non_null(device_of(&d, "192.0.2.1"));
	assert_null(device_of(&d, "192.0.2.2"));
	devices_done(&d);
}

/* As many sources as somebody cares to make up: the places that are left are for who is really there, and who was there
 * is not forgotten for them. */
static void test_made_up_sources(void **state)
{
	struct address a = parse("192.0.2.1");
	struct devices d;
	struct device *real;
	unsigned talking = 0;

	(void)state;
	devices_init(&d, &watch, 8, name_by_number, NULL);
	neighbour(&d, "192.0.2.1", mac_a);
	for (unsigned i = 0; i < 20; i++) {
		char text[32];
		struct device *made_up;

		snprintf(text, sizeof(text), "2001:db8::%x", i + 1);
		made_up = get(&d, text);
		if (made_up)
			made_up->conversations = ++talking;
	}
	assert_int_equal(talking, 6);
	assert_int_equal(d.refused.things.used, 14);
	neighbour(&d, "192.0.2.2", mac_b);
	assert_non_null(devices_find_mac(&d, mac_b));
	/* All are idle, the real one for longest: of the others the oldest goes. */
	for (unsigned i = 0; i < 6; i++) {
		char text[32];

		snprintf(text, sizeof(text), "2001:db8::%x", i + 1);
		device_of(&d, text)->conversations = 0;
		device_of(&d, text)->active = 1000 - i;
	}
	devices_neighbour_gone(&d, &a);
	real = devices_find_mac(&d, mac_a);
	real->active = 1;
	assert_non_null(get(&d, "2001:db8::99"));
	assert_ptr_equal(devices_find_mac(&d, mac_a), real);
	assert_null(device_of(&d, "2001:db8::6"));
	assert_non_null(device_of(&d, "2001:db8::5"));
	devices_done(&d);
}

static void test_too_many_addresses(void **state)
{
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	for (unsigned i = 1; i <= DEVICE_ADDRESSES_MAX * 2; i++) {
		char text[32];

		snprintf(text, sizeof(text), "2001:db8::%x", i);
		neighbour(&d, text, mac_a);
	}
	assert_int_equal(d.addresses.count, DEVICE_ADDRESSES_MAX);
	assert_null(device_of(&d, "2001:db8::1"));
	assert_non_null(device_of(&d, "2001:db8::40"));
	devices_done(&d);
}

static void test_sweep_keeps_what_had_traffic(void **state)
{
	const struct traffic t = {1, 0, 1, 0};
	struct devices d;
	struct address a = parse("192.0.2.1"), b = parse("192.0.2.2"), c = parse("192.0.2.3");
	static const uint8_t uncounted[6] = {0, 1, 2, 3, 4, 9};

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	neighbour(&d, "192.0.2.1", mac_a);
	neighbour(&d, "192.0.2.2", mac_b);
	neighbour(&d, "192.0.2.3", uncounted);
	device_count(&d, device_of(&d, "192.0.2.1"), &t, false, 1000);
	/* what it moved was not counted: accounting is off, or the hardware forwards it */
	device_count_total(&d, device_of(&d, "192.0.2.3"), 1);
	devices_neighbour_gone(&d, &a);
	devices_neighbour_gone(&d, &b);
	devices_neighbour_gone(&d, &c);
	devices_sweep(&d);
	assert_non_null(devices_find_mac(&d, mac_a));
	assert_null(devices_find_mac(&d, mac_b));
	assert_non_null(devices_find_mac(&d, uncounted));
	devices_done(&d);
}

/* A machine that turned out to be a router: its networks came up after the start. */
static void test_sweep_takes_a_self_that_is_no_device(void **state)
{
	struct address a = parse("192.0.2.1");
	struct device *self;
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, NULL, NULL);
	self = devices_get(&d, &a, true, 0);
	assert_non_null(self);
	self->conversations = 1;
	self->had_traffic = true;
	d.without_self = true;
	devices_sweep(&d);
	assert_int_equal(d.table.count, 1);
	self->conversations = 0;
	d.without_self = false;
	devices_sweep(&d);
	assert_int_equal(d.table.count, 1);
	d.without_self = true;
	devices_sweep(&d);
	assert_int_equal(d.table.count, 0);
	assert_null(d.self);
	devices_done(&d);
}

static void test_neighbours_that_are_not_told_again(void **state)
{
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	devices_neighbours_begin(&d);
	neighbour(&d, "192.0.2.10", mac_a);
	neighbour(&d, "192.0.2.11", mac_b);
	devices_neighbours_end(&d);
	devices_neighbours_begin(&d);
	neighbour(&d, "192.0.2.11", mac_b);
	/* While they are told, nobody is gone yet. */
	devices_sweep(&d);
	assert_int_equal(d.table.count, 2);
	devices_neighbours_end(&d);
	devices_sweep(&d);
	assert_int_equal(d.table.count, 1);
	assert_non_null(devices_find_mac(&d, mac_b));
	devices_done(&d);
}

static void test_find_by_id(void **state)
{
	struct devices d;
	struct device *device;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	device = get(&d, "192.0.2.10");
	assert_ptr_equal(devices_find_id(&d, device->row.id), device);
	row_table_clean(&d.table);
	get(&d, "192.0.2.11");
	assert_ptr_equal(devices_find_id(&d, device->row.id), device);
	assert_ptr_equal(devices_find_id(&d, device->row.id + 1), device_of(&d, "192.0.2.11"));
	assert_null(devices_find_id(&d, 0));
	assert_null(devices_find_id(&d, device->row.id + 2));
	devices_done(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_both_families_are_one_device),
	    cmocka_unit_test(test_address_becomes_mac),
	    cmocka_unit_test(test_later_neighbour_merges),
	    cmocka_unit_test(test_address_moves_to_another_mac),
	    cmocka_unit_test(test_repeater_does_not_melt),
	    cmocka_unit_test(test_full_counts_and_makes_room),
	    cmocka_unit_test(test_made_up_sources),
	    cmocka_unit_test(test_too_many_addresses),
	    cmocka_unit_test(test_sweep_keeps_what_had_traffic),
	    cmocka_unit_test(test_sweep_takes_a_self_that_is_no_device),
	    cmocka_unit_test(test_neighbours_that_are_not_told_again),
	    cmocka_unit_test(test_find_by_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
