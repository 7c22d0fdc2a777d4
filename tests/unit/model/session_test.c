/* SPDX-License-Identifier: MIT */
/* A session over restarts: nothing twice, and nothing lost but what ended in between. */
#include "session.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "household.h"
#include "util.h"

#define LONG_AGO 3600000 /* ms */

static const uint8_t mac[6] = {0, 1, 2, 3, 4, 5};

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	(void)data;
	ret->company = a->bytes[15] % 2 ? "Odd" : NULL;
	ret->has_place = ret->has_network = true;
	snprintf(ret->place.country, sizeof(ret->place.country), "FI");
	ret->network.asn = 64496;
	snprintf(ret->network.name, sizeof(ret->network.name), "Even Networks");
}

/* The collector ends and starts again; what was saved is changed by nothing. */
static void restart(struct household *h)
{
	size_t length;
	char *text = household_save(h, &length);

	household_free(h);
	household_make(h, describe, 100, 100);
	h->model->conversations.max_ended = 2;
	assert_int_equal(session_restore(h->model, text, length, LONG_AGO), 0);
	free(text);
}

static struct device *the_device(const struct household *h)
{
	struct device *device = devices_find_mac(&h->model->devices, mac);

	assert_non_null(device);
	return device;
}

static uint64_t add_up(const struct household *h)
{
	const struct conversations *c = &h->model->conversations;
	const struct chain *sums[] = {&c->sums.table.clean, &c->sums.table.dirty};
	const struct chain *conversations[] = {&c->table.clean, &c->table.dirty};
	uint64_t sum = 0;

	for (size_t i = 0; i < 2; i++) {
		ROW_FOR_EACH(r, sums[i])
			sum += SUM_OF(r)->amounts.traffic.up_bytes;
		ROW_FOR_EACH(r, conversations[i])
			sum += CONTAINER_OF(r, struct conversation, row)->traffic.up_bytes;
	}
	return sum;
}

static void assert_up(const struct household *h, uint64_t bytes)
{
	assert_int_equal(the_device(h)->traffic.up_bytes, bytes);
	assert_int_equal(add_up(h), bytes);
}

static void open_household(struct household *h)
{
	struct address four = household_address("192.0.2.10");

	household_make(h, describe, 100, 100);
	h->model->conversations.max_ended = 2;
	devices_neighbour(&h->model->devices, &four, mac, 5);
}

static struct ct_entry counted(unsigned port, const char *to, uint64_t bytes)
{
	struct ct_entry e = household_entry("192.0.2.10", port, to, 443, IPPROTO_TCP, true);

	e.bytes[CT_ORIG] = bytes;
	e.packets[CT_ORIG] = bytes ? 1 : 0;
	return e;
}

static void visit(struct household *h, unsigned port, const char *to, uint64_t bytes)
{
	struct ct_entry e = counted(port, to, bytes);

	household_new(h, &e);
	household_end(h, &e);
}

static void test_goes_on(void **state)
{
	struct household h;
	struct ct_entry alive[2] = {counted(1, "203.0.113.1", 1000), counted(2, "203.0.113.2", 2000)};
	const struct device *device;

	(void)state;
	open_household(&h);
	for (unsigned i = 3; i < 9; i++) {
		char to[32];

		snprintf(to, sizeof(to), "203.0.113.%u", i);
		visit(&h, i, to, i);
	}
	household_dump(&h, alive, 2);
	assert_up(&h, 3033);
	restart(&h);
	/* before anything speaks */
	assert_up(&h, 3033);
	device = the_device(&h);
	assert_int_equal(device->n_addresses, 1);
	assert_string_equal(device->alias, "Device 1");
	/* nor does what it looked up, read again from the journal's past, make another device */
	household_lookup(&h, "192.0.2.10", "example.org", NULL, 1000);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_true(device->has_looked_up);
	/* two clocks, each in whole milliseconds */
	assert_true(h.model->session.began <= 1);
	assert_true(h.model->session.gap_from);
	/* alive before and still: they count from where they were */
	alive[0].bytes[CT_ORIG] += 7;
	household_dump(&h, alive, 2);
	assert_up(&h, 3040);
	assert_int_equal(device->total, 8);
	alive[1].bytes[CT_ORIG] += 50;
	household_end(&h, &alive[1]);
	assert_up(&h, 3090);
	restart(&h);
	alive[0].bytes[CT_ORIG] += 3;
	household_dump(&h, alive, 1);
	assert_up(&h, 3093);
	assert_int_equal(the_device(&h)->total, 8);
	household_free(&h);
}

