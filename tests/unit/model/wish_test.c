/* SPDX-License-Identifier: MIT */
/* Devices whose holders do not want to be seen: nothing of them is in the model, and the amounts are those of all. */
#include <stdlib.h>

#include "wishing.h"

static void test_left_out(void **state)
{
	struct household h;
	struct ct_entry open, later;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	assert_told(&h, 116, 0);
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	assert_no_trace(&h);
	assert_told(&h, 1, 115);
	assert_int_equal(secrets(&h), 1);
	assert_true(h.model->forgotten);
	/* it goes on, and begins anew */
	household_lookup(&h, PHONE, "alone.phone.test", ALONE, 0);
	household_lookup(&h, PHONE, "shared.phone.test", SHARED, 0);
	household_lookup(&h, NULL, "never.phone.test", SHARED, 0);
	later = begin(&h, PHONE, "203.0.113.11", 1000);
	end(&h, &open, 20);
	assert_told(&h, 1, 1135);
	end(&h, &later, 3);
	assert_told(&h, 1, 1138);
	assert_no_trace(&h);
	devices_sweep(&h.model->devices);
	assert_int_equal(h.model->devices.apart.count, 1);
	household_free(&h);
}

static void test_is_shown_again(void **state)
{
	struct household h;
	struct ct_entry open;
	uint32_t id;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	id = device_at(&h, PHONE)->row.id;
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	set_wish(&h, PHONE, WISH_SHOWN);
	assert_int_equal(h.model->devices.table.count, 2);
	assert_true(device_at(&h, PHONE)->row.id > id);
	assert_int_equal(secrets(&h), 0);
	/* what goes on is seen, but for what it moved before */
	assert_true(has_remote(&h, ALONE));
	assert_told(&h, 1, 115);
	end(&h, &open, 7);
	assert_told(&h, 8, 115);
	household_lookup(&h, PHONE, "alone.phone.test", ALONE, 0);
	assert_true(has_name(&h, "alone.phone.test"));
	household_free(&h);
}

static void test_made_up_name_only(void **state)
{
	struct household h;
	struct ct_entry open;
	uint32_t id, address, conversation;

	(void)state;
	open_household(&h);
	neighbour(&h, PHONE_IPV6, phone);
	live_on(&h, &open);
	id = device_at(&h, PHONE)->row.id;
	address = h.model->devices.addresses.last_id;
	conversation = h.model->conversations.table.last_id;
	set_wish(&h, PHONE, WISH_HIDDEN);
	assert_int_equal(h.model->devices.table.count, 2);
	assert_true(device_at(&h, PHONE)->row.id > id);
	assert_int_equal(h.model->devices.addresses.count, 1);
	assert_int_equal(h.model->devices.addresses.last_id, address);
	assert_false(has_name(&h, "shared.phone.test"));
	/* what it did is nobody's, and what it does is its own */
	assert_told(&h, 116, 0);
	assert_int_equal(device_at(&h, PHONE)->traffic.up_bytes, 0);
	end(&h, &open, 7);
	assert_told(&h, 123, 0);
	assert_int_equal(device_at(&h, PHONE)->traffic.up_bytes, 7);
	assert_true(h.model->conversations.table.last_id > conversation);
	household_lookup(&h, PHONE, "alone.phone.test", ALONE, 0);
	assert_true(has_name(&h, "alone.phone.test"));
	household_free(&h);
}

static void test_whatever_it_does(void **state)
{
	struct household h;
	struct home home;
	struct ct_entry e[5];

	(void)state;
	open_household(&h);
	home = h.model->home;
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	/* from outside through a port forward; to the router's DNS; within the home, both ways; to who is ignored */
	e[0] = household_forward("203.0.113.50", 5000, PHONE, 80);
	e[1] = household_entry(PHONE, 5001, "192.0.2.1", 53, IPPROTO_UDP, false);
	e[2] = household_entry(PHONE, 5002, LAPTOP, 22, IPPROTO_TCP, false);
	e[3] = household_entry(LAPTOP, 5003, PHONE, 22, IPPROTO_TCP, false);
	e[4] = household_entry(PHONE, 5004, HOUSEHOLD_IGNORED, 443, IPPROTO_TCP, true);
	for (size_t i = 0; i < ELEMENTS_OF(e); i++)
		household_new(&h, &e[i]);
	assert_int_equal(secrets(&h), ELEMENTS_OF(e));
	assert_int_equal(h.model->remotes.table.count, 0);
	assert_int_equal(h.model->left_out[SELECTION_APART], 2);
	assert_int_equal(h.model->left_out[SELECTION_INSIDE], 2);
	assert_int_equal(h.model->left_out[SELECTION_DNS], 1);
	/* what is inside is shown: the other end does not show it */
	home.show_inside = home.show_dns = home.show_router = true;
	model_set_home(h.model, &home);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(secrets(&h), ELEMENTS_OF(e));
	assert_int_equal(h.model->left_out[SELECTION_APART], ELEMENTS_OF(e));
	assert_int_equal(h.model->remotes.table.count, 0);
	household_dump(&h, e, ELEMENTS_OF(e));
	e[0].bytes[CT_REPLY] = 70;
	end(&h, &e[0], 0);
	assert_int_equal(h.model->apart.up_bytes, 70);
	/* by a made-up name only: what it does is seen, but not as the other end */
	set_wish(&h, PHONE, WISH_HIDDEN);
	assert_int_equal(secrets(&h), 0);
	assert_true(has_remote(&h, LAPTOP));
	assert_false(has_remote(&h, PHONE));
	household_free(&h);
}

