/* SPDX-License-Identifier: MIT */
#include "device.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device_address.h"
#include "util.h"

#define DNS_EVERY 10000 /* ms between two times that the feed is told where else it asks for names */

void devices_init(struct devices *d, struct row_watch *watch, uint32_t max, device_namer namer,
		  void *namer_data)
{
	*d = (struct devices){.namer = namer, .namer_data = namer_data, .max = max};
	row_table_init(&d->table, watch);
	row_table_init(&d->identities, watch);
	row_table_init(&d->addresses, watch);
	row_table_init(&d->apart, watch);
	row_table_init(&d->identities_apart, watch);
	row_table_init(&d->addresses_apart, watch);
}

void device_changed(struct devices *d, struct device *device, uint64_t columns)
{
	row_change(devices_table_of(d, device), &device->row, columns);
}

void device_identified(struct devices *d, struct device *device, uint64_t columns)
{
	row_change(devices_identities_of(d, device), &device->identity, columns);
}

static void forget_successors(const struct devices *d, const struct device *gone)
{
	for (struct device *device = NULL; (device = devices_next(d, device));)
		if (device->successor == gone)
			device->successor = NULL;
}

static void merge(struct devices *d, const struct device *from, struct device *successor)
{
	device_count(d, successor, &from->traffic, false, from->active);
	successor->total += from->total;
	successor->unseen += from->unseen;
	device_changed(d, successor, COLUMN(DEVICE_TOTAL) | COLUMN(DEVICE_UNSEEN));
	if (from->has_looked_up)
		device_looked_up(d, successor, from->looked_up);
	if (from->hidden_dns > successor->hidden_dns)
		device_hides(d, successor, from->hidden_dns);
	if (from->clear_dns > successor->clear_dns)
		device_asks_elsewhere(d, successor, from->clear_dns);
}

static struct device *device_free(struct devices *d, struct device *device)
{
	if (d->leaves)
		d->leaves(d->leaves_data, device);
	while (device->addresses)
		device_address_free(d, device->addresses);
	if (device->has_mac)
		map_take(&d->by_mac, &device->node);
	if (d->self == device)
		d->self = NULL;
	row_remove(devices_identities_of(d, device), &device->identity);
	row_remove(devices_table_of(d, device), &device->row);
	forget_successors(d, device);
	if (device->successor)
		merge(d, device, device->successor);
	free(device);
	return NULL;
}

static void free_list(struct devices *d, struct chain *head)
{
	while (!chain_is_empty(head))
		device_free(d, DEVICE_OF(row_of(head->next)));
}

void devices_done(struct devices *d)
{
	row_table_unfollow(&d->table);
	row_table_unfollow(&d->identities);
	row_table_unfollow(&d->addresses);
	free_list(d, &d->table.clean);
	free_list(d, &d->apart.clean);
	map_done(&d->by_mac);
	map_done(&d->by_address);
	refused_done(&d->refused);
}

static bool is_idle(const struct device *device)
{
	return !device->conversations && !device->self && !device_has_neighbour(device);
}

/* Neither talked (what it moved may not have been counted) nor asked for a name. */
static bool is_silent(const struct device *device)
{
	return !device->conversations && !device->self && !device->had_traffic && !device->total &&
	       !device->has_looked_up;
}

/* Nothing but its traffic speaks for it: its address may be made up. */
static bool is_unconfirmed(const struct device *device)
{
	return !device->has_mac && !device->self && !device->has_looked_up && !device->host_name[0] &&
	       !device_has_neighbour(device);
}

static bool is_idle_unconfirmed(const struct device *device)
{
	return is_idle(device) && is_unconfirmed(device);
}

static struct device *find_oldest(const struct devices *d, bool (*is)(const struct device *device))
{
	struct device *oldest = NULL;

	for (struct device *device = NULL; (device = devices_next(d, device));)
		if (is(device) && (!oldest || device->active < oldest->active))
			oldest = device;
	return oldest;
}

