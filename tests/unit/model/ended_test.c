/* SPDX-License-Identifier: MIT */
/* What a session remembers of conversations that have ended, and whose it is. */
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "category.h"
#include "cmocka_all.h"
#include "household.h"
#include "util.h"

static const uint8_t macs[][6] = {{0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4, 6}};

/* Each remote is of the company, country and network that the last byte of its address says. */
static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	static char company[32];

	(void)data;
	snprintf(company, sizeof(company), "Company %u", a->bytes[15] % 10);
	ret->company = a->bytes[15] >= 100 ? NULL : company;
	ret->has_place = ret->has_network = true;
	snprintf(ret->place.country, sizeof(ret->place.country), "F%c", 'A' + a->bytes[15] % 2);
	ret->network.asn = 64496;
}

static void open_household(struct household *h, uint32_t max_ended)
{
	household_make(h, describe, 100, 100);
	h->model->conversations.max_ended = max_ended;
}

/* A connection that moved this much and has ended. */
static void visit(struct household *h, const char *from, const char *to, uint64_t bytes)
{
	static unsigned port = 4000;
	struct ct_entry e = household_entry(from, port++, to, 443, IPPROTO_TCP, true);

	household_new(h, &e);
	e.bytes[CT_ORIG] = bytes, e.packets[CT_ORIG] = 1;
	household_end(h, &e);
}

static struct device *device_of(const struct household *h, const char *address)
{
	struct address a = household_address(address);
	struct device_address *known = devices_find_address(&h->model->devices, &a);

	assert_non_null(known);
	return known->device;
}

static uint64_t add_conversations(const struct chain *head, const struct device *device)
{
	uint64_t sum = 0;

	ROW_FOR_EACH(r, head) {
		const struct conversation *c = CONTAINER_OF(r, struct conversation, row);

		if (c->device == device)
			sum += c->traffic.up_bytes;
	}
	return sum;
}

static uint64_t add_sums(const struct chain *head, const struct device *device)
{
	uint64_t sum = 0;

	ROW_FOR_EACH(r, head)
		if (SUM_OF(r)->device == device)
			sum += SUM_OF(r)->amounts.traffic.up_bytes;
	return sum;
}

/* What device (NULL: nobody) has in conversations and sums. */
static uint64_t kept_of(const struct household *h, const struct device *device)
{
	const struct conversations *c = &h->model->conversations;

	return add_conversations(&c->table.clean, device) + add_conversations(&c->table.dirty, device) +
	       add_sums(&c->sums.table.clean, device) + add_sums(&c->sums.table.dirty, device);
}

static void assert_kept(const struct household *h, const struct device *device, uint64_t bytes)
{
	assert_int_equal(device->traffic.up_bytes, bytes);
	assert_int_equal(kept_of(h, device), bytes);
}

static void test_stays_and_goes_on(void **state)
{
	struct household h;
	const struct device *device;
	struct conversation *c;

	(void)state;
	open_household(&h, 10);
	visit(&h, "192.0.2.10", "203.0.113.1", 600);
	c = household_conversation(&h);
	assert_non_null(c);
	assert_int_equal(h.model->remotes.table.count, 1);
	assert_int_equal(c->phases[PHASE_OPEN], 0);
	assert_int_equal(h.model->conversations.n_ended, 1);
	visit(&h, "192.0.2.10", "203.0.113.1", 6);
	assert_int_equal(h.model->conversations.table.count, 1);
	assert_ptr_equal(household_conversation(&h), c);
	assert_int_equal(c->total, 2);
	assert_int_equal(h.model->conversations.n_ended, 1);
	device = device_of(&h, "192.0.2.10");
	assert_int_equal(device->conversations, 0);
	assert_int_equal(device->total, 1);
	assert_kept(&h, device, 606);
	household_free(&h);
}

/* The oldest of whoever has most becomes part of a sum. */
static void test_sums(void **state)
{
	struct household h;
	const struct sum *sum;
	const struct device *a, *b;

	(void)state;
	open_household(&h, 4);
	visit(&h, "192.0.2.20", "203.0.113.1", 1);
	for (unsigned i = 1; i <= 5; i++) {
		char to[32];

		snprintf(to, sizeof(to), "203.0.113.%u", i * 10 + 2);
		visit(&h, "192.0.2.10", to, 100 * i);
	}
	assert_int_equal(h.model->conversations.n_ended, 4);
	assert_int_equal(h.model->conversations.sums.table.count, 1);
	sum = SUM_OF(row_of(h.model->conversations.sums.table.clean.next));
	assert_string_equal(sum->facts.company->name, "Company 2");
	assert_string_equal(sum->facts.country, "FA");
	assert_null(sum->facts.network);
	assert_int_equal(sum->amounts.traffic.up_bytes, 100 + 200);
	assert_int_equal(sum->amounts.conversations, 2);
	assert_int_equal(sum->amounts.total, 2);
	a = device_of(&h, "192.0.2.10");
	b = device_of(&h, "192.0.2.20");
	assert_ptr_equal(sum->device, a);
	assert_kept(&h, a, 1500);
	assert_kept(&h, b, 1);
	household_free(&h);
}

