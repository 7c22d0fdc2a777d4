/* SPDX-License-Identifier: MIT */
#include "device_address.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

struct device_address *devices_find_address(const struct devices *d, const struct address *a)
{
	for (struct map_node *n = map_find(&d->by_address, map_hash(a->bytes, sizeof(a->bytes))); n;
	     n = map_find_next(n)) {
		struct device_address *known = CONTAINER_OF(n, struct device_address, node);

		if (address_equal(&known->address, a))
			return known;
	}
	return NULL;
}

bool device_has_neighbour(const struct device *device)
{
	for (const struct device_address *a = device->addresses; a; a = a->next)
		if (a->neighbour)
			return true;
	return false;
}

struct device *devices_holder(const struct devices *d, const struct address *a)
{
	const struct device_address *known = devices_find_address(d, a);
	struct device *device = known ? known->device : NULL;

	if (!device || device->self || !device->has_mac)
		return device;
	/* A repeater has the IPv6 addresses of all that are behind it. */
	if (device->shared && !address_is_ipv4(a))
		return NULL;
	return known->neighbour ? device : NULL;
}

static void unlink_address(struct device_address *a)
{
	struct device_address **at = &a->device->addresses;

	while (*at != a)
		at = &(*at)->next;
	*at = a->next;
	a->device->n_addresses--;
}

static void link_address(struct device_address *a, struct device *device)
{
	a->device = device;
	a->next = device->addresses;
	device->addresses = a;
	device->n_addresses++;
}

static void drop_surplus(struct devices *d, struct device *device)
{
	struct device_address *oldest = NULL, *oldest_idle = NULL;

	if (device->n_addresses <= DEVICE_ADDRESSES_MAX)
		return;
	for (struct device_address *a = device->addresses->next; a; a = a->next) {
		oldest = a;
		if (!a->neighbour)
			oldest_idle = a;
	}
	device_address_free(d, oldest_idle ? oldest_idle : oldest);
}

struct device_address *device_address_new(struct devices *d, const struct address *a, struct device *device)
{
	struct device_address *new;

	if (map_reserve(&d->by_address) < 0)
		return NULL;
	new = calloc(1, sizeof(*new));
	if (!new)
		return NULL;
	new->address = *a;
	map_put(&d->by_address, &new->node, map_hash(a->bytes, sizeof(a->bytes)));
	link_address(new, device);
	row_add(devices_addresses_of(d, device), &new->row);
	drop_surplus(d, device);
	return new;
}

void device_address_move(struct devices *d, struct device_address *a, struct device *to)
{
	struct device *from = a->device;
	struct row_table *before = devices_addresses_of(d, from), *after = devices_addresses_of(d, to);

	if (before != after)
		row_remove(before, &a->row);
	unlink_address(a);
	link_address(a, to);
	if (before != after)
		row_add(after, &a->row);
	else
		row_change(after, &a->row, COLUMN(ADDRESS_DEVICE));
	if (!from->addresses && !from->has_mac)
		from->successor = to;
	drop_surplus(d, to);
}

void device_address_free(struct devices *d, struct device_address *a)
{
	row_remove(devices_addresses_of(d, a->device), &a->row);
	unlink_address(a);
	map_take(&d->by_address, &a->node);
	free(a);
}

static unsigned count_ipv4_neighbours(const struct device *device)
{
	unsigned n = 0;

	for (const struct device_address *a = device->addresses; a; a = a->next)
		n += a->neighbour && address_is_ipv4(&a->address);
	return n;
}

/* Each IPv4 address but the oldest becomes a device of its own. False when nothing moved. */
static bool split(struct devices *d, struct device *device, int64_t now)
{
	struct device_address *next;
	unsigned left = 0;
	bool moved = false;

	device->shared = true;
	for (struct device_address *a = device->addresses; a; a = a->next)
		left += address_is_ipv4(&a->address);
	for (struct device_address *a = device->addresses; a && left > 1; a = next) {
		struct device *own;

		next = a->next;
		if (!address_is_ipv4(&a->address))
			continue;
		own = device_new(d, NULL, &a->address, now);
		if (!own)
			break;
		device_address_move(d, a, own);
		if (d->namer)
			d->namer(d->namer_data, d, own);
		left--;
		moved = true;
	}
	return moved;
}

static bool is_unnamed(const struct device *device)
{
	return !device->has_mac && !device->self && device->n_addresses == 1;
}

static void note_neighbour(const struct devices *d, struct device_address *a)
{
	a->neighbour = true;
	a->restored = false;
	a->round = d->round;
}

