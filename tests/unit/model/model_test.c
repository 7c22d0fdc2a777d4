/* SPDX-License-Identifier: MIT */
#include "model.h"

#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "household.h"
#include "util.h"

static void test_counts_as_the_device_sees_it(void **state)
{
	struct household h;
	struct ct_entry out = household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);
	struct ct_entry in = household_forward("203.0.113.9", 5000, "192.0.2.10", 80);
	struct ct_entry all[2];
	const struct device *device;

	(void)state;
	household_make(&h, NULL, 100, 100);
	out.packets[CT_ORIG] = 1, out.bytes[CT_ORIG] = 100;
	out.packets[CT_REPLY] = 2, out.bytes[CT_REPLY] = 2000;
	in.packets[CT_ORIG] = 4, in.bytes[CT_ORIG] = 40;
	in.packets[CT_REPLY] = 8, in.bytes[CT_REPLY] = 80;
	all[0] = out, all[1] = in;
	household_dump(&h, all, 2);
	assert_int_equal(h.model->conversations.table.count, 2);
	assert_int_equal(h.model->remotes.table.count, 1);
	assert_int_equal(h.model->devices.table.count, 1);
	device = CONTAINER_OF(row_of(h.model->devices.table.clean.next), struct device, row);
	assert_int_equal(device->traffic.up_bytes, 100 + 80);
	assert_int_equal(device->traffic.down_bytes, 2000 + 40);
	assert_int_equal(device->traffic.up_packets, 1 + 8);
	assert_int_equal(device->traffic.down_packets, 2 + 4);
	assert_int_equal(h.model->shown, 2);
	household_free(&h);
}

static void test_many_connections_one_conversation(void **state)
{
	struct household h;
	struct ct_entry e[3];
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	for (unsigned i = 0; i < 3; i++) {
		e[i] = household_entry("192.0.2.10", 4000 + i, "203.0.113.9", 443, IPPROTO_TCP, true);
		household_new(&h, &e[i]);
	}
	c = household_conversation(&h);
	assert_int_equal(h.model->conversations.table.count, 1);
	assert_int_equal(c->phases[PHASE_OPEN], 3);
	assert_int_equal(c->total, 3);
	e[0].bytes[CT_ORIG] = 70, e[0].packets[CT_ORIG] = 7;
	household_end(&h, &e[0]);
	assert_int_equal(c->phases[PHASE_OPEN], 2);
	assert_int_equal(c->total, 3);
	/* The final counters came with its end. */
	assert_int_equal(c->traffic.up_bytes, 70);
	household_end(&h, &e[1]);
	household_end(&h, &e[2]);
	assert_null(household_conversation(&h));
	assert_int_equal(h.model->remotes.table.count, 0);
	assert_int_equal(h.model->shown, 0);
	household_free(&h);
}

static void test_connecting_and_open(void **state)
{
	struct household h;
	struct ct_entry e = household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	e.state = TCP_CONNTRACK_SYN_SENT;
	household_new(&h, &e);
	c = household_conversation(&h);
	assert_int_equal(c->phases[PHASE_CONNECTING], 1);
	assert_int_equal(c->phases[PHASE_OPEN], 0);
	e.state = TCP_CONNTRACK_ESTABLISHED;
	household_dump(&h, &e, 1);
	assert_int_equal(c->phases[PHASE_CONNECTING], 0);
	assert_int_equal(c->phases[PHASE_OPEN], 1);
	e.state = TCP_CONNTRACK_TIME_WAIT;
	household_dump(&h, &e, 1);
	/* What the kernel keeps for two minutes more has ended, and begins nothing. */
	assert_int_equal(c->phases[PHASE_CLOSING], 1);
	assert_int_equal(c->phases[PHASE_CONNECTING], 0);
	assert_int_equal(c->phases[PHASE_OPEN], 0);
	household_end(&h, &e);
	assert_null(household_conversation(&h));
	household_free(&h);
}