/* By name where the company is unknown, by network where the name is. */
static void test_whom_with(void **state)
{
	struct household h;
	const struct chain *first;

	(void)state;
	open_household(&h, 0);
	household_lookup(&h, "192.0.2.10", "www.shop.test", "203.0.113.101", 0);
	visit(&h, "192.0.2.10", "203.0.113.101", 1);
	visit(&h, "192.0.2.10", "203.0.113.102", 2);
	assert_int_equal(h.model->conversations.sums.table.count, 2);
	assert_int_equal(h.model->conversations.table.count, 0);
	first = h.model->conversations.sums.table.clean.next;
	assert_string_equal(SUM_OF(row_of(first))->name->text, "shop.test");
	assert_null(SUM_OF(row_of(first))->facts.network);
	assert_null(SUM_OF(row_of(first->next))->name);
	assert_int_equal(SUM_OF(row_of(first->next))->facts.network->asn, 64496);
	household_free(&h);
}

/* A server of encrypted DNS is asked in the clear, too. */
static void test_plain_dns(void **state)
{
	struct ct_entry e = household_entry("192.0.2.10", 4000, "203.0.113.1", 53, IPPROTO_UDP, true);
	struct household h;
	const struct sum *sum;

	(void)state;
	open_household(&h, 0);
	household_lookup(&h, "192.0.2.10", "doh.example1.org", "203.0.113.1", 0);
	household_new(&h, &e);
	household_end(&h, &e);
	sum = SUM_OF(row_of(h.model->conversations.sums.table.clean.next));
	assert_string_equal(category_word(sum->facts.category), "dns");
	visit(&h, "192.0.2.10", "203.0.113.1", 1);
	assert_int_equal(h.model->conversations.sums.table.count, 2);
	assert_string_equal(category_word(SUM_OF(row_of(sum->row.link.next))->facts.category),
			    "encrypted-dns");
	household_free(&h);
}

static void test_too_many_sums(void **state)
{
	struct household h;
	const struct device *device;

	(void)state;
	open_household(&h, 0);
	h.model->conversations.sums.max = 2;
	for (unsigned i = 1; i < 9; i++) {
		char to[32];

		snprintf(to, sizeof(to), "203.0.113.%u", i);
		visit(&h, "192.0.2.10", to, i);
	}
	/* two, and the one for all others */
	assert_int_equal(h.model->conversations.sums.table.count, 3);
	device = device_of(&h, "192.0.2.10");
	assert_kept(&h, device, 36);
	household_free(&h);
}

static void test_ended_ones_make_room(void **state)
{
	struct household h;

	(void)state;
	open_household(&h, 100);
	h.model->conversations.max = 5;
	h.model->remotes.max = 3;
	for (unsigned i = 1; i < 50; i++) {
		char to[32];

		snprintf(to, sizeof(to), "203.0.113.%u", i);
		visit(&h, "192.0.2.10", to, 1);
	}
	assert_int_equal(h.model->conversations.refused.things.used, 0);
	assert_int_equal(h.model->remotes.refused.things.used, 0);
	assert_int_equal(h.model->remotes.table.count, 3);
	assert_kept(&h, device_of(&h, "192.0.2.10"), 49);
	household_free(&h);
}

static void test_device_makes_room(void **state)
{
	struct household h;

	(void)state;
	open_household(&h, 1);
	h.model->devices.max = 1;
	visit(&h, "192.0.2.10", "203.0.113.1", 7);
	visit(&h, "192.0.2.10", "203.0.113.2", 8);
	visit(&h, "192.0.2.20", "203.0.113.1", 50);
	assert_int_equal(h.model->devices.table.count, 1);
	assert_kept(&h, device_of(&h, "192.0.2.20"), 50);
	assert_int_equal(kept_of(&h, NULL), 15);
	household_free(&h);
}

/* Two that turn out to be one: everything counts once, for the one. */
static void test_merge(void **state)
{
	struct address four = household_address("192.0.2.10"), six = household_address("2001:db8:1::10");
	struct household h;
	const struct device *device;

	(void)state;
	open_household(&h, 3);
	visit(&h, "192.0.2.10", "203.0.113.1", 1);
	visit(&h, "192.0.2.10", "203.0.113.2", 10);
	visit(&h, "2001:db8:1::10", "203.0.113.1", 100);
	visit(&h, "2001:db8:1::10", "203.0.113.12", 1000);
	assert_int_equal(h.model->devices.table.count, 2);
	assert_int_equal(h.model->conversations.sums.table.count, 1);
	devices_neighbour(&h.model->devices, &four, macs[0], 5);
	assert_true(devices_neighbour(&h.model->devices, &six, macs[0], 5));
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->devices.table.count, 1);
	device = device_of(&h, "192.0.2.10");
	assert_kept(&h, device, 1111);
	assert_int_equal(kept_of(&h, NULL), 0);
	household_free(&h);
}

