/* SPDX-License-Identifier: MIT */
#include "commands.h"

#define ADDRESSES_MOST 8 /* the newest */

static void tell_addresses(const struct device *device, struct result *r)
{
	const struct device_address *a = device->addresses;
	char text[ADDRESS_TEXT_MAX];

	result_list(r, "addresses");
	for (size_t i = 0; a && i < ADDRESSES_MOST; i++, a = a->next)
		result_item(r, address_format(&a->address, text));
	result_list_end(r);
}

/* All that this viewer may do here. */
static void tell_may(const struct commands *c, enum role role, struct result *r)
{
	result_list(r, "may");
	for (int i = 0; i < COMMANDS; i++)
		if (commands_allow(c, (enum command)i) && command_rows[i].may[role] != COMMAND_MAY_NO)
			result_item(r, command_rows[i].verb);
	result_list_end(r);
}

enum command_fault command_me(struct commands *c, struct command_call *call, struct result *r)
{
	const struct device *device = call->own;
	char mac[MAC_TEXT_MAX];

	if (!device)
		return COMMAND_FAULT_NO_DEVICE;
	result_number(r, "device", device->row.id);
	result_text(r, "alias", device->alias);
	result_flag(r, "named", device->named);
	result_text(r, "host_name", device->host_name[0] ? device->host_name : NULL);
	result_text(r, "vendor", device->vendor[0] ? device->vendor : NULL);
	result_text(r, "mac", device->has_mac ? mac_format(device->mac, mac) : NULL);
	tell_addresses(device, r);
	tell_may(c, call->message->role, r);
	return COMMAND_FAULT_NONE;
}
