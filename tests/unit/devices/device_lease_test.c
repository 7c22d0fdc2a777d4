/* SPDX-License-Identifier: MIT */
/* What the DHCP server says of devices. */
#include "made_devices.h"

static bool lease(struct devices *d, const char *text, const uint8_t mac[6], const char *host_name)
{
	struct address a = parse(text);

	return devices_lease(d, &a, mac, host_name);
}

static void test_lease_gives_mac_and_name(void **state)
{
	struct devices d;
	struct device *device;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	/* Nobody is there because of a lease alone. */
	assert_false(lease(&d, "192.0.2.10", mac_a, "phone"));
	assert_int_equal(d.table.count, 0);
	device = get(&d, "192.0.2.10");
	assert_false(lease(&d, "192.0.2.10", mac_a, "phone"));
	assert_ptr_equal(devices_find_mac(&d, mac_a), device);
	assert_string_equal(device->host_name, "phone");
	/* A lease without a name takes none away. */
	assert_false(lease(&d, "192.0.2.10", mac_a, ""));
	assert_string_equal(device->host_name, "phone");
	/* One that tells no MAC names whose address it is. */
	assert_false(lease(&d, "192.0.2.10", NULL, "tablet"));
	assert_string_equal(device->host_name, "tablet");
	devices_done(&d);
}

static void test_lease_merges_a_new_address(void **state)
{
	const struct traffic t = {1, 2, 3, 4};
	struct devices d;
	struct device *device;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	neighbour(&d, "192.0.2.10", mac_a);
	device_count(&d, get(&d, "192.0.2.99"), &t, false, 1000);
	assert_true(lease(&d, "192.0.2.99", mac_a, "phone"));
	device = devices_find_mac(&d, mac_a);
	assert_ptr_equal(device_of(&d, "192.0.2.99"), device);
	devices_sweep(&d);
	assert_int_equal(d.table.count, 1);
	assert_int_equal(device->traffic.up_packets, 3);
	devices_done(&d);
}

/* Of before a restart: while nobody looked the address was given to another device. */
static void test_lease_is_believed_over_the_past(void **state)
{
	const struct address a = parse("192.0.2.10");
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	devices_restore_address(&d, devices_restore(&d, mac_a, false, 0), &a);
	assert_memory_equal(get(&d, "192.0.2.10")->mac, mac_a, 6);
	assert_true(lease(&d, "192.0.2.10", mac_b, "phone"));
	assert_memory_equal(get(&d, "192.0.2.10")->mac, mac_b, 6);
	assert_string_equal(get(&d, "192.0.2.10")->host_name, "phone");
	assert_false(lease(&d, "192.0.2.10", mac_b, "phone"));
	devices_done(&d);
}

static void test_neighbour_is_believed_over_lease(void **state)
{
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	neighbour(&d, "192.0.2.10", mac_a);
	neighbour(&d, "192.0.2.11", mac_b);
	assert_false(lease(&d, "192.0.2.10", mac_b, "phone"));
	assert_ptr_equal(device_of(&d, "192.0.2.10"), devices_find_mac(&d, mac_a));
	assert_string_equal(devices_find_mac(&d, mac_a)->host_name, "");
	assert_string_equal(devices_find_mac(&d, mac_b)->host_name, "phone");
	devices_done(&d);
}

/* A repeater answers for who is behind it; the DHCP server knows them. */
static void test_leases_behind_a_repeater(void **state)
{
	const char *const addresses[] = {"192.0.2.20", "192.0.2.21", "192.0.2.22"};
	const char *const names[] = {"phone-anna", "phone-bo", "tablet"};
	struct devices d;

	(void)state;
	devices_init(&d, &watch, 10, name_by_number, NULL);
	for (size_t i = 0; i < 3; i++)
		neighbour(&d, addresses[i], mac_a);
	assert_int_equal(d.table.count, 1);
	for (size_t i = 0; i < 3; i++) {
		const uint8_t mac[6] = {0, 1, 2, 3, 4, (uint8_t)i};
		struct address a = parse(addresses[i]);

		/* One alone may be an old one. */
		assert_int_equal(devices_lease(&d, &a, mac, names[i]), i > 0);
		devices_lease(&d, &a, mac, names[i]);
	}
	/* They are read again and again. */
	for (size_t i = 0; i < 3; i++) {
		const uint8_t mac[6] = {0, 1, 2, 3, 4, (uint8_t)i};
		struct address a = parse(addresses[i]);

		assert_false(devices_lease(&d, &a, mac, names[i]));
		/* The neighbour table goes on to say what it did. */
		assert_false(neighbour(&d, addresses[i], mac_a));
		assert_memory_equal(device_of(&d, addresses[i])->mac, mac, 6);
		assert_string_equal(device_of(&d, addresses[i])->host_name, names[i]);
	}
	assert_int_equal(d.table.count, 4);
	/* The next one behind it. */
	neighbour(&d, "192.0.2.23", mac_a);
	{
		const struct address a = parse("192.0.2.23");

		devices_lease(&d, &a, mac_b, "camera");
	}
	assert_memory_equal(device_of(&d, "192.0.2.23")->mac, mac_b, 6);
	assert_string_equal(device_of(&d, "192.0.2.23")->host_name, "camera");
	devices_done(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lease_gives_mac_and_name),
	    cmocka_unit_test(test_lease_merges_a_new_address),
	    cmocka_unit_test(test_neighbour_is_believed_over_lease),
	    cmocka_unit_test(test_lease_is_believed_over_the_past),
	    cmocka_unit_test(test_leases_behind_a_repeater),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
