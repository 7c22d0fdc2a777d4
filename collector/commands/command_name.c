/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "given_name.h"

enum command_fault command_name(struct commands *c, struct command_call *call, struct result *r)
{
	char wish[COMMAND_BYTES_MAX + 1] = "", name[DEVICE_ALIAS_MAX], before[DEVICE_ALIAS_MAX];
	struct device *device;
	enum command_fault fault = commands_take_device(c, call, &device);

	if (!fault && wish_is_out(device->wish))
		fault = COMMAND_FAULT_LEFT_OUT;
	if (!fault && call->more) {
		memcpy(wish, call->rest.at, call->rest.length);
		fault = given_name_check(name, c->devices, device, wish);
	}
	if (!fault && c->model->room.names_locked && !commands_lead(call))
		fault = COMMAND_FAULT_NAMES_LOCKED;
	if (fault)
		return fault;
	memcpy(before, device->alias, sizeof(before));
	alias_store_give(c->aliases, c->devices, device, call->more ? name : NULL);
	if (call->more)
		snprintf(r->did, sizeof(r->did), "gave the device %s the name \"%s\"", before, device->alias);
	else
		snprintf(r->did, sizeof(r->did), "gave the device \"%s\" its own name %s back", before,
			 device->alias);
	result_number(r, "device", device->row.id);
	result_text(r, "alias", device->alias);
	return COMMAND_FAULT_NONE;
}
