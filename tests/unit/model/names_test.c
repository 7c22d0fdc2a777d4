/* SPDX-License-Identifier: MIT */
/* Who looked up what, and what conversations and remotes are called by it. */
#include <netinet/in.h>
#include <string.h>

#include "category.h"
#include "cmocka_all.h"
#include "household.h"

#define PHONE "192.0.2.10"
#define LAPTOP "192.0.2.11"
#define SHARED "203.0.113.9"

static struct conversation *talk_at(struct household *h, const char *from, unsigned port, const char *to,
				    uint16_t service)
{
	struct ct_entry e = household_entry(from, port, to, service, IPPROTO_TCP, true);
	struct address a = household_address(from), b = household_address(to);

	household_new(h, &e);
	for (uint32_t slot = 1; slot <= h->model->conversations.n_slots; slot++) {
		struct conversation *c = conversations_at(&h->model->conversations, slot);

		if (c && c->port == service && address_equal(&c->remote->address, &b) &&
		    devices_find_address(&h->model->devices, &a)->device == c->device)
			return c;
	}
	return NULL;
}

static struct conversation *talk(struct household *h, const char *from, unsigned port, const char *to)
{
	return talk_at(h, from, port, to, 443);
}

static void hang_up(struct household *h, const char *from, unsigned port, const char *to)
{
	struct ct_entry e = household_entry(from, port, to, 443, IPPROTO_TCP, true);

	household_end(h, &e);
}

static const char *name_of(const struct conversation *c)
{
	return c->name ? c->name->text : "";
}

static void test_own_lookup_before_anothers(void **state)
{
	struct household h;
	struct conversation *phone, *laptop;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "www.example.org", SHARED, 5000);
	household_lookup(&h, LAPTOP, "cdn.example.net", SHARED, 0);
	phone = talk(&h, PHONE, 4000, SHARED);
	laptop = talk(&h, LAPTOP, 4000, SHARED);
	assert_string_equal(name_of(phone), "www.example.org");
	assert_string_equal(name_of(laptop), "cdn.example.net");
	assert_string_equal(phone->remote->name->text, "cdn.example.net");
	assert_string_equal(phone->name->company->name, "Example");
	assert_string_equal(phone->name->text + phone->name->domain, "example.org");
	assert_int_equal(phone->remote->answered->n, 2);
	household_free(&h);
}

static void test_latest_lookup_wins(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "first.example.org", SHARED, 3000);
	c = talk(&h, PHONE, 4000, SHARED);
	household_lookup(&h, PHONE, "second.example.org", SHARED, 0);
	assert_string_equal(name_of(c), "second.example.org");
	/* What is read late, but was asked before, changes nothing. */
	household_lookup(&h, PHONE, "older.example.org", SHARED, 9000);
	assert_string_equal(name_of(c), "second.example.org");
	assert_int_equal(c->remote->answered->n, 3);
	household_free(&h);
}

static void test_neighbours_at_one_address(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "www.example.org", SHARED, 50000);
	c = talk(&h, PHONE, 4000, SHARED);
	c->begun -= 40000;
	/* It did not connect for this: what it moved was not for ads. */
	household_lookup(&h, PHONE, "ads.example.org", SHARED, 20000);
	assert_string_equal(name_of(c), "www.example.org");
	household_lookup(&h, LAPTOP, "cdn.example.net", SHARED, 0);
	assert_string_equal(name_of(c), "www.example.org");
	/* The next connection is for what was looked up last. */
	assert_ptr_equal(talk(&h, PHONE, 4001, SHARED), c);
	assert_string_equal(category_word(c->category), "advertising");
	household_free(&h);
}

/* The log is read behind the connections. */
static void test_lookup_read_after_its_connection(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "www.example.org", SHARED, 50000);
	c = talk(&h, PHONE, 4000, SHARED);
	c->begun -= 5000;
	household_lookup(&h, PHONE, "cdn.example.net", SHARED, 0);
	assert_string_equal(name_of(c), "cdn.example.net");
	/* However late, a name is better than none. */
	c = talk(&h, LAPTOP, 4000, SHARED);
	c->begun -= 60000;
	household_lookup(&h, LAPTOP, "www.example.org", SHARED, 0);
	assert_string_equal(name_of(c), "www.example.org");
	household_free(&h);
}