/* What both had been in touch with counts once afterwards, where nothing of it lives any more. */
static void test_merge_counts_ended_ones_once(void **state)
{
	struct address four = household_address("192.0.2.10"), six = household_address("2001:db8:1::10");
	struct household h;
	const struct device *device;

	(void)state;
	open_household(&h, 10);
	visit(&h, "192.0.2.10", "203.0.113.1", 1);
	visit(&h, "192.0.2.10", "203.0.113.2", 10);
	visit(&h, "2001:db8:1::10", "203.0.113.1", 100);
	visit(&h, "2001:db8:1::10", "203.0.113.12", 1000);
	devices_neighbour(&h.model->devices, &four, macs[0], 5);
	assert_true(devices_neighbour(&h.model->devices, &six, macs[0], 5));
	household_refresh(&h, MODEL_CONNECTIONS);
	device = device_of(&h, "192.0.2.10");
	assert_int_equal(h.model->conversations.table.count, 3);
	assert_int_equal(device->total, 3);
	assert_int_equal(device->unseen, 3);
	assert_kept(&h, device, 1111);
	household_free(&h);
}

/* Somebody set its counters to zero, and then its device turns out to be another: what it had moved is that one's. */
static void test_merge_of_what_was_set_to_zero(void **state)
{
	struct address four = household_address("192.0.2.10"), six = household_address("2001:db8:1::10");
	struct ct_entry e = household_entry("2001:db8:1::10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);
	struct household h;
	const struct device *device;

	(void)state;
	open_household(&h, 10);
	e.start = 1000000000;
	e.bytes[CT_ORIG] = 1000, e.packets[CT_ORIG] = 1;
	household_dump(&h, &e, 1);
	e.bytes[CT_ORIG] = 7;
	household_dump(&h, &e, 1);
	assert_int_equal(h.model->zeroed, 1);
	devices_neighbour(&h.model->devices, &four, macs[0], 5);
	assert_true(devices_neighbour(&h.model->devices, &six, macs[0], 5));
	household_refresh(&h, MODEL_CONNECTIONS);
	assert_int_equal(h.model->devices.table.count, 1);
	device = device_of(&h, "192.0.2.10");
	assert_kept(&h, device, 1007);
	assert_int_equal(device->total, 1);
	assert_int_equal(household_conversation(&h)->total, 1);
	e.bytes[CT_ORIG] = 9;
	household_end(&h, &e);
	assert_kept(&h, device, 1009);
	household_free(&h);
}

/* An address goes to another device (DHCP): the past stays with the one that had it. */
static void test_address_changes_hands(void **state)
{
	struct address four = household_address("192.0.2.10");
	struct ct_entry e = household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);
	struct household h;
	const struct device *before, *after;

	(void)state;
	open_household(&h, 10);
	devices_neighbour(&h.model->devices, &four, macs[0], 5);
	e.bytes[CT_ORIG] = 1000, e.packets[CT_ORIG] = 1;
	household_dump(&h, &e, 1);
	before = device_of(&h, "192.0.2.10");
	assert_kept(&h, before, 1000);
	assert_true(devices_neighbour(&h.model->devices, &four, macs[1], 6));
	household_refresh(&h, MODEL_CONNECTIONS);
	after = device_of(&h, "192.0.2.10");
	assert_ptr_not_equal(after, before);
	e.bytes[CT_ORIG] = 1010, e.packets[CT_ORIG] = 2;
	household_dump(&h, &e, 1);
	assert_kept(&h, before, 1000);
	assert_kept(&h, after, 10);
	/* And back again: what each moved stays. */
	assert_true(devices_neighbour(&h.model->devices, &four, macs[0], 7));
	household_refresh(&h, MODEL_CONNECTIONS);
	e.bytes[CT_ORIG] = 1011, e.packets[CT_ORIG] = 3;
	household_end(&h, &e);
	assert_kept(&h, before, 1001);
	assert_kept(&h, after, 10);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stays_and_goes_on),
	    cmocka_unit_test(test_sums),
	    cmocka_unit_test(test_plain_dns),
	    cmocka_unit_test(test_whom_with),
	    cmocka_unit_test(test_too_many_sums),
	    cmocka_unit_test(test_ended_ones_make_room),
	    cmocka_unit_test(test_device_makes_room),
	    cmocka_unit_test(test_merge),
	    cmocka_unit_test(test_merge_counts_ended_ones_once),
	    cmocka_unit_test(test_merge_of_what_was_set_to_zero),
	    cmocka_unit_test(test_address_changes_hands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