static uint32_t count_unconfirmed(const struct devices *d)
{
	uint32_t n = 0;

	for (struct device *device = NULL; (device = devices_next(d, device));)
		n += is_unconfirmed(device);
	return n;
}

bool devices_have_room(const struct devices *d)
{
	return devices_count(d) < d->max || find_oldest(d, is_idle) || find_oldest(d, is_silent);
}

/* talks: for a device that talks, so that one that is merely there may go. */
static int make_room(struct devices *d, bool talks)
{
	struct device *oldest;

	if (devices_count(d) < d->max)
		return 0;
	oldest = find_oldest(d, is_idle);
	if (!oldest && talks)
		oldest = find_oldest(d, is_silent);
	if (!oldest)
		return -ENOSPC;
	device_free(d, oldest);
	return 0;
}

static struct device *make(struct devices *d, const uint8_t mac[6], const struct address *a, bool talks,
			   int64_t now)
{
	struct device *device;

	if (make_room(d, talks) < 0 || map_reserve(&d->by_mac) < 0)
		return NULL;
	device = calloc(1, sizeof(*device));
	if (!device)
		return NULL;
	device->seen = device->active = now;
	chain_init(&device->lookups);
	chain_init(&device->answers);
	chain_init(&device->ended);
	chain_init(&device->sums);
	/* Before anybody can see its row. */
	if (mac || a)
		device->wish = devices_wish(d, mac, a);
	row_add(devices_table_of(d, device), &device->row);
	row_add_to(devices_identities_of(d, device), &device->identity, &device->row);
	if (mac)
		device_set_mac(d, device, mac);
	return device;
}

struct device *device_new(struct devices *d, const uint8_t mac[6], const struct address *a, int64_t now)
{
	struct device *device = make(d, mac, a, false, now);

	if (!device && mac)
		refused_note(&d->refused, map_hash(mac, 6));
	return device;
}

/* A device that is known by its traffic alone. */
static struct device *new_by_traffic(struct devices *d, const struct address *a, int64_t now)
{
	uint32_t most = d->max - d->max / 4;
	struct device *device = NULL, *idle = NULL;
	bool many = devices_count(d) >= most && count_unconfirmed(d) >= most;

	if (many)
		idle = find_oldest(d, is_idle_unconfirmed);
	if (idle)
		device_free(d, idle);
	if (!many || idle)
		device = make(d, NULL, a, true, now);

	if (!device)
		refused_note(&d->refused, map_hash(a->bytes, sizeof(a->bytes)));
	return device;
}

/* What was wished for at its address goes on, unless something else was by its MAC. */
static bool is_wish_due(enum wish by_mac, enum wish now)
{
	bool goes_on = now == WISH_HIDDEN || now == WISH_LEFT_OUT;

	return by_mac != now && !(goes_on && (by_mac == WISH_SHOWN || !wish_is_chosen(by_mac)));
}

void device_set_mac(struct devices *d, struct device *device, const uint8_t mac[6])
{
	/* Fails only for the first item of all: device_new has reserved room. */
	if (map_reserve(&d->by_mac) < 0)
		return;
	memcpy(device->mac, mac, 6);
	device->has_mac = true;
	map_put(&d->by_mac, &device->node, map_hash(mac, 6));
	device->wish_due = !device->self && is_wish_due(devices_wish(d, mac, NULL), device->wish);
	d->wishes_due |= device->wish_due;
	if (device->wish_due)
		return;
	device_identified(d, device, COLUMN(IDENTITY_MAC) | COLUMN(IDENTITY_MAC_KIND));
	if (d->namer)
		d->namer(d->namer_data, d, device);
}

