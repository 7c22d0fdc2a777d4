/* SPDX-License-Identifier: MIT */
/* Which lookups are one, and how many of them and of what they gave are kept. */
#include <netinet/in.h>
#include <stdio.h>

#include "cmocka_all.h"
#include "household.h"
#include "util.h"

#define PHONE "192.0.2.10"
#define LAPTOP "192.0.2.11"
#define SHARED "203.0.113.9"

/* The one conversation there is. */
static struct conversation *talk(struct household *h, const char *from, const char *to)
{
	struct ct_entry e = household_entry(from, 4000, to, 443, IPPROTO_TCP, true);

	household_new(h, &e);
	assert_int_equal(h->model->conversations.table.count, 1);
	return household_conversation(h);
}

static void ask(struct household *h, const char *name, enum dns_type type, unsigned age)
{
	struct dns_event e = {.kind = DNS_ASKED,
			      .has_client = true,
			      .client = household_address(PHONE),
			      .name = name,
			      .type = type,
			      .time = clock_unix_ms() - age};

	model_dns(h->model, &e);
}

/* A, AAAA and HTTPS of one name at once are one question; the same again is another. */
static void test_types_of_one_question(void **state)
{
	struct household h;
	struct device *device;

	(void)state;
	household_make(&h, NULL, 100, 100);
	ask(&h, "www.example.org", DNS_TYPE_A, 9000);
	ask(&h, "www.example.org", DNS_TYPE_AAAA, 9000);
	ask(&h, "www.example.org", DNS_TYPE_OTHER, 8900);
	assert_int_equal(h.model->lookups.total, 1);
	ask(&h, "www.example.org", DNS_TYPE_A, 8800);
	assert_int_equal(h.model->lookups.total, 2);
	/* a while later it is another question, whatever its type */
	ask(&h, "www.example.org", DNS_TYPE_AAAA, 0);
	assert_int_equal(h.model->lookups.total, 3);
	device =
	    devices_find_address(&h.model->devices, &(struct address[]){household_address(PHONE)}[0])->device;
	assert_int_equal(lookups_find(&h.model->lookups, device, "www.example.org")->count, 3);
	household_free(&h);
}

static void test_expiry_by_time_and_number(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	household_lookup(&h, PHONE, "old.example.org", SHARED, 70000);
	assert_int_equal(h.model->lookups.table.count, 0);
	household_lookup(&h, PHONE, "old.example.org", SHARED, 50000);
	c = talk(&h, PHONE, SHARED);
	h.model->names_keep = 40000;
	model_forget_old_names(h.model);
	assert_int_equal(h.model->lookups.table.count, 0);
	assert_int_equal(h.model->answers.n_answers, 0);
	/* What is talked to keeps its name. */
	assert_string_equal(c->name->text, "old.example.org");
	for (unsigned i = 0; i < 200; i++) {
		char name[32], to[32];

		snprintf(name, sizeof(name), "n%u.example.org", i);
		snprintf(to, sizeof(to), "203.0.113.%u", i + 1);
		household_lookup(&h, PHONE, name, to, 0);
	}
	assert_int_equal(h.model->lookups.table.count, 64);
	assert_int_equal(h.model->lookups.full, 200 - 64);
	assert_int_equal(h.model->answers.n_answers, 64);
	assert_int_equal(h.model->answers.n_addresses, 64);
	assert_non_null(c->remote->answered);
	household_free(&h);
}

/* One device that asks for thousands of names keeps its own newest; what the others asked for stays. */
static void test_one_that_asks_too_much(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	for (unsigned i = 0; i < 10; i++) {
		char name[32], to[32];

		snprintf(name, sizeof(name), "laptop%u.example.org", i);
		snprintf(to, sizeof(to), "203.0.113.%u", i + 1);
		household_lookup(&h, LAPTOP, name, to, 0);
	}
	for (unsigned i = 0; i < 500; i++) {
		char name[32], to[32];

		snprintf(name, sizeof(name), "n%u.example.org", i);
		snprintf(to, sizeof(to), "198.18.%u.%u", i / 200, i % 200 + 1);
		household_lookup(&h, PHONE, name, to, 0);
	}
	assert_int_equal(h.model->lookups.table.count, 64);
	c = talk(&h, LAPTOP, "203.0.113.1");
	assert_string_equal(c->name->text, "laptop0.example.org");
	assert_non_null(lookups_find(&h.model->lookups, c->device, "laptop0.example.org"));
	assert_int_equal(c->device->shares[QUOTA_LOOKUPS].held, 10);
	/* and who asks little still finds room */
	household_lookup(&h, LAPTOP, "late.example.org", "203.0.113.99", 0);
	assert_int_equal(c->device->shares[QUOTA_LOOKUPS].held, 11);
	assert_int_equal(h.model->lookups.table.count, 64);
	household_free(&h);
}

static void test_more_names_than_are_kept(void **state)
{
	struct household h;
	struct conversation *c;

	(void)state;
	household_make(&h, NULL, 100, 100);
	for (unsigned i = 0; i < ANSWERED_NEWEST + 3; i++) {
		char name[32];

		snprintf(name, sizeof(name), "n%u.example.org", i);
		household_lookup(&h, PHONE, name, SHARED, 100 - i);
	}
	c = talk(&h, PHONE, SHARED);
	assert_int_equal(c->remote->answered->n, ANSWERED_NEWEST);
	assert_int_equal(c->remote->answered->more, 3);
	assert_string_equal(c->name->text, "n10.example.org");
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_types_of_one_question),
	    cmocka_unit_test(test_expiry_by_time_and_number),
	    cmocka_unit_test(test_one_that_asks_too_much),
	    cmocka_unit_test(test_more_names_than_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
