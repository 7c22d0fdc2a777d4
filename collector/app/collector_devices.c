/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>

#include "collector_private.h"
#include "log.h"

static void set_vendor(const struct collector *collector, struct devices *d, struct device *device)
{
	const char *vendor = device->has_mac ? vendors_of(collector->vendors, device->mac) : NULL;

	device_set_vendor(d, device, vendor ? vendor : "");
}

void collector_devices_name(void *data, struct devices *d, struct device *device)
{
	struct collector *collector = data;

	collector->new_device = true;
	set_vendor(collector, d, device);
	alias_store_name(collector->aliases, d, device);
	if (device->wish != WISH_SHOWN)
		return;
	log_debug("The device %" PRIu32 " (%s) is called %s.", device->row.id,
		  device->has_mac ? "by its MAC" : "by its address", device->alias);
}

static void on_lease(void *data, const struct lease *lease)
{
	struct collector *collector = data;

	collector->turns.part = PART_FILES;
	if (devices_lease(&collector->model->devices, &lease->address, lease->has_mac ? lease->mac : NULL,
			  lease->host_name))
		collector_refresh(collector, MODEL_CONNECTIONS);
	collector_wishes_settle(collector);
}

static void set_vendors(struct collector *collector, struct chain *head)
{
	CHAIN_FOR_EACH(link, head)
		set_vendor(collector, &collector->model->devices, DEVICE_OF(row_of(link)));
}

static void on_vendors_changed(void *data)
{
	struct collector *collector = data;

	collector->turns.part = PART_FILES;
	/* Dirty rows first: the others move to that list when they change. */
	set_vendors(collector, &collector->model->devices.table.dirty);
	set_vendors(collector, &collector->model->devices.table.clean);
	collector_wishes_settle(collector);
}

void collector_devices_change(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	bool is_room = o->privacy == ROOM_PRIVACY_ROOM;
	const struct alias_style style = {
	    .pairs = o->device_names == DEVICE_NAMES_AUTO ? is_room : o->device_names == DEVICE_NAMES_PAIRS,
	    .language = (enum alias_language)o->language,
	};

	alias_store_set_style(collector->aliases, &style);
}

int collector_devices_make(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	struct row_table *sources = &collector->model->sources;
	int r = alias_store_new(&collector->aliases, collector->writer, o->site, o->state_folder, sources,
				collector_report_file, collector);

	if (r >= 0) {
		collector_devices_change(collector);
		collector_wishes_make(collector);
	}
	if (r >= 0)
		r = vendors_new(&collector->vendors, collector->event, collector->reader, sources, o->vendors,
				collector_report_file, on_vendors_changed, collector);
	if (r >= 0)
		r = leases_new(&collector->leases, collector->event, collector->reader, sources, &o->leases,
			       on_lease, collector_report_file, collector);
	return r;
}

void collector_devices_free(struct collector *collector)
{
	leases_free(collector->leases);
	alias_store_free(collector->aliases);
	vendors_free(collector->vendors);
}

void collector_devices_tick(struct collector *collector)
{
	bool again = collector->new_device;

	collector->new_device = false;
	vendors_check(collector->vendors);
	leases_check(collector->leases, again);
	alias_store_name_things(collector->aliases, &collector->model->devices);
	alias_store_check(collector->aliases, &collector->model->devices);
}
