/* SPDX-License-Identifier: MIT */
/*
 * Made-up messages of the kernel through parser, table and model, with entries that a flowtable forwards, which no
 * kernel of the tests makes: they have neither state nor timeout, and may not count. Whatever happens, the sums by
 * device, company and country are those of an account of its own. tests/integration/account.test.ts does the same
 * with real traffic.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <netinet/in.h>

#include "cmocka_all.h"
#include "ct_message.h"
#include "household.h"
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
	unsigned owner[ADDRESSES];  /* the device that has the address */
	bool introduced[ADDRESSES]; /* the neighbour table says so */
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

static void put_address(struct nlmsghdr *nlh, uint16_t v4, uint16_t v6, const struct address *a)
{
	if (address_is_ipv4(a))
		mnl_attr_put(nlh, v4, 4, a->bytes + 12);
	else
		mnl_attr_put(nlh, v6, 16, a->bytes);
}

static void put_tuple(struct nlmsghdr *nlh, uint16_t type, const struct ct_tuple *t, uint8_t protocol)
{
	struct nlattr *tuple = mnl_attr_nest_start(nlh, type);
	struct nlattr *part = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);

	put_address(nlh, CTA_IP_V4_SRC, CTA_IP_V6_SRC, &t->src);
	put_address(nlh, CTA_IP_V4_DST, CTA_IP_V6_DST, &t->dst);
	mnl_attr_nest_end(nlh, part);
	part = mnl_attr_nest_start(nlh, CTA_TUPLE_PROTO);
	mnl_attr_put_u8(nlh, CTA_PROTO_NUM, protocol);
	mnl_attr_put_u16(nlh, CTA_PROTO_SRC_PORT, htons(t->sport));
	mnl_attr_put_u16(nlh, CTA_PROTO_DST_PORT, htons(t->dport));
	mnl_attr_nest_end(nlh, part);
	mnl_attr_nest_end(nlh, tuple);
}

static void put_counters(struct nlmsghdr *nlh, uint16_t type, uint64_t packets, uint64_t bytes)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, type);

	mnl_attr_put_u64(nlh, CTA_COUNTERS_PACKETS, htobe64(packets));
	mnl_attr_put_u64(nlh, CTA_COUNTERS_BYTES, htobe64(bytes));
	mnl_attr_nest_end(nlh, nest);
}

/* What ctnetlink_fill_info() does with what decays: none of it while a flowtable has the entry. */
static void put_state(struct nlmsghdr *nlh, const struct ct_entry *e)
{
	struct nlattr *nest, *inner;

	mnl_attr_put_u32(nlh, CTA_TIMEOUT, htonl(e->timeout));
	if (e->protocol != IPPROTO_TCP)
		return;
	nest = mnl_attr_nest_start(nlh, CTA_PROTOINFO);
	inner = mnl_attr_nest_start(nlh, CTA_PROTOINFO_TCP);
	mnl_attr_put_u8(nlh, CTA_PROTOINFO_TCP_STATE, e->state);
	mnl_attr_nest_end(nlh, inner);
	mnl_attr_nest_end(nlh, nest);
}

static struct ct_entry told(const struct kept *k)
{
	static _Alignas(struct nlmsghdr) char buffer[1024];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	const struct ct_entry *e = &k->entry;
	struct ct_entry ret;
	struct nlattr *nest;

	nlh->nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct nfgenmsg));
	put_tuple(nlh, CTA_TUPLE_ORIG, &e->tuple[CT_ORIG], e->protocol);
	put_tuple(nlh, CTA_TUPLE_REPLY, &e->tuple[CT_REPLY], e->protocol);
	mnl_attr_put_u32(nlh, CTA_STATUS, htonl(IPS_CONFIRMED | (k->offloaded ? IPS_OFFLOAD : 0)));
	if (!k->offloaded)
		put_state(nlh, e);
	if (k->counts) {
		put_counters(nlh, CTA_COUNTERS_ORIG, e->packets[CT_ORIG], e->bytes[CT_ORIG]);
		put_counters(nlh, CTA_COUNTERS_REPLY, e->packets[CT_REPLY], e->bytes[CT_REPLY]);
	}
	nest = mnl_attr_nest_start(nlh, CTA_TIMESTAMP);
	mnl_attr_put_u64(nlh, CTA_TIMESTAMP_START, htobe64(e->start));
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_u32(nlh, CTA_ID, htonl(e->id));
	assert_int_equal(ct_message_parse(&ret, nlh), 0);
	assert_int_equal(ret.has_state, !k->offloaded && e->protocol == IPPROTO_TCP);
	return ret;
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
	dump(a);
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
	}
	assert_same(a);
	if (what == 34)
		change_hands(a, roll(a, ADDRESSES));
}

static void test_sums_are_exact(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct account a = {.random = seed, .clock = 1700000000000000000};

		open_household(&a);
		for (unsigned i = 0; i < ADDRESSES; i++) {
			a.owner[i] = i % DEVICES;
			if (i < DEVICES)
				give(&a, i, i);
		}
		for (unsigned i = 0; i < STEPS; i++)
			step(&a);
		dump(&a);
		assert_same(&a);
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
