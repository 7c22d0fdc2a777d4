/* SPDX-License-Identifier: MIT */
/* Devices in a room whose holders have not chosen yet. */
#include <stdlib.h>

#include "wishing.h"

static enum wish unchosen;

/* Nobody has chosen but who has said so. */
static enum wish in_room(void *data, const uint8_t mac[6], const struct address *a)
{
	enum wish wish = wisher(data, mac, a);

	return wish == WISH_SHOWN ? unchosen : wish == WISH_HIDDEN ? WISH_SHOWN : wish;
}

/* The phone has not chosen, and the laptop is shown. */
static void open_room(struct household *h, enum wish how)
{
	unchosen = how;
	wish_of_phone = wish_at_ten = WISH_SHOWN;
	household_make(h, NULL, 100, 100);
	h->model->conversations.max_ended = 100;
	h->model->devices.wisher = in_room;
	h->model->devices.wishes = true;
	h->model->home.n_linked = 1;
	h->model->home.linked[0] = h->model->home.networks[0];
	n_alive = 0;
	/* as in_room reads it: shown */
	wish_of_laptop = WISH_HIDDEN;
	neighbour(h, PHONE, phone);
	neighbour(h, LAPTOP, laptop);
}

static void test_without_lookups(void **state)
{
	struct household h;
	struct ct_entry open;
	const struct device *device;

	(void)state;
	open_room(&h, WISH_UNCHOSEN);
	device = device_at(&h, PHONE);
	device_set_host_name(&h.model->devices, device_at(&h, PHONE), "annas-phone");
	live_on(&h, &open);
	household_lookup(&h, LAPTOP, "annas-phone.lan", PHONE, 0);
	household_lookup(&h, LAPTOP, "10.2.0.192.in-addr.arpa", NULL, 0);
	/* whom it talks with is seen, but not what it asked for */
	assert_told(&h, 116, 0);
	assert_true(has_remote(&h, ALONE));
	assert_int_equal(h.model->names.table.count, 1);
	assert_true(has_name(&h, "www.example.net"));
	assert_int_equal(h.model->lookups.table.count, 1);
	assert_false(device->has_looked_up);
	assert_int_equal(h.model->devices.table.count, 2);
	assert_int_equal(h.model->devices.addresses.count, 1);
	assert_int_equal(device->traffic.up_bytes, 115);
	assert_int_equal(secrets(&h), 0);
	/* they join in: from then on */
	wish_of_phone = WISH_HIDDEN;
	model_set_wish(h.model, h.table, device_at(&h, PHONE), WISH_SHOWN, NULL, NULL);
	assert_int_equal(h.model->devices.addresses.count, 2);
	assert_int_equal(h.model->names.table.count, 1);
	/* what the log tells of before is not taken in later either */
	device_at(&h, PHONE)->told_since = clock_unix_ms() / 1000 - 60;
	household_lookup(&h, PHONE, "before.phone.test", ALONE, 120000);
	household_lookup(&h, PHONE, "alone.phone.test", ALONE, 0);
	assert_false(has_name(&h, "before.phone.test"));
	assert_true(has_name(&h, "alone.phone.test"));
	household_free(&h);
}

static void test_not_at_all(void **state)
{
	struct household h;
	struct ct_entry open;

	(void)state;
	open_room(&h, WISH_UNCHOSEN_OUT);
	live_on(&h, &open);
	assert_no_trace(&h);
	assert_told(&h, 1, 115);
	assert_int_equal(h.model->devices.apart.count, 1);
	assert_int_equal(secrets(&h), 1);
	wish_of_phone = WISH_HIDDEN;
	model_set_wish(h.model, h.table, device_at(&h, PHONE), WISH_SHOWN, NULL, NULL);
	assert_int_equal(h.model->devices.apart.count, 0);
	end(&h, &open, 7);
	assert_told(&h, 8, 115);
	household_free(&h);
}

/* Addresses outside, and those of the router, are nobody's who could choose. */
static void test_whose_address(void **state)
{
	static const struct {
		const char *text;
		enum privacy privacy;
	} all[] = {
	    {PHONE, PRIVACY_QUIET},
	    {LAPTOP, PRIVACY_NONE},
	    {SHARED, PRIVACY_NONE},
	    {"192.0.2.1", PRIVACY_NONE},
	    {"192.0.2.77", PRIVACY_UNKNOWN},
	    /* behind another router, so that its MAC never becomes known */
	    {"2001:db8:1::b", PRIVACY_QUIET},
	};
	struct household h;

	(void)state;
	open_room(&h, WISH_UNCHOSEN);
	for (size_t i = 0; i < ELEMENTS_OF(all); i++) {
		struct address a = household_address(all[i].text);

		assert_int_equal(model_privacy(h.model, &a), all[i].privacy);
	}
	begin(&h, "2001:db8:1::b", "2001:db8:9::1", 5);
	household_lookup(&h, "2001:db8:1::b", "www.example.org", "2001:db8:9::1", 0);
	assert_int_equal(h.model->names.table.count, 0);
	assert_int_equal(device_at(&h, "2001:db8:1::b")->wish, WISH_UNCHOSEN);
	household_free(&h);
}

