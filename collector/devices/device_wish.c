/* SPDX-License-Identifier: MIT */
/* Devices whose holders do not want to be seen: their rows are in tables that no feed follows. */
#include "device_address.h"
#include "util.h"

const char *wish_word(enum wish wish)
{
	static const char *const words[] = {
	    [WISH_SHOWN] = "shown",	[WISH_HIDDEN] = "hidden",	  [WISH_LEFT_OUT] = "left-out",
	    [WISH_UNCHOSEN] = "hidden", [WISH_UNCHOSEN_OUT] = "left-out",
	};

	return words[wish];
}

bool wish_is_chosen(enum wish wish)
{
	return wish < WISHES;
}

bool wish_is_out(enum wish wish)
{
	return wish == WISH_LEFT_OUT || wish == WISH_UNCHOSEN_OUT;
}

struct row_table *devices_table_of(struct devices *d, const struct device *device)
{
	return wish_is_out(device->wish) ? &d->apart : &d->table;
}

struct row_table *devices_identities_of(struct devices *d, const struct device *device)
{
	return device->wish == WISH_SHOWN ? &d->identities : &d->identities_apart;
}

struct row_table *devices_addresses_of(struct devices *d, const struct device *device)
{
	return device->wish == WISH_SHOWN ? &d->addresses : &d->addresses_apart;
}

static struct row *first_of(const struct row_table *t)
{
	return row_after(t, &t->dirty);
}

struct device *devices_next(const struct devices *d, const struct device *before)
{
	bool apart = before && wish_is_out(before->wish);
	struct row *r =
	    before ? row_after(apart ? &d->apart : &d->table, &before->row.link) : first_of(&d->table);

	if (!r && !apart)
		r = first_of(&d->apart);
	return r ? DEVICE_OF(r) : NULL;
}

size_t devices_count(const struct devices *d)
{
	return d->table.count + d->apart.count;
}

enum wish devices_wish(const struct devices *d, const uint8_t mac[6], const struct address *a)
{
	return d->wisher && (mac || a) ? d->wisher(d->namer_data, mac, a) : WISH_SHOWN;
}

enum wish devices_wish_at(const struct devices *d, const struct address *a)
{
	return devices_wish(d, NULL, a);
}

/* Nobody holds it, who could choose. A console is somebody's. */
static bool is_nobodys(const struct device *device)
{
	return device->thing_sure && device->thing != THING_NONE && device->thing != THING_CONSOLE;
}

enum wish devices_wish_of(const struct devices *d, const struct device *device)
{
	enum wish wish = devices_wish(d, device->has_mac ? device->mac : NULL,
				      device->addresses ? &device->addresses->address : NULL);

	return !wish_is_chosen(wish) && is_nobodys(device) ? WISH_SHOWN : wish;
}

void device_ask_unchosen(struct devices *d, struct device *device)
{
	enum wish wish = devices_wish_of(d, device), now = device->wish;

	if (device->self || (!wish_is_chosen(wish) ? now != WISH_SHOWN : wish_is_chosen(now)))
		return;
	device->wish_due = d->wishes_due = true;
}

/* With other row ids: nothing says that it is the one that was there before. */
static void begin_anew(struct device *device, int64_t now)
{
	device->traffic = device->sent = (struct traffic){};
	device->active = device->seen = now;
	device->looked_up = device->hidden_dns = device->clear_dns = 0;
	device->total = device->sent_total = device->unseen = device->sent_unseen = 0;
	device->had_traffic = device->has_looked_up = device->named = false;
	device->alias[0] = '\0';
}

void devices_set_wish(struct devices *d, struct device *device, enum wish wish, int64_t now)
{
	for (struct device_address *a = device->addresses; a; a = a->next)
		row_remove(devices_addresses_of(d, device), &a->row);
	row_remove(devices_identities_of(d, device), &device->identity);
	row_remove(devices_table_of(d, device), &device->row);
	begin_anew(device, now);
	device->wish = wish;
	device->wish_due = false;
	row_add(devices_table_of(d, device), &device->row);
	row_add_to(devices_identities_of(d, device), &device->identity, &device->row);
	for (struct device_address *a = device->addresses; a; a = a->next)
		row_add(devices_addresses_of(d, device), &a->row);
	if (d->namer)
		d->namer(d->namer_data, d, device);
}

void devices_ask_wishes(struct devices *d)
{
	for (struct device *device = NULL; (device = devices_next(d, device));) {
		device->wish_due = !device->self && (device->has_mac || device->addresses) &&
				   devices_wish_of(d, device) != device->wish;
		d->wishes_due |= device->wish_due;
	}
}

struct device *devices_find_due(struct devices *d)
{
	struct device *device = NULL;

	while (d->wishes_due && (device = devices_next(d, device)))
		if (device->wish_due)
			return device;
	d->wishes_due = false;
	return NULL;
}

bool device_is_many(const struct device *device)
{
	/* a neighbour without a MAC of its own is behind a repeater */
	for (const struct device_address *a = device->addresses; a && !device->has_mac; a = a->next)
		if (a->neighbour)
			return true;
	return device->shared;
}