static void test_left_out_is_counted(void **state)
{
	struct household h;
	struct ct_entry router =
	    household_entry("198.51.100.1", 4000, "203.0.113.9", 443, IPPROTO_TCP, false);
	struct ct_entry dns = household_entry("192.0.2.10", 4001, "192.0.2.1", 53, IPPROTO_UDP, false);
	struct ct_entry inside = household_entry("192.0.2.10", 4002, "192.0.2.20", 445, IPPROTO_TCP, false);
	struct ct_entry foreign =
	    household_entry("203.0.113.1", 4003, "203.0.113.2", 445, IPPROTO_TCP, false);

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_new(&h, &router);
	household_new(&h, &dns);
	household_new(&h, &inside);
	household_new(&h, &foreign);
	model_update_site(h.model, h.table);
	assert_int_equal(h.model->site.values[SITE_CONNECTIONS], 4);
	assert_int_equal(h.model->site.values[SITE_SHOWN], 0);
	assert_int_equal(h.model->site.values[SITE_HIDDEN_ROUTER], 1);
	assert_int_equal(h.model->site.values[SITE_HIDDEN_DNS], 1);
	assert_int_equal(h.model->site.values[SITE_HIDDEN_HOME], 1);
	household_end(&h, &router);
	household_end(&h, &dns);
	household_end(&h, &inside);
	household_end(&h, &foreign);
	model_update_site(h.model, h.table);
	for (int c = SITE_CONNECTIONS; c <= SITE_HIDDEN_HOME; c++)
		assert_int_equal(h.model->site.values[c], 0);
	household_free(&h);
}

static void test_showing_the_hidden_later(void **state)
{
	struct household h;
	struct ct_entry e = household_entry("192.0.2.10", 4002, "192.0.2.20", 445, IPPROTO_TCP, false);
	struct home home;

	(void)state;
	household_make(&h, NULL, 100, 100);
	e.bytes[CT_ORIG] = 5, e.packets[CT_ORIG] = 1;
	household_dump(&h, &e, 1);
	home = h.model->home;
	home.show_inside = true;
	model_set_home(h.model, &home);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(household_conversation(&h)->traffic.up_bytes, 5);
	assert_int_equal(h.model->left_out[SELECTION_INSIDE], 0);
	home.show_inside = false;
	model_set_home(h.model, &home);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_null(household_conversation(&h));
	assert_int_equal(h.model->left_out[SELECTION_INSIDE], 1);
	household_free(&h);
}

static void test_merging_moves_conversations(void **state)
{
	const uint8_t mac[6] = {0, 1, 2, 3, 4, 5};
	struct address four = household_address("192.0.2.10"), six = household_address("2001:db8:1::10");
	struct ct_entry e[2] = {
	    household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true),
	    household_entry("2001:db8:1::10", 4000, "2001:db8:2::9", 443, IPPROTO_TCP, false),
	};
	struct household h;
	struct device *device;

	(void)state;
	household_make(&h, NULL, 100, 100);
	e[0].bytes[CT_ORIG] = 10, e[0].packets[CT_ORIG] = 1;
	e[1].bytes[CT_ORIG] = 1000, e[1].packets[CT_ORIG] = 1;
	household_dump(&h, e, 2);
	assert_int_equal(h.model->devices.table.count, 2);
	devices_neighbour(&h.model->devices, &four, mac, 5);
	assert_true(devices_neighbour(&h.model->devices, &six, mac, 5));
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_int_equal(h.model->conversations.table.count, 2);
	device = devices_find_mac(&h.model->devices, mac);
	assert_int_equal(device->conversations, 2);
	assert_int_equal(device->total, 2);
	assert_int_equal(device->unseen, 2);
	assert_int_equal(device->traffic.up_bytes, 1010);
	/* Looked at again, nothing moves. */
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(device->traffic.up_bytes, 1010);
	assert_int_equal(household_conversation(&h)->total, 1);
	household_free(&h);
}

static void test_peer_to_peer_is_folded(void **state)
{
	struct household h;
	struct ct_entry e[40];
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 10);
	for (unsigned i = 0; i < ELEMENTS_OF(e); i++) {
		e[i] = household_entry("192.0.2.10", 4000, "203.0.113.9", 50000 + i, IPPROTO_UDP, true);
		household_new(&h, &e[i]);
	}
	/* 10 with their port, one for all others. */
	assert_int_equal(h.model->conversations.table.count, 11);
	c = CONTAINER_OF(row_of(h.model->conversations.table.clean.previous), struct conversation, row);
	assert_false(c->has_port);
	assert_int_equal(c->phases[PHASE_OPEN], 30);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->conversations.table.count, 11);
	for (unsigned i = 0; i < ELEMENTS_OF(e); i++)
		household_end(&h, &e[i]);
	assert_int_equal(h.model->conversations.table.count, 0);
	household_free(&h);
}