static void test_was_the_other_end(void **state)
{
	struct household h;
	struct home home;
	struct ct_entry e[2];

	(void)state;
	open_household(&h);
	home = h.model->home;
	home.show_inside = true;
	model_set_home(h.model, &home);
	e[0] = household_entry(LAPTOP, 5000, PHONE, 22, IPPROTO_TCP, false);
	e[1] = household_entry(LAPTOP, 5001, PHONE, 23, IPPROTO_TCP, false);
	e[0].bytes[CT_ORIG] = e[1].bytes[CT_ORIG] = 1;
	e[0].bytes[CT_REPLY] = e[1].bytes[CT_REPLY] = 10;
	household_dump(&h, e, 2);
	household_end(&h, &e[1]);
	household_lookup(&h, LAPTOP, "desk.home.test", PHONE, 0);
	assert_true(has_remote(&h, PHONE));
	assert_true(has_name(&h, "desk.home.test"));
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	assert_false(has_remote(&h, PHONE));
	assert_false(has_name(&h, "desk.home.test"));
	assert_told(&h, 2, 0);
	end(&h, &e[0], 5);
	assert_told(&h, 2, 5);
	household_free(&h);
}

static void test_others_ask_for_it(void **state)
{
	struct household h;
	struct ct_entry e;

	(void)state;
	open_household(&h);
	device_set_host_name(&h.model->devices, device_at(&h, PHONE), "annas-phone");
	household_lookup(&h, LAPTOP, "annas-phone.lan", PHONE, 0);
	household_lookup(&h, LAPTOP, "annas-phone.dyndns.test", SHARED, 0);
	household_lookup(&h, LAPTOP, "10.2.0.192.in-addr.arpa", NULL, 0);
	household_lookup(&h, LAPTOP, "www.example.net", ALONE, 0);
	begin(&h, LAPTOP, SHARED, 1);
	e = begin(&h, LAPTOP, "203.0.113.20", 2);
	household_lookup(&h, LAPTOP, "annas-phone", "203.0.113.20", 0);
	h.model->conversations.max_ended = 0;
	end(&h, &e, 0);
	assert_int_equal(h.model->conversations.sums.table.count, 1);
	assert_int_equal(h.model->names.table.count, 5);
	for (int wish = WISH_HIDDEN; wish <= WISH_LEFT_OUT; wish++) {
		set_wish(&h, PHONE, (enum wish)wish);
		household_lookup(&h, LAPTOP, "annas-phone", PHONE, 0);
		household_lookup(&h, LAPTOP, "10.2.0.192.in-addr.arpa", NULL, 0);
		assert_int_equal(h.model->names.table.count, 1);
		assert_true(has_name(&h, "www.example.net"));
		assert_told(&h, 3, 0);
	}
	household_free(&h);
}

/* What was counted before a restart is not counted again, and nothing of it is in the file. */
static void test_over_a_restart(void **state)
{
	struct household h;
	struct ct_entry open;
	size_t length;
	char *text;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	set_wish(&h, PHONE, WISH_LEFT_OUT);
	end(&h, &open, 0);
	open = begin(&h, PHONE, ALONE, 1000);
	text = household_save(&h, &length);
	household_free(&h);
	assert_null(strstr(text, "phone"));
	assert_null(strstr(text, PHONE));
	assert_null(strstr(text, "00:01:02:03:04:05"));
	assert_non_null(strstr(text, "apart 1115 11150\n"));

	household_make(&h, NULL, 100, 100);
	h.model->devices.wisher = wisher;
	h.model->devices.wishes = true;
	h.model->home.n_linked = 1;
	h.model->home.linked[0] = h.model->home.networks[0];
	assert_int_equal(session_restore(h.model, text, length, 100000), 0);
	/* the connections are known before the neighbours are */
	household_dump(&h, &open, 1);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_int_equal(h.model->remotes.table.count, 0);
	neighbour(&h, PHONE, phone);
	household_refresh(&h, MODEL_CONNECTIONS);
	end(&h, &open, 7);
	assert_told(&h, 1, 1122);
	free(text);
	household_free(&h);
}

/* It was asked for, and then nothing could be saved. */
static void test_a_session_from_before(void **state)
{
	struct household h;
	struct ct_entry open;
	size_t length;
	char *text;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	end(&h, &open, 0);
	text = household_save(&h, &length);
	household_free(&h);
	household_make(&h, NULL, 100, 100);
	h.model->devices.wisher = wisher;
	h.model->devices.wishes = true;
	wish_of_phone = WISH_LEFT_OUT;
	assert_int_equal(session_restore(h.model, text, length, 100000), 0);
	assert_told(&h, 1, 115);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_null(device_at(&h, PHONE));
	free(text);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_left_out),	      cmocka_unit_test(test_is_shown_again),
	    cmocka_unit_test(test_made_up_name_only), cmocka_unit_test(test_whatever_it_does),
	    cmocka_unit_test(test_was_the_other_end), cmocka_unit_test(test_others_ask_for_it),
	    cmocka_unit_test(test_over_a_restart),    cmocka_unit_test(test_a_session_from_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
