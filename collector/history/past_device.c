/* SPDX-License-Identifier: MIT */
#include "past_device.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

void past_devices_init(struct past_devices *p, struct row_watch *watch, uint32_t max)
{
	*p = (struct past_devices){.max = max};
	row_table_init(&p->table, watch);
}

void past_devices_done(struct past_devices *p)
{
	row_table_unfollow(&p->table);
}

/* It has gone, and was this one. */
static bool was(const struct past_device *past, const struct device *device)
{
	if (past->device)
		return false;
	if (device->has_mac || past->has_mac)
		return device->has_mac && past->has_mac &&
		       !memcmp(device->mac, past->mac, sizeof(device->mac));
	return past->has_address && device->addresses &&
	       address_equal(&past->address, &device->addresses->address);
}

struct past_device *past_devices_find(const struct past_devices *p, const struct device *device)
{
	if (device->past)
		return device->past;
	ROW_TABLE_FOR_EACH(r, &p->table)
	if (was(PAST_DEVICE_OF(r), device))
		return PAST_DEVICE_OF(r);
	return NULL;
}

static struct past_device *make(struct past_devices *p)
{
	struct past_device *new = p->table.count < p->max ? calloc(1, sizeof(*new)) : NULL;

	if (new)
		row_add(&p->table, &new->row);
	return new;
}

static void take_over(struct past_devices *p, struct past_device *past, const struct device *device)
{
	uint64_t columns = 0;

	past->has_mac = device->has_mac;
	memcpy(past->mac, device->mac, sizeof(past->mac));
	past->has_address = device->addresses;
	if (device->addresses)
		past->address = device->addresses->address;
	if (past->device != device->row.id)
		columns |= COLUMN(PAST_DEVICE_DEVICE);
	if (strcmp(past->alias, device->alias))
		columns |= COLUMN(PAST_DEVICE_ALIAS);
	if (!columns)
		return;
	past->device = device->row.id;
	memcpy(past->alias, device->alias, sizeof(past->alias));
	row_change(&p->table, &past->row, columns);
}

struct past_device *past_devices_take(struct past_devices *p, struct device *device)
{
	struct past_device *past = past_devices_find(p, device);

	if (!past)
		past = make(p);
	if (!past)
		return NULL;
	device->past = past;
	past->here = device;
	take_over(p, past, device);
	return past_device_share(past);
}

void past_devices_leave(struct past_devices *p, struct device *device)
{
	struct past_device *past = device->past;

	if (!past)
		return;
	device->past = NULL;
	past->here = NULL;
	past->device = 0;
	row_change(&p->table, &past->row, COLUMN(PAST_DEVICE_DEVICE));
}

static bool is_same(const struct past_device *a, const struct past_device *b)
{
	if (a->has_mac || b->has_mac)
		return a->has_mac && b->has_mac && !memcmp(a->mac, b->mac, sizeof(a->mac));
	return a->has_address && b->has_address && address_equal(&a->address, &b->address);
}

struct past_device *past_devices_restore(struct past_devices *p, const struct past_device *facts)
{
	struct past_device *past = NULL;

	ROW_TABLE_FOR_EACH(r, &p->table)
	if (is_same(PAST_DEVICE_OF(r), facts))
		past = PAST_DEVICE_OF(r);
	if (!past)
		past = make(p);
	if (!past)
		return NULL;
	past->has_mac = facts->has_mac;
	past->has_address = facts->has_address;
	memcpy(past->mac, facts->mac, sizeof(past->mac));
	past->address = facts->address;
	memcpy(past->alias, facts->alias, sizeof(past->alias));
	return past_device_share(past);
}

struct past_device *past_device_share(struct past_device *device)
{
	if (device)
		device->references++;
	return device;
}

void past_devices_drop(struct past_devices *p, struct past_device *device)
{
	if (!device || --device->references)
		return;
	if (device->here)
		device->here->past = NULL;
	row_remove(&p->table, &device->row);
	free(device);
}
