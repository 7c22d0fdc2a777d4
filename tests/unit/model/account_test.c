/* SPDX-License-Identifier: MIT */
/*
 * Made-up messages of the kernel through parser, table and model, with entries that a flowtable forwards, which no
 * kernel of the tests makes: they have neither state nor timeout, and may not count. Whatever happens, the sums by
 * device, company and country, and those of the history's minutes, are those of an account of its own.
 * tests/integration/account.test.ts does the same with real traffic.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "household.h"
#include "put_entry.h"
#include "util.h"

enum { ENTRIES = 24, DEVICES = 3, REMOTES = 6, ADDRESSES = 6, STEPS = 600, ENDED_KEPT = 2 };
#define LONG_AGO 3600000 /* ms */

/* The kernel's entry. */
struct kept {
	struct ct_entry entry;
	bool alive, counts, offloaded, known;
	unsigned address, remote;
};

struct account {
	struct household household;
	struct kept kernel[ENTRIES];
	struct traffic moved[DEVICES][REMOTES];
	struct traffic unwatched[DEVICES][REMOTES]; /* of that, what moved before the last start */
	unsigned owner[ADDRESSES];		    /* the device that has the address */
	bool introduced[ADDRESSES];		    /* the neighbour table says so */
	uint64_t random, clock;
	unsigned ports;
};

static const char *const addresses[ADDRESSES] = {"192.0.2.10",	  "192.0.2.11",	   "192.0.2.12",
						 "2001:db8:1::a", "2001:db8:1::b", "2001:db8:1::c"};
static const char *const remotes[2][REMOTES] = {
    {"203.0.113.0", "203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5"},
    {"2001:db8:9::", "2001:db8:9::1", "2001:db8:9::2", "2001:db8:9::3", "2001:db8:9::4", "2001:db8:9::5"},
};

static uint32_t roll(struct account *a, uint32_t below)
{
	a->random = a->random * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(a->random >> 33) % below;
}

static void mac_of(unsigned device, uint8_t ret[6])
{
	memcpy(ret, (const uint8_t[6]){0, 1, 2, 3, 4, (uint8_t)device}, 6);
}

/* Company (of the last ones the network) and country together say which remote it is. */
static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	static char company[16];
	unsigned remote = a->bytes[15];

	(void)data;
	snprintf(company, sizeof(company), "%u", remote / 2);
	ret->company = remote < 4 ? company : NULL;
	ret->has_place = ret->has_network = true;
	snprintf(ret->place.country, sizeof(ret->place.country), "F%c", 'A' + (int)(remote % 2));
	ret->network.asn = remote / 2;
}

static unsigned remote_of(const struct company *company, const struct network_row *network,
			  const char *country)
{
	unsigned half = company ? (unsigned)atoi(company->name) : network ? network->asn : REMOTES;

	return half * 2 + (unsigned)(country[1] - 'A');
}

static struct ct_entry told(const struct kept *k)
{
	return put_entry(&k->entry, k->offloaded, k->counts);
}

static void dump(struct account *a)
{
	struct ct_entry entries[ENTRIES];
	size_t n = 0;

	for (size_t i = 0; i < ENTRIES; i++)
		if (a->kernel[i].alive) {
			entries[n++] = told(&a->kernel[i]);
			a->kernel[i].known = true;
		}
	household_dump(&a->household, entries, n);
}

static void begin(struct account *a, struct kept *k)
{
	bool udp = roll(a, 3) == 0;
	struct ct_entry e;

	*k = (struct kept){.alive = true,
			   .counts = roll(a, 4) > 0,
			   .offloaded = roll(a, 4) == 0,
			   .address = roll(a, ADDRESSES),
			   .remote = roll(a, REMOTES)};
	k->entry = household_entry(addresses[k->address], 10000 + a->ports++,
				   remotes[k->address >= ADDRESSES / 2][k->remote], 443,
				   udp ? IPPROTO_UDP : IPPROTO_TCP, false);
	k->entry.start = a->clock += 1000000;
	if (!roll(a, 2))
		return; /* it was there before we listened */
	e = told(k);
	household_new(&a->household, &e);
	k->known = true;
}

static void end(struct account *a, struct kept *k)
{
	struct ct_entry e = told(k);

	household_end(&a->household, &e);
	k->alive = false;
}

