/* SPDX-License-Identifier: MIT */
#include "commands.h"

#define ADDRESSES_MOST 8 /* the newest */

/* a: the first, or NULL. */
static void tell_addresses(const struct device_address *a, struct result *r)
{
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

/* What a wish hangs on. A MAC that the device makes up itself (IEEE 802: locally administered) may be another one
 * tomorrow, and the wish ends with it. */
static const char *kept_by(const struct commands *c, const struct device *device)
{
	if (!alias_store_keeps(c->aliases))
		return "run";
	if (!device->has_mac)
		return "address";
	return device->mac[0] & 2 ? "random-mac" : "mac";
}

enum command_fault command_me(struct commands *c, struct command_call *call, struct result *r)
{
	const struct device *device = call->own;
	char mac[MAC_TEXT_MAX];
	bool told = device && !wish_is_out(device->wish);

	if (!device)
		return COMMAND_FAULT_NO_DEVICE;
	commands_tell_device(device, r);
	if (commands_has_choice(c, device))
		result_flag(r, "chosen", !alias_store_asks(c->aliases, device));
	else
		result_null(r, "chosen");
	result_text(r, "kept_by", kept_by(c, device));
	result_flag(r, "named", device->named);
	result_text(r, "host_name", told && device->host_name[0] ? device->host_name : NULL);
	result_text(r, "vendor", told && device->vendor[0] ? device->vendor : NULL);
	result_text(r, "mac", told && device->has_mac ? mac_format(device->mac, mac) : NULL);
	tell_addresses(told ? device->addresses : NULL, r);
	tell_may(c, call->message->role, r);
	return COMMAND_FAULT_NONE;
}