static void test_late_lookup_takes_back_that_nobody_asked(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	c = talk(&h, PHONE, 4000, SHARED);
	assert_int_equal(c->device->total, 1);
	assert_int_equal(c->device->unseen, 1);
	household_lookup(&h, LAPTOP, "www.example.org", SHARED, 0);
	assert_string_equal(name_of(c), "");
	assert_int_equal(c->device->unseen, 0);
	household_lookup(&h, PHONE, "www.example.org", SHARED, 0);
	assert_string_equal(name_of(c), "www.example.org");
	assert_int_equal(c->device->unseen, 0);
	hang_up(&h, PHONE, 4000, SHARED);
	household_free(&h);
}

static void test_names_stay_when_nobody_is_known_to_have_asked(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, NULL, "www.example.org", SHARED, 0);
	c = talk(&h, PHONE, 4000, SHARED);
	assert_null(c->name);
	assert_string_equal(c->remote->name->text, "www.example.org");
	assert_int_equal(c->device->unseen, 0);
	assert_int_equal(h.model->lookups.table.count, 0);
	household_free(&h);
}

static void test_only_the_home_asks(void **state)
{
	struct household h;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, "127.0.0.1", "www.example.org", SHARED, 0);
	household_lookup(&h, "192.0.2.1", "www.example.org", SHARED, 0);
	household_lookup(&h, "198.51.100.77", "www.example.org", SHARED, 0);
	assert_int_equal(h.model->lookups.table.count, 0);
	assert_int_equal(h.model->devices.table.count, 0);
	household_lookup(&h, PHONE, "nowhere.example.org", NULL, 0);
	assert_int_equal(h.model->lookups.table.count, 1);
	assert_int_equal(h.model->devices.table.count, 1);
	household_free(&h);
}

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	(void)data;
	(void)a;
	ret->company = "Example Clouds";
	ret->category = "cloud";
	ret->list = 2;
}

static void check_owner(const struct conversation *c, const char *company, const char *category,
			uint32_t list)
{
	assert_string_equal(c->company ? c->company->name : "", company);
	assert_string_equal(category_word(c->category) ? category_word(c->category) : "", category);
	assert_int_equal(c->list, list);
}

/* Whose it is and what for says its own lookup, and not on whose machines that runs, nor what another one looked up. */
static void test_whose_it_is(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, describe, 100, 100);
	household_lookup(&h, LAPTOP, "ads.example.org", SHARED, 0);
	c = talk(&h, PHONE, 4000, SHARED);
	check_owner(c, "Example Clouds", "cloud", 2);
	household_lookup(&h, PHONE, "ads.example.org", SHARED, 0);
	check_owner(c, "Example", "advertising", 1);
	c = talk(&h, "192.0.2.31", 4000, "203.0.113.10");
	household_lookup(&h, "192.0.2.31", "www.nobody.net", "203.0.113.10", 0);
	check_owner(c, "", "cloud", 2);
	household_free(&h);
}

static void test_encrypted_dns_is_noticed(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "doh.example.org", SHARED, 0);
	c = talk(&h, PHONE, 4000, SHARED);
	assert_true(c->device->hidden_dns > 0);
	c = talk(&h, LAPTOP, 4000, "203.0.113.10");
	assert_int_equal(c->device->hidden_dns, 0);
	household_free(&h);
}