/* How a device's names were seen to go elsewhere is known again. */
static void test_lookups_elsewhere(void **state)
{
	struct household h;

	(void)state;
	open_household(&h);
	device_hides(&h.model->devices, the_device(&h), 1000);
	restart(&h);
	assert_true(the_device(&h)->hidden_dns != 0);
	assert_true(the_device(&h)->clear_dns == 0);
	device_asks_elsewhere(&h.model->devices, the_device(&h), 1000);
	restart(&h);
	assert_true(the_device(&h)->hidden_dns != 0);
	assert_true(the_device(&h)->clear_dns != 0);
	household_free(&h);
}

/* A device that was known by its address alone, before the restart and after, turns out to be another: all counts once. */
static void test_merge_after_a_restart(void **state)
{
	struct address six = household_address("2001:db8:1::10"), four = household_address("192.0.2.10");
	struct ct_entry e = household_entry("2001:db8:1::10", 1, "203.0.113.1", 443, IPPROTO_TCP, true);
	struct household h;

	(void)state;
	open_household(&h);
	e.bytes[CT_ORIG] = 1000, e.packets[CT_ORIG] = 1;
	household_dump(&h, &e, 1);
	restart(&h);
	devices_neighbour(&h.model->devices, &four, mac, 5);
	e.bytes[CT_ORIG] = 1010, e.packets[CT_ORIG] = 2;
	household_dump(&h, &e, 1);
	assert_true(devices_neighbour(&h.model->devices, &six, mac, 6));
	household_refresh(&h, MODEL_CONNECTIONS);
	e.bytes[CT_ORIG] = 1011, e.packets[CT_ORIG] = 3;
	household_dump(&h, &e, 1);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_up(&h, 1011);
	assert_int_equal(the_device(&h)->total, 1);
	assert_int_equal(household_conversation(&h)->total, 1);
	household_free(&h);
}

/* One with the same addresses, ports and id, but with less on its counters, is another one. */
static void test_counters_began_anew(void **state)
{
	struct household h;
	struct ct_entry e = counted(1, "203.0.113.1", 1000);

	(void)state;
	open_household(&h);
	household_dump(&h, &e, 1);
	restart(&h);
	e.bytes[CT_ORIG] = 30;
	household_dump(&h, &e, 1);
	assert_up(&h, 1030);
	household_free(&h);
}

/* Whom with is known as before. */
static void test_facts(void **state)
{
	struct household h;
	const struct sum *odd, *even;

	(void)state;
	open_household(&h);
	h.model->conversations.max_ended = 0;
	visit(&h, 1, "203.0.113.1", 10);
	visit(&h, 2, "203.0.113.2", 20);
	visit(&h, 3, "203.0.113.4", 40);
	restart(&h);
	assert_int_equal(h.model->conversations.sums.table.count, 2);
	odd = SUM_OF(row_of(h.model->conversations.sums.table.clean.next));
	even = SUM_OF(row_of(odd->row.link.next));
	if (!odd->facts.company) {
		const struct sum *other = odd;

		odd = even;
		even = other;
	}
	assert_string_equal(odd->facts.company->name, "Odd");
	assert_string_equal(odd->facts.country, "FI");
	assert_string_equal(even->facts.network->name, "Even Networks");
	assert_int_equal(even->facts.network->asn, 64496);
	assert_int_equal(even->amounts.traffic.up_bytes, 60);
	assert_int_equal(even->amounts.conversations, 2);
	household_free(&h);
}

static void test_too_old(void **state)
{
	static const char old[] = "connvis-session 1\ntime 1000 2000\nsecret 1 2\nend 2\n";
	struct household h;

	(void)state;
	household_make(&h, describe, 100, 100);
	assert_int_equal(session_restore(h.model, old, strlen(old), LONG_AGO), -ESTALE);
	assert_int_equal(h.model->session.began, 0);
	household_free(&h);
}

/* A machine without a battery for its clock: what was saved is of the future. */
static void test_saved_in_the_future(void **state)
{
	static const char text[] =
	    "connvis-session 1\ntime 99999999990000 99999999999000\nsecret 1 2\nend 2\n";
	struct household h;

	(void)state;
	household_make(&h, describe, 100, 100);
	assert_int_equal(session_restore(h.model, text, strlen(text), LONG_AGO), 0);
	assert_in_range(model_now(h.model) - h.model->session.gap_from, 0, 5000);
	assert_int_equal(h.model->session.gap_from - h.model->session.began, 9000);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_goes_on),
	    cmocka_unit_test(test_lookups_elsewhere),
	    cmocka_unit_test(test_merge_after_a_restart),
	    cmocka_unit_test(test_counters_began_anew),
	    cmocka_unit_test(test_facts),
	    cmocka_unit_test(test_too_old),
	    cmocka_unit_test(test_saved_in_the_future),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
