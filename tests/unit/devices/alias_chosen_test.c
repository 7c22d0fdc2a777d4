/* SPDX-License-Identifier: MIT */
/* What the store of names keeps of who has chosen, in a room, how others may see their device. */
#include "alias_store.h"

#include "cmocka_all.h"

#include "home_of_names.h"
#include "util.h"

static const uint8_t phone_mac[6] = {0, 1, 2, 3, 0, 1};

static enum wish wish(void *data, const uint8_t mac[6], const struct address *a)
{
	return alias_store_wish(((struct home_of_names *)data)->store, mac, a);
}

static struct device *arrive_in_room(struct home_of_names *h, enum wish unchosen)
{
	start(h);
	h->devices.wisher = wish;
	alias_store_set_unchosen(h->store, unchosen);
	return arrive(h, 1, 1);
}

/* Whoever has chosen in a room is not asked again, after a restart either. */
static void test_who_has_chosen(void **state)
{
	struct home_of_names h;
	struct device *phone;
	uint64_t before;

	(void)state;
	folder_make(&h.folder);
	for (int chosen = 0; chosen < WISHES; chosen++) {
		phone = arrive_in_room(&h, WISH_UNCHOSEN);
		assert_true(alias_store_has_wishes(h.store));
		assert_int_equal(phone->wish, WISH_UNCHOSEN);
		assert_true(phone->alias[0]);
		assert_true(alias_store_asks(h.store, phone));
		/* somebody else's choice counts, and its holder is asked nevertheless */
		assert_int_equal(alias_store_set_wish(h.store, phone, (enum wish)chosen, false), 0);
		assert_int_equal(alias_store_wish(h.store, phone_mac, NULL), chosen);
		assert_true(alias_store_asks(h.store, phone));
		stop(&h);
		phone = arrive_in_room(&h, WISH_UNCHOSEN_OUT);
		assert_int_equal(phone->wish, chosen);
		assert_true(alias_store_asks(h.store, phone));
		before = clock_unix_ms() / 1000;
		assert_int_equal(alias_store_set_wish(h.store, phone, (enum wish)chosen, true), 0);
		stop(&h);
		phone = arrive_in_room(&h, WISH_UNCHOSEN_OUT);
		assert_int_equal(phone->wish, chosen);
		assert_false(alias_store_asks(h.store, phone));
		assert_in_range(phone->told_since, before, before + 60);
		assert_int_equal(arrive(&h, 2, 2)->wish, WISH_UNCHOSEN_OUT);
		assert_string_equal(arrive(&h, 2, 2)->alias, "");
		stop(&h);
		/* at home nobody is asked, and what was said stays */
		phone = arrive_in_room(&h, WISH_SHOWN);
		assert_int_equal(phone->wish, chosen);
		assert_int_equal(arrive(&h, 2, 2)->wish, WISH_SHOWN);
		assert_false(alias_store_asks(h.store, phone));
		assert_false(alias_store_is_room(h.store));
		assert_int_equal(alias_store_has_wishes(h.store), chosen != WISH_SHOWN);
		stop(&h);
		folder_remove(&h.folder, "names");
	}
	folder_done(&h.folder);
}

/* What somebody called it at home is for a room only once its holder has said so. */
static void test_a_given_name_waits(void **state)
{
	struct home_of_names h;
	struct device *phone;
	char own[DEVICE_ALIAS_MAX];

	(void)state;
	folder_make(&h.folder);
	phone = arrive_in_room(&h, WISH_SHOWN);
	strcpy(own, phone->alias);
	alias_store_give(h.store, &h.devices, phone, "Anna's phone");
	device_set_host_name(&h.devices, phone, "annas-phone");
	stop(&h);
	phone = arrive_in_room(&h, WISH_UNCHOSEN);
	assert_string_equal(phone->alias, own);
	assert_false(phone->named);
	device_set_host_name(&h.devices, phone, "annas-phone");
	assert_true(h.devices.names_due);
	alias_store_note_hosts(h.store, &h.devices);
	stop(&h);
	/* nobody may look it up, be it here or not */
	start(&h);
	assert_false(alias_store_tells(h.store, "annas-phone.lan"));
	alias_store_set_unchosen(h.store, WISH_UNCHOSEN);
	assert_true(alias_store_tells(h.store, "annas-phone.lan"));
	stop(&h);
	phone = arrive_in_room(&h, WISH_SHOWN);
	assert_string_equal(phone->alias, "Anna's phone");
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

/* At first only its address is known. */
static void test_its_mac_becomes_known(void **state)
{
	static const struct {
		enum wish by_address, by_mac;
		bool due;
	} all[] = {
	    {WISH_UNCHOSEN, WISH_UNCHOSEN, false}, {WISH_UNCHOSEN, WISH_SHOWN, true},
	    {WISH_UNCHOSEN, WISH_HIDDEN, true},	   {WISH_UNCHOSEN, WISH_LEFT_OUT, true},
	    {WISH_SHOWN, WISH_UNCHOSEN, true},	   {WISH_HIDDEN, WISH_UNCHOSEN, false},
	    {WISH_HIDDEN, WISH_LEFT_OUT, true},	   {WISH_LEFT_OUT, WISH_SHOWN, false},
	};
	struct home_of_names h;
	struct device *phone;
	struct address a;

	(void)state;
	folder_make(&h.folder);
	assert_int_equal(address_parse(&a, "10.0.0.1"), 0);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		phone = arrive_in_room(&h, WISH_UNCHOSEN);
		if (wish_is_chosen(all[i].by_mac))
			alias_store_set_wish(h.store, phone, all[i].by_mac, true);
		stop(&h);
		start(&h);
		h.devices.wisher = wish;
		alias_store_set_unchosen(h.store, WISH_UNCHOSEN);
		phone = devices_get(&h.devices, &a, false, 0);
		if (wish_is_chosen(all[i].by_address)) {
			alias_store_set_wish(h.store, phone, all[i].by_address, true);
			devices_set_wish(&h.devices, phone, all[i].by_address, 0);
		}
		assert_int_equal(phone->wish, all[i].by_address);
		devices_neighbour(&h.devices, &a, phone_mac, 0);
		assert_int_equal(phone->wish_due, all[i].due);
		if (all[i].due)
			assert_ptr_equal(devices_find_due(&h.devices), phone);
		else
			assert_int_equal(devices_wish_of(&h.devices, phone), all[i].by_address);
		stop(&h);
		folder_remove(&h.folder, "names");
	}
	folder_done(&h.folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who_has_chosen),
	    cmocka_unit_test(test_a_given_name_waits),
	    cmocka_unit_test(test_its_mac_becomes_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