/* A session that was saved at home, where nobody was asked: what it was asked for is not told any more. */
static void test_a_session_of_a_home(void **state)
{
	struct household h;
	struct ct_entry open;
	size_t length;
	char *text;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	end(&h, &open, 0);
	/* one that is known by its address alone */
	open = begin(&h, "2001:db8:1::b", "2001:db8:9::1", 1000);
	end(&h, &open, 0);
	text = household_save(&h, &length);
	assert_non_null(strstr(text, "phone.test"));
	household_free(&h);
	open_room(&h, WISH_UNCHOSEN);
	assert_int_equal(session_restore(h.model, text, length, 100000), 0);
	assert_told(&h, 1116, 0);
	assert_int_equal(device_at(&h, PHONE)->wish, WISH_UNCHOSEN);
	assert_false(device_at(&h, PHONE)->has_looked_up);
	ROW_TABLE_FOR_EACH(r, &h.model->conversations.sums.table)
	assert_true(!SUM_OF(r)->name || SUM_OF(r)->device == device_at(&h, LAPTOP));
	assert_ptr_equal(devices_find_due(&h.model->devices), device_at(&h, "2001:db8:1::b"));
	free(text);
	household_free(&h);
}

static void settle(struct household *h)
{
	for (struct device *device; (device = devices_find_due(&h->model->devices));)
		model_set_wish(h->model, h->table, device, devices_wish_of(&h->model->devices, device), NULL,
			       NULL);
}

/* A thing has no holder who could choose; what is only probably one, or somebody's, may have. */
static void test_a_thing(void **state)
{
	struct household h;
	struct devices *d;

	(void)state;
	open_room(&h, WISH_UNCHOSEN_OUT);
	d = &h.model->devices;
	assert_int_equal(d->table.count, 1);
	device_set_vendor(d, device_at(&h, PHONE), "Roku, Inc");
	device_set_host_name(d, device_at(&h, PHONE), "xbox-1");
	settle(&h);
	assert_int_equal(device_at(&h, PHONE)->wish, WISH_UNCHOSEN_OUT);
	device_set_host_name(d, device_at(&h, PHONE), "roku-7");
	settle(&h);
	assert_int_equal(device_at(&h, PHONE)->wish, WISH_SHOWN);
	assert_int_equal(d->table.count, 2);
	assert_int_equal(d->addresses.count, 2);
	/* it turns out to be a person's */
	device_set_host_name(d, device_at(&h, PHONE), "annas-iphone");
	settle(&h);
	assert_int_equal(device_at(&h, PHONE)->wish, WISH_UNCHOSEN_OUT);
	assert_int_equal(d->table.count, 1);
	/* whoever has chosen is asked nothing */
	wish_of_phone = WISH_LEFT_OUT;
	devices_ask_wishes(d);
	settle(&h);
	device_set_host_name(d, device_at(&h, PHONE), "roku-7");
	settle(&h);
	assert_int_equal(device_at(&h, PHONE)->wish, WISH_LEFT_OUT);
	household_free(&h);
}

/* The options are read again: a home has become a room. */
static void test_a_home_becomes_a_room(void **state)
{
	struct household h;
	struct ct_entry open;

	(void)state;
	open_household(&h);
	live_on(&h, &open);
	unchosen = WISH_UNCHOSEN;
	h.model->devices.wisher = in_room;
	h.model->devices.wishes = true;
	devices_ask_wishes(&h.model->devices);
	settle(&h);
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_told(&h, 116, 0);
	assert_int_equal(h.model->names.table.count, 0);
	assert_int_equal(h.model->devices.addresses.count, 0);
	assert_true(h.model->forgotten);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_without_lookups), cmocka_unit_test(test_not_at_all),
	    cmocka_unit_test(test_whose_address),   cmocka_unit_test(test_a_session_of_a_home),
	    cmocka_unit_test(test_a_thing),	    cmocka_unit_test(test_a_home_becomes_a_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