struct device *devices_find_mac(const struct devices *d, const uint8_t mac[6])
{
	for (struct map_node *n = map_find(&d->by_mac, map_hash(mac, 6)); n; n = map_find_next(n)) {
		struct device *device = CONTAINER_OF(n, struct device, node);

		if (!memcmp(device->mac, mac, 6))
			return device;
	}
	return NULL;
}

struct device *devices_find_id(const struct devices *d, uint32_t id)
{
	ROW_TABLE_FOR_EACH(r, &d->table)
	if (r->id == id)
		return DEVICE_OF(r);
	return NULL;
}

struct device *device_get_self(struct devices *d, int64_t now)
{
	if (!d->self) {
		d->self = make(d, NULL, NULL, true, now);
		if (d->self)
			d->self->self = true;
	}
	return d->self;
}

struct device *devices_get(struct devices *d, const struct address *a, bool self, int64_t now)
{
	struct device_address *known = devices_find_address(d, a);
	struct device *device;

	if (known && known->device->self == self)
		return known->device;
	device = self ? device_get_self(d, now) : new_by_traffic(d, a, now);
	if (!device)
		return NULL;
	/* Making room may have freed what was known. */
	known = devices_find_address(d, a);
	if (known)
		device_address_move(d, known, device);
	else if (!device_address_new(d, a, device))
		return device->addresses ? device : device_free(d, device);
	/* The name of a device without MAC comes from its address. */
	if (d->namer && !device->alias[0])
		d->namer(d->namer_data, d, device);
	return device;
}

void devices_set_self_mac(struct devices *d, const uint8_t mac[6])
{
	if (d->self && !d->self->has_mac && !devices_find_mac(d, mac))
		device_set_mac(d, d->self, mac);
}

static struct device *find_finished(const struct devices *d)
{
	for (struct device *device = NULL; (device = devices_next(d, device));) {
		if (d->without_self && device->self && !device->conversations)
			return device;
		if (is_idle(device) && (is_silent(device) || (!device->has_mac && !device->addresses)))
			return device;
	}
	return NULL;
}

void devices_sweep(struct devices *d)
{
	struct device *finished;

	/* From the start each time: giving a successor its traffic moves its row. */
	while ((finished = find_finished(d)))
		device_free(d, finished);
}

void device_looked_up(struct devices *d, struct device *device, int64_t when)
{
	if (device->has_looked_up && device->looked_up >= when)
		return;
	device->has_looked_up = true;
	device->looked_up = when;
	device_changed(d, device, COLUMN(DEVICE_LOOKED_UP));
}

static void note_dns(struct devices *d, struct device *device, int64_t *at, enum device_column column,
		     int64_t now)
{
	if (*at && now < *at + DNS_EVERY)
		return;
	*at = now ? now : 1;
	device_changed(d, device, COLUMN(column));
}

void device_hides(struct devices *d, struct device *device, int64_t now)
{
	note_dns(d, device, &device->hidden_dns, DEVICE_HIDDEN_DNS, now);
}

void device_asks_elsewhere(struct devices *d, struct device *device, int64_t now)
{
	note_dns(d, device, &device->clear_dns, DEVICE_CLEAR_DNS, now);
}

void device_count_unseen(struct devices *d, struct device *device, int by)
{
	device->unseen += (uint32_t)by;
	device_changed(d, device, COLUMN(DEVICE_UNSEEN));
}

void device_count_total(struct devices *d, struct device *device, int by)
{
	device->total += (uint32_t)by;
	device_changed(d, device, COLUMN(DEVICE_TOTAL));
}

void device_count(struct devices *d, struct device *device, const struct traffic *t, bool subtract,
		  int64_t active)
{
	if (subtract)
		traffic_subtract(&device->traffic, t);
	else
		traffic_add(&device->traffic, t);
	/* Until then it was as old as its first mention. */
	if (!device->had_traffic || active > device->active)
		device->active = active;
	device->had_traffic = true;
	device_changed(d, device, traffic_moved(t) << DEVICE_UP_BYTES);
}