/* A server of encrypted DNS that is asked at port 53 is asked in the clear. */
static void test_plain_dns_elsewhere_is_its_own_case(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "doh.example.org", SHARED, 0);
	c = talk_at(&h, PHONE, 4000, SHARED, 53);
	assert_int_equal(c->device->hidden_dns, 0);
	assert_true(c->device->clear_dns > 0);
	c = talk_at(&h, PHONE, 4000, SHARED, 853);
	assert_true(c->device->hidden_dns > 0);
	c = talk_at(&h, LAPTOP, 4000, "203.0.113.10", 53);
	assert_true(c->device->clear_dns > 0);
	c = talk_at(&h, "192.0.2.31", 4000, SHARED, 443);
	assert_int_equal(c->device->clear_dns, 0);
	household_free(&h);
}

static void test_ignored_names_are_left_out(void **state)
{
	struct household h;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "hidden.example.org", SHARED, 0);
	assert_int_equal(h.model->lookups.table.count, 0);
	assert_null(talk(&h, PHONE, 4000, SHARED));
	assert_int_equal(h.model->left_out[SELECTION_IGNORED], 1);
	/* Found out late: it goes when all is looked at again. */
	assert_non_null(talk(&h, PHONE, 4001, "203.0.113.10"));
	household_lookup(&h, PHONE, "hidden.example.org", "203.0.113.10", 0);
	assert_true(model_is_refreshing(h.model));
	household_refresh(&h, 0);
	assert_int_equal(h.model->conversations.table.count, 0);
	assert_int_equal(h.model->left_out[SELECTION_IGNORED], 2);
	/* What another device looked up at the address says nothing of this one. */
	assert_non_null(talk(&h, LAPTOP, 4000, SHARED));
	household_free(&h);
}

static void test_ignored_addresses_are_left_out(void **state)
{
	struct household h;

	(void)state;
	household_make(&h, NULL, 100, 100);
	assert_null(talk(&h, PHONE, 4000, HOUSEHOLD_IGNORED));
	assert_int_equal(h.model->left_out[SELECTION_IGNORED], 1);
	model_update_site(h.model, h.table);
	assert_int_equal(h.model->site.values[SITE_HIDDEN_IGNORED], 1);
	household_free(&h);
}

static void test_lookups_go_with_the_device_that_its_address_turns_out_to_be(void **state)
{
	static const uint8_t mac[6] = {0, 1, 2, 3, 4, 5};
	struct household h;
	struct address four = household_address(PHONE), six = household_address("2001:db8:1::10");
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	devices_neighbour(&h.model->devices, &four, mac, model_now(h.model));
	household_lookup(&h, PHONE, "www.example.org", SHARED, 200);
	household_lookup(&h, "2001:db8:1::10", "www.example.org", "2001:db8:2::9", 100);
	household_lookup(&h, "2001:db8:1::10", "cdn.example.org", "2001:db8:2::9", 0);
	assert_int_equal(h.model->devices.table.count, 2);
	assert_int_equal(h.model->lookups.table.count, 3);
	devices_neighbour(&h.model->devices, &six, mac, model_now(h.model));
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_int_equal(h.model->lookups.table.count, 2);
	c = talk(&h, "2001:db8:1::10", 4000, "2001:db8:2::9");
	assert_string_equal(name_of(c), "cdn.example.org");
	assert_int_equal(lookups_find(&h.model->lookups, c->device, "www.example.org")->count, 2);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_own_lookup_before_anothers),
	    cmocka_unit_test(test_latest_lookup_wins),
	    cmocka_unit_test(test_neighbours_at_one_address),
	    cmocka_unit_test(test_lookup_read_after_its_connection),
	    cmocka_unit_test(test_late_lookup_takes_back_that_nobody_asked),
	    cmocka_unit_test(test_names_stay_when_nobody_is_known_to_have_asked),
	    cmocka_unit_test(test_only_the_home_asks),
	    cmocka_unit_test(test_whose_it_is),
	    cmocka_unit_test(test_encrypted_dns_is_noticed),
	    cmocka_unit_test(test_ignored_names_are_left_out),
	    cmocka_unit_test(test_ignored_addresses_are_left_out),
	    cmocka_unit_test(test_plain_dns_elsewhere_is_its_own_case),
	    cmocka_unit_test(test_lookups_go_with_the_device_that_its_address_turns_out_to_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