static void test_what_does_not_fit(void **state)
{
	struct household h;
	struct ct_entry e[8];

	(void)state;
	household_make(&h, NULL, 5, 100);
	for (unsigned i = 0; i < ELEMENTS_OF(e); i++) {
		e[i] = household_entry("192.0.2.10", 4000, "203.0.113.9", 100 + i, IPPROTO_UDP, true);
		household_new(&h, &e[i]);
	}
	assert_int_equal(h.model->conversations.table.count, 5);
	assert_int_equal(h.model->conversations.refused.things.used, 3);
	/* trying again is no other thing that does not fit */
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->conversations.refused.things.used, 3);
	assert_int_equal(h.model->shown, 5);
	assert_false(model_has_room(h.model));
	/* One that did not fit ends, then one that did: there is room, and another one takes it. */
	household_end(&h, &e[7]);
	household_end(&h, &e[0]);
	assert_true(model_has_room(h.model));
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->conversations.table.count, 5);
	assert_int_equal(h.model->remotes.table.count, 1);
	for (unsigned i = 1; i < 7; i++)
		household_end(&h, &e[i]);
	assert_int_equal(h.model->shown, 0);
	assert_int_equal(h.model->left_out[SELECTION_SHOWN], 0);
	assert_int_equal(h.model->remotes.table.count, 0);
	household_free(&h);
}

static void test_room_for_devices(void **state)
{
	static const uint8_t macs[10][6] = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}, {0, 8}};
	struct household h;
	struct ct_entry e[12];

	(void)state;
	household_make(&h, NULL, 100, 100);
	h.model->devices.max = 8;
	/* full of neighbours that say nothing: who talks finds a place */
	for (unsigned i = 0; i < 8; i++) {
		struct address a = household_address("192.0.2.100");

		a.bytes[15] += (uint8_t)i;
		devices_neighbour(&h.model->devices, &a, macs[i], 1);
	}
	for (unsigned i = 0; i < ELEMENTS_OF(e); i++) {
		char from[20];

		snprintf(from, sizeof(from), "192.0.2.%u", 10 + i);
		e[i] = household_entry(from, 4000, "203.0.113.9", 443, IPPROTO_UDP, true);
		household_new(&h, &e[i]);
	}
	/* but those that nothing else speaks for take no more than three quarters */
	assert_int_equal(h.model->devices.table.count, 8);
	assert_int_equal(h.model->shown, 6);
	assert_int_equal(h.model->devices.refused.things.used, 6);
	assert_true(model_has_room(h.model));
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->devices.refused.things.used, 6);
	/* six end and stay as idle ones; they make room for those that wait */
	for (unsigned i = 0; i < 6; i++)
		household_end(&h, &e[i]);
	assert_true(model_has_room(h.model));
	devices_sweep(&h.model->devices);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->shown, 6);
	household_free(&h);
}

static void test_machine_is_the_one_device(void **state)
{
	struct household h;
	struct home home;

	(void)state;
	household_make(&h, NULL, 100, 100);
	home = h.model->home;
	home.mode = HOME_MACHINE;
	model_set_home(h.model, &home);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_true(h.model->devices.self->self);
	devices_sweep(&h.model->devices);
	assert_non_null(h.model->devices.self);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counts_as_the_device_sees_it),
	    cmocka_unit_test(test_many_connections_one_conversation),
	    cmocka_unit_test(test_connecting_and_open),
	    cmocka_unit_test(test_left_out_is_counted),
	    cmocka_unit_test(test_showing_the_hidden_later),
	    cmocka_unit_test(test_merging_moves_conversations),
	    cmocka_unit_test(test_peer_to_peer_is_folded),
	    cmocka_unit_test(test_what_does_not_fit),
	    cmocka_unit_test(test_room_for_devices),
	    cmocka_unit_test(test_machine_is_the_one_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
