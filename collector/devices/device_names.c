/* SPDX-License-Identifier: MIT */
/* What a device is called, and what that says of it. */
#include <string.h>

#include "device_address.h"
#include "util.h"

/* Its host name or its maker is another one. */
static void judge(struct devices *d, struct device *device)
{
	bool sure = false;
	enum thing thing = device->self ? THING_NONE : thing_of(device->vendor, device->host_name, &sure);

	if (thing == device->thing && sure == device->thing_sure)
		return;
	device->thing_due |= thing != device->thing;
	d->things_due |= device->thing_due;
	device->thing = thing;
	device->thing_sure = sure;
	device_changed(d, device, COLUMN(DEVICE_THING) | COLUMN(DEVICE_THING_SURE));
	device_ask_unchosen(d, device);
}

/* Cut at the end of the buffer; says so to the feed when it differs. */
static bool set_text(struct devices *d, struct device *device, char *at, size_t size, const char *text,
		     enum identity_column column)
{
	if (!strncmp(at, text, size - 1))
		return false;
	snprintf(at, size, "%s", text);
	device_identified(d, device, COLUMN(column));
	return true;
}

void device_set_host_name(struct devices *d, struct device *device, const char *name)
{
	if (!set_text(d, device, device->host_name, sizeof(device->host_name), name, IDENTITY_HOST_NAME))
		return;
	d->names_due |= device->wish != WISH_SHOWN;
	judge(d, device);
}

void device_set_vendor(struct devices *d, struct device *device, const char *vendor)
{
	if (set_text(d, device, device->vendor, sizeof(device->vendor), vendor, IDENTITY_VENDOR))
		judge(d, device);
}

void device_set_alias(struct devices *d, struct device *device, const char *alias)
{
	if (!strcmp(device->alias, alias))
		return;
	snprintf(device->alias, sizeof(device->alias), "%s", alias);
	device_changed(d, device, COLUMN(DEVICE_ALIAS));
}

void device_set_named(struct devices *d, struct device *device, bool named)
{
	if (device->named == named)
		return;
	device->named = named;
	device_changed(d, device, COLUMN(DEVICE_NAMED));
}