static void move(struct account *a, struct kept *k)
{
	struct traffic t = {roll(a, 100000), roll(a, 100000), 1 + roll(a, 50), 1 + roll(a, 50)};

	if (!k->counts)
		return;
	k->entry.bytes[CT_ORIG] += t.up_bytes, k->entry.packets[CT_ORIG] += t.up_packets;
	k->entry.bytes[CT_REPLY] += t.down_bytes, k->entry.packets[CT_REPLY] += t.down_packets;
	traffic_add(&a->moved[a->owner[k->address]][k->remote], &t);
}

static void give(struct account *a, unsigned address, unsigned device)
{
	struct address text = household_address(addresses[address]);
	uint8_t mac[6];

	mac_of(device, mac);
	a->owner[address] = device;
	a->introduced[address] = true;
	devices_neighbour(&a->household.model->devices, &text, mac, model_now(a->household.model));
	household_refresh(&a->household, MODEL_CONNECTIONS);
}

static void zero(struct account *a)
{
	dump(a);
	for (size_t i = 0; i < ENTRIES; i++) {
		memset(a->kernel[i].entry.bytes, 0, sizeof(a->kernel[i].entry.bytes));
		memset(a->kernel[i].entry.packets, 0, sizeof(a->kernel[i].entry.packets));
	}
	/* one that counts more than before until the next dump would not be noticed */
	dump(a);
}

static void open_household(struct account *a)
{
	household_make(&a->household, describe, 1000, 100);
	a->household.model->conversations.max_ended = ENDED_KEPT;
	history_keep(&a->household.model->history, 24);
}

static void watch(struct account *a)
{
	dump(a);
	model_look_back(a->household.model, a->household.table);
	memcpy(a->unwatched, a->moved, sizeof(a->moved));
}

static void restart(struct account *a)
{
	size_t length;
	char *text;

	dump(a);
	text = household_save(&a->household, &length);
	household_free(&a->household);
	open_household(a);
	assert_int_equal(session_restore(a->household.model, text, length, LONG_AGO), 0);
	free(text);
	for (unsigned i = 0; i < ADDRESSES; i++)
		if (a->introduced[i])
			give(a, i, a->owner[i]);
	watch(a);
}

/* Its number; of one without a MAC that of its address' owner. */
static unsigned number_of(const struct account *a, const struct device *device)
{
	assert_non_null(device);
	if (device->has_mac)
		return device->mac[5];
	assert_non_null(device->addresses);
	for (unsigned i = 0; i < ADDRESSES; i++) {
		struct address text = household_address(addresses[i]);

		if (address_equal(&text, &device->addresses->address))
			return a->owner[i];
	}
	return DEVICES;
}

static void add(const struct account *a, struct traffic sums[DEVICES][REMOTES], const struct device *device,
		unsigned remote, const struct traffic *t)
{
	unsigned number = number_of(a, device);

	assert_true(number < DEVICES && remote < REMOTES);
	traffic_add(&sums[number][remote], t);
}

static void add_conversations(const struct account *a, struct traffic sums[DEVICES][REMOTES],
			      const struct row_table *table)
{
	ROW_TABLE_FOR_EACH(r, table)
	{
		const struct conversation *c = CONTAINER_OF(r, struct conversation, row);

		add(a, sums, c->device,
		    remote_of(c->remote->company, c->remote->network, c->remote->place->country),
		    &c->traffic);
	}
}

static void add_sums(const struct account *a, struct traffic sums[DEVICES][REMOTES],
		     const struct row_table *table)
{
	ROW_TABLE_FOR_EACH(r, table)
	{
		const struct sum *s = SUM_OF(r);

		/* of a device that moved nothing and made room */
		if (!traffic_moved(&s->amounts.traffic))
			continue;
		add(a, sums, s->device, remote_of(s->facts.company, s->facts.network, s->facts.country),
		    &s->amounts.traffic);
	}
}

static void add_devices(const struct account *a, struct traffic sums[DEVICES], const struct row_table *table)
{
	ROW_TABLE_FOR_EACH(r, table)
	traffic_add(&sums[number_of(a, DEVICE_OF(r))], &DEVICE_OF(r)->traffic);
}

static unsigned number_of_past(const struct account *a, const struct past_device *past)
{
	struct device_address address = {.address = past->address};
	struct device device = {.has_mac = past->has_mac, .addresses = past->has_address ? &address : NULL};

	memcpy(device.mac, past->mac, sizeof(device.mac));
	return number_of(a, &device);
}

