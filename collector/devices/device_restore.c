/* SPDX-License-Identifier: MIT */
#include "device_address.h"

struct device *devices_restore(struct devices *d, const uint8_t mac[6], bool self, int64_t seen)
{
	struct device *device = self ? device_get_self(d, seen) : mac ? devices_find_mac(d, mac) : NULL;

	if (!device)
		device = device_new(d, mac, NULL, seen);
	if (!device)
		return NULL;
	if (self && mac)
		devices_set_self_mac(d, mac);
	return device;
}

void devices_restore_address(struct devices *d, struct device *device, const struct address *a)
{
	struct device_address *restored =
	    devices_find_address(d, a) ? NULL : device_address_new(d, a, device);

	if (!restored)
		return;
	restored->restored = true;
	/* Only now is it known who it is, and how they want it. */
	if (!device->self && !device->has_mac && !restored->next && devices_wish_at(d, a) != device->wish) {
		device->wish_due = d->wishes_due = true;
		return;
	}
	/* The name of a device without MAC comes from its address. */
	if (d->namer && !device->alias[0])
		d->namer(d->namer_data, d, device);
}
