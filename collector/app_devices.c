/* SPDX-License-Identifier: MIT */
#include "alias.h"
#include "app_state.h"
#include "given_name.h"
#include "log.h"
#include "util.h"

void app_devices_name(void *data, struct devices *d, struct device *device)
{
	struct app *app = data;

	alias_assign(app->settings.site, d, device);
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
		device_set_named(d, device, false);
		app_devices_name(app, d, device);
		log_info("A device has its own name %s back.", device->alias);
		return NULL;
	}
	wrong = given_name_check(name, d, device, command->alias);
	if (wrong)
		return wrong;
	log_info("The device %s is called %s from now on.", device->alias, name);
	device_set_named(d, device, true);
	device_set_alias(d, device, name);
	return NULL;
}