static unsigned remote_of_party(const struct party *party)
{
	const struct party_facts *f = &party->facts;

	assert_int_not_equal(f->whom, WHOM_UNKNOWN);
	return (f->whom == WHOM_COMPANY ? (unsigned)atoi(f->text) : f->asn) * 2 +
	       (unsigned)(f->country[1] - 'A');
}

static void add_cells(const struct account *a, struct traffic sums[DEVICES][REMOTES],
		      const struct cell *cells)
{
	for (const struct cell *c = cells; c; c = c->next) {
		unsigned number = number_of_past(a, c->device), remote = remote_of_party(c->party);
		const struct traffic t = {c->amounts.up, c->amounts.down, 0, 0};

		assert_true(number < DEVICES && remote < REMOTES);
		/* never less than nothing */
		assert_true(t.up_bytes <= INT64_MAX && t.down_bytes <= INT64_MAX);
		traffic_add(&sums[number][remote], &t);
	}
}

/* All that moved since the start is in some minute. */
static void assert_history(struct account *a)
{
	struct history *h = &a->household.model->history;
	struct traffic sums[DEVICES][REMOTES] = {};

	conversations_tell(&a->household.model->conversations);
	for (struct chain *link = h->by_time.next; link != &h->by_time; link = link->next)
		add_cells(a, sums, SPAN_OF_LINK(link)->cells);
	add_cells(a, sums, h->running->cells);
	for (unsigned i = 0; i < DEVICES * REMOTES; i++) {
		struct traffic moved = a->moved[i / REMOTES][i % REMOTES];

		traffic_subtract(&moved, &a->unwatched[i / REMOTES][i % REMOTES]);
		assert_int_equal(sums[i / REMOTES][i % REMOTES].up_bytes, moved.up_bytes);
		assert_int_equal(sums[i / REMOTES][i % REMOTES].down_bytes, moved.down_bytes);
	}
	assert_int_equal(h->full, 0);
}

/* Some seconds have passed. */
static void pass(struct account *a)
{
	a->household.model->clock_base -= 7000;
	model_look_back(a->household.model, a->household.table);
}

static void assert_same(const struct account *a)
{
	const struct conversations *c = &a->household.model->conversations;
	const struct devices *d = &a->household.model->devices;
	struct traffic sums[DEVICES][REMOTES] = {}, devices[DEVICES] = {}, moved[DEVICES] = {};

	add_conversations(a, sums, &c->table);
	add_sums(a, sums, &c->sums.table);
	assert_memory_equal(sums, a->moved, sizeof(sums));
	add_devices(a, devices, &d->table);
	for (unsigned i = 0; i < DEVICES * REMOTES; i++)
		traffic_add(&moved[i / REMOTES], &a->moved[i / REMOTES][i % REMOTES]);
	assert_memory_equal(devices, moved, sizeof(devices));
}

/* One that the neighbour table did not know is its owner's first. */
static void change_hands(struct account *a, unsigned address)
{
	give(a, address, a->introduced[address] ? roll(a, DEVICES) : a->owner[address]);
}

static void step(struct account *a)
{
	struct kept *k = &a->kernel[roll(a, ENTRIES)];
	uint32_t what = roll(a, 40);

	if (!k->alive)
		return begin(a, k);
	if (what < 20)
		return move(a, k);
	if (what < 26 && k->known)
		return end(a, k);
	if (what < 32) {
		k->offloaded = !k->offloaded;
		return;
	}
	if (what == 32)
		return zero(a);
	if (what == 33)
		return restart(a);
	dump(a);
	if (what == 35) {
		model_clear(a->household.model, a->household.table);
		memset(a->moved, 0, sizeof(a->moved));
		memset(a->unwatched, 0, sizeof(a->unwatched));
	}
	assert_same(a);
	pass(a);
	assert_history(a);
	if (what == 34)
		change_hands(a, roll(a, ADDRESSES));
}

static void test_sums_are_exact(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct account a = {.random = seed, .clock = 1700000000000000000};

		open_household(&a);
		watch(&a);
		for (unsigned i = 0; i < ADDRESSES; i++) {
			a.owner[i] = i % DEVICES;
			if (i < DEVICES)
				give(&a, i, i);
		}
		for (unsigned i = 0; i < STEPS; i++)
			step(&a);
		dump(&a);
		assert_same(&a);
		assert_history(&a);
		household_free(&a.household);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sums_are_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
