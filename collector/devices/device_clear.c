/* SPDX-License-Identifier: MIT */
#include "device.h"
#include "device_address.h"
#include "util.h"

static void clear(struct devices *d, struct device *device)
{
	device->traffic = (struct traffic){};
	device->total = device->unseen = 0;
	device->had_traffic = false;
	/* Who is here is still known to ask for names here. */
	if (!device->conversations && !device_has_neighbour(device))
		device->has_looked_up = false;
	/* Counters go back, and none of them moved because of that. */
	row_change(&d->table, &device->row,
		   DEVICE_COUNTERS | COLUMN(DEVICE_ACTIVE) | COLUMN(DEVICE_LOOKED_UP));
}

void devices_clear(struct devices *d)
{
	ROW_TABLE_FOR_EACH_TO_CHANGE(r, &d->table)
	clear(d, DEVICE_OF(r));
	refused_done(&d->refused);
}