static struct device_address *confirm_behind_repeater(struct devices *d, struct device_address *known,
						      const struct address *a, int64_t now)
{
	if (!known && devices_get(d, a, false, now))
		known = devices_find_address(d, a);
	if (known)
		note_neighbour(d, known);
	return known;
}

bool devices_neighbour(struct devices *d, const struct address *a, const uint8_t mac[6], int64_t now)
{
	struct device *device = devices_find_mac(d, mac);
	struct device_address *known = devices_find_address(d, a);
	bool moved = false;

	if (device && device->shared && address_is_ipv4(a) && !(known && known->device == device)) {
		confirm_behind_repeater(d, known, a, now);
		return false;
	}
	if (!device && known && is_unnamed(known->device)) {
		device_set_mac(d, known->device, mac);
		device = known->device;
	}
	if (!device) {
		device = device_new(d, mac, NULL, now);
		/* Making room may have freed what was known. */
		known = devices_find_address(d, a);
	}
	if (!device)
		return false;
	if (!known)
		known = device_address_new(d, a, device);
	else if (known->device != device) {
		device_address_move(d, known, device);
		moved = true;
	}
	if (!known)
		return false;
	note_neighbour(d, known);
	if (!device->shared && count_ipv4_neighbours(device) > DEVICE_IPV4_MAX)
		moved |= split(d, device, now);
	return moved;
}

void devices_neighbour_gone(struct devices *d, const struct address *a)
{
	struct device_address *known = devices_find_address(d, a);

	if (known)
		known->neighbour = false;
}

void devices_neighbours_begin(struct devices *d)
{
	d->round++;
}

void devices_neighbours_end(struct devices *d)
{
	for (struct device *device = NULL; (device = devices_next(d, device));)
		for (struct device_address *a = device->addresses; a; a = a->next)
			if (a->round != d->round)
				a->neighbour = false;
}

static void note_lease(struct device_address *a, const uint8_t mac[6])
{
	a->leased = true;
	memcpy(a->lease, mac, 6);
}

/* Do its addresses that are there now have leases of more than one MAC? */
static bool has_several_leases(const struct device *device)
{
	const struct device_address *first = NULL;

	for (const struct device_address *a = device->addresses; a; a = a->next) {
		if (!a->leased || !a->neighbour)
			continue;
		if (first && memcmp(first->lease, a->lease, 6) != 0)
			return true;
		first = a;
	}
	return false;
}

/* Behind a repeater each address goes to the device whose lease it is. False when nothing moved. */
static bool split_by_leases(struct devices *d, struct device *device)
{
	struct device_address *next;
	bool moved = false;

	if (!device->has_mac || (!device->shared && !has_several_leases(device)))
		return false;
	device->shared = true;
	for (struct device_address *a = device->addresses; a; a = next) {
		struct device *own;

		next = a->next;
		if (!a->leased || !memcmp(a->lease, device->mac, 6))
			continue;
		own = devices_find_mac(d, a->lease);
		/* Not by making room: this very device might have to go. */
		if (!own && devices_count(d) < d->max)
			own = device_new(d, a->lease, NULL, device->active);
		if (!own)
			break;
		device_address_move(d, a, own);
		moved = true;
	}
	return moved;
}

/* The address was given to another device while nobody looked. */
static bool correct(struct devices *d, struct device_address *a, const uint8_t mac[6])
{
	struct device *right;

	if (!a->restored || !a->device->has_mac || !memcmp(a->device->mac, mac, 6))
		return false;
	right = devices_find_mac(d, mac);
	if (!right && devices_count(d) < d->max)
		right = device_new(d, mac, NULL, a->device->active);
	if (!right)
		return false;
	a->restored = false;
	device_address_move(d, a, right);
	return true;
}

bool devices_lease(struct devices *d, const struct address *a, const uint8_t mac[6], const char *host_name)
{
	struct device_address *known = devices_find_address(d, a);
	struct device *device = mac ? devices_find_mac(d, mac) : NULL;
	bool moved = false;

	if (known && mac) {
		note_lease(known, mac);
		moved = correct(d, known, mac);
		moved |= split_by_leases(d, known->device);
		device = devices_find_mac(d, mac);
	}
	if (known && !mac) {
		device = known->device;
	} else if (known && !device && is_unnamed(known->device)) {
		device_set_mac(d, known->device, mac);
		device = known->device;
	} else if (known && device && !device->shared && is_unnamed(known->device)) {
		device_address_move(d, known, device);
		moved = true;
	}
	if (device && host_name[0])
		device_set_host_name(d, device, host_name);
	return moved;
}
