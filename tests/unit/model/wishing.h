/* SPDX-License-Identifier: MIT */
/* A household whose phone and laptop may be hidden or left out, for tests. */
#pragma once

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "household.h"
#include "util.h"

#define PHONE "192.0.2.10"
#define PHONE_IPV6 "2001:db8:1::a"
#define LAPTOP "192.0.2.11"
#define SHARED "203.0.113.9"
#define ALONE "203.0.113.10"

static const uint8_t phone[6] = {0, 1, 2, 3, 4, 5}, laptop[6] = {0, 1, 2, 3, 4, 6};

/* What is kept of each. */
static enum wish wish_of_phone, wish_of_laptop, wish_at_ten;

static inline enum wish wisher(void *data, const uint8_t mac[6], const struct address *a)
{
	struct address ten = household_address("2001:db8:1::10");

	(void)data;
	if (mac)
		return mac[5] == phone[5] ? wish_of_phone : mac[5] == laptop[5] ? wish_of_laptop : WISH_SHOWN;
	return address_equal(a, &ten) ? wish_at_ten : WISH_SHOWN;
}

static inline void neighbour(struct household *h, const char *address, const uint8_t mac[6])
{
	struct address a = household_address(address);

	devices_neighbour(&h->model->devices, &a, mac, model_now(h->model));
}

static inline struct device *device_at(const struct household *h, const char *address)
{
	struct address a = household_address(address);
	struct device_address *known = devices_find_address(&h->model->devices, &a);

	return known ? known->device : NULL;
}

static inline void set_wish(struct household *h, const char *address, enum wish wish)
{
	struct device *device = device_at(h, address);

	*(device->mac[5] == phone[5] ? &wish_of_phone : &wish_of_laptop) = wish;
	h->model->devices.wishes = wish_of_phone || wish_of_laptop || wish_at_ten;
	model_set_wish(h->model, h->table, device, wish, NULL, NULL);
	household_refresh(h, MODEL_CONNECTIONS);
}

/* What the kernel has. */
static struct ct_entry alive[16];
static size_t n_alive;

static inline void open_household(struct household *h)
{
	wish_of_phone = wish_of_laptop = wish_at_ten = WISH_SHOWN;
	household_make(h, NULL, 100, 100);
	h->model->conversations.max_ended = 100;
	h->model->devices.wisher = wisher;
	h->model->home.n_linked = 1;
	h->model->home.linked[0] = h->model->home.networks[0];
	n_alive = 0;
	neighbour(h, PHONE, phone);
	neighbour(h, LAPTOP, laptop);
}

static unsigned ports = 4000;

/* A connection that has moved this much so far. */
static inline struct ct_entry begin(struct household *h, const char *from, const char *to, uint64_t bytes)
{
	struct ct_entry e = household_entry(from, ports++, to, 443, IPPROTO_TCP, true);

	e.bytes[CT_ORIG] = bytes, e.bytes[CT_REPLY] = bytes * 10;
	e.packets[CT_ORIG] = e.packets[CT_REPLY] = 1;
	household_new(h, &e);
	alive[n_alive++] = e;
	household_dump(h, alive, n_alive);
	return e;
}

static inline void end(struct household *h, struct ct_entry *e, uint64_t more)
{
	e->bytes[CT_ORIG] += more, e->bytes[CT_REPLY] += more * 10;
	household_end(h, e);
	for (size_t i = 0; i < n_alive; i++)
		if (alive[i].id == e->id)
			alive[i--] = alive[--n_alive];
}

struct bytes {
	uint64_t up, down;
};

static inline void add(struct bytes *to, const struct traffic *t)
{
	to->up += t->up_bytes;
	to->down += t->down_bytes;
}

/* Of all rows that viewers see, but for the amount of those that are left out. */
static inline struct bytes told(const struct model *m)
{
	struct bytes ret = {};

	ROW_TABLE_FOR_EACH(r, &m->conversations.table)
	add(&ret, &CONTAINER_OF(r, struct conversation, row)->traffic);
	ROW_TABLE_FOR_EACH(r, &m->conversations.sums.table)
	add(&ret, &SUM_OF(r)->amounts.traffic);
	return ret;
}

static inline void assert_told(const struct household *h, uint64_t shown, uint64_t apart)
{
	struct bytes b = told(h->model);

	assert_int_equal(b.up, shown);
	assert_int_equal(b.down, shown * 10);
	assert_int_equal(h->model->apart.up_bytes, apart);
	assert_int_equal(h->model->apart.down_bytes, apart * 10);
}

static inline bool has_name(const struct household *h, const char *text)
{
	ROW_TABLE_FOR_EACH(r, &h->model->names.table)
	if (!strcmp(CONTAINER_OF(r, struct name, row)->text, text))
		return true;
	return false;
}

static inline bool has_remote(const struct household *h, const char *address)
{
	struct address a = household_address(address);

	return remotes_find(&h->model->remotes, &a);
}

static inline size_t secrets(const struct household *h)
{
	size_t n = 0;

	for (uint32_t at = 1; at <= ct_table_positions(h->table); at++) {
		const struct ct_connection *c = ct_table_at(h->table, at);

		n += c && model_is_secret(c);
	}
	return n;
}

/* Both talk with one remote, the phone alone with another; it has looked up more than it talks with. */
static inline void live_on(struct household *h, struct ct_entry *open)
{
	struct ct_entry e;

	household_lookup(h, LAPTOP, "www.example.net", SHARED, 500);
	household_lookup(h, PHONE, "shared.phone.test", SHARED, 400);
	household_lookup(h, PHONE, "alone.phone.test", ALONE, 300);
	household_lookup(h, PHONE, "never.phone.test", NULL, 200);
	begin(h, LAPTOP, SHARED, 1);
	e = begin(h, PHONE, SHARED, 10);
	end(h, &e, 5);
	*open = begin(h, PHONE, ALONE, 100);
}

static inline void assert_no_trace(const struct household *h)
{
	const struct model *m = h->model;

	assert_false(has_name(h, "shared.phone.test"));
	assert_false(has_name(h, "alone.phone.test"));
	assert_false(has_name(h, "never.phone.test"));
	assert_false(has_remote(h, ALONE));
	assert_int_equal(m->devices.table.count, 1);
	assert_int_equal(m->devices.addresses.count, 1);
	assert_int_equal(m->conversations.table.count, 1);
	assert_int_equal(m->conversations.sums.table.count, 0);
	assert_int_equal(m->lookups.table.count, 1);
	/* what the others do stays */
	assert_true(has_name(h, "www.example.net"));
	assert_true(has_remote(h, SHARED));
	assert_string_equal(household_conversation((struct household *)h)->remote->name->text,
			    "www.example.net");
	assert_int_equal(household_conversation((struct household *)h)->remote->answered->n, 1);
}
