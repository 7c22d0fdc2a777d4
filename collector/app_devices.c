/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "app_state.h"
#include "given_name.h"
#include "log.h"
#include "util.h"

static void set_vendor(const struct app *app, struct devices *d, struct device *device)
{
	const char *vendor = device->has_mac ? vendors_of(app->vendors, device->mac) : NULL;

	device_set_vendor(d, device, vendor ? vendor : "");
}

void app_devices_name(void *data, struct devices *d, struct device *device)
{
	struct app *app = data;

	app->new_device = true;
	set_vendor(app, d, device);
	alias_store_name(app->aliases, d, device);
}

static void on_lease(void *data, const struct lease *lease)
{
	struct app *app = data;

	app->reclassify |= devices_lease(&app->model->devices, &lease->address,
					 lease->has_mac ? lease->mac : NULL, lease->host_name);
}

static void on_leases(void *data, const struct source *source, const char *path)
{
	(void)data;
	if (source->detail[0])
		log_warning("%s", source->detail);
	else
		log_info("Reading the leases in %s.", path);
}

static void on_vendors(void *data, const struct source *source, const char *path)
{
	(void)data;
	if (source->detail[0])
		log_warning("%s", source->detail);
	else
		log_info("Read the makers of devices from %s.", path);
}

static void set_vendors(struct app *app, struct row *head)
{
	struct row *next;

	for (struct row *row = head->next; row != head; row = next) {
		next = row->next;
		set_vendor(app, &app->model->devices, DEVICE_OF(row));
	}
}

static void on_vendors_changed(void *data)
{
	struct app *app = data;

	/* Those with news first: the others move to that list when they change. */
	set_vendors(app, &app->model->devices.table.news);
	set_vendors(app, &app->model->devices.table.settled);
}

static void on_aliases(void *data, const struct source *source, const char *path)
{
	(void)data;
	if (source->detail[0])
		log_warning("%s", source->detail);
	else
		log_info("The names of devices are kept in %s.", path);
}

int app_devices_make(struct app *app)
{
	const struct settings *s = &app->settings;
	struct row_table *sources = &app->model->sources;
	int r = alias_store_new(&app->aliases, s->site, s->state_folder, sources, on_aliases, app);

	if (r >= 0)
		r = vendors_new(&app->vendors, app->event, sources, s->vendors, on_vendors,
				on_vendors_changed, app);

	if (r >= 0)
		r = leases_new(&app->leases, app->event, sources, s->leases, on_lease, on_leases, app);
	if (r == -EINVAL)
		log_error("The option devices.leases takes at most %d absolute paths.", LEASES_FILES_MAX);
	return r;
}

void app_devices_free(struct app *app)
{
	leases_free(app->leases);
	alias_store_free(app->aliases);
	vendors_free(app->vendors);
}

void app_devices_tick(struct app *app)
{
	bool again = app->new_device;

	app->new_device = false;
	vendors_check(app->vendors);
	leases_check(app->leases, again);
	alias_store_check(app->aliases, &app->model->devices);
	if (app->reclassify)
		app_home_reclassify(app);
}

const char *app_devices_command(void *data, const struct command *command)
{
	struct app *app = data;
	struct devices *d = &app->model->devices;
	struct device *device = devices_find_id(d, command->device);
	char name[DEVICE_ALIAS_MAX];
	const char *wrong;

	if (!device)
		return "This device is not here any more.";
	if (!command->has_alias) {
		alias_store_give(app->aliases, d, device, NULL);
		log_info("A device has its own name %s back.", device->alias);
		return NULL;
	}
	wrong = given_name_check(name, d, device, command->alias);
	if (wrong)
		return wrong;
	log_info("The device %s is called %s from now on.", device->alias, name);
	alias_store_give(app->aliases, d, device, name);
	return NULL;
}
