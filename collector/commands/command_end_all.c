/* SPDX-License-Identifier: MIT */
#include "connections_end.h"

enum command_fault command_end_all(struct commands *c, struct command_call *call, struct result *r)
{
	struct device *device;
	enum command_fault fault = commands_take_device(c, call, &device);

	if (fault || call->more)
		return fault ? fault : COMMAND_FAULT_NOT_UNDERSTOOD;
	if (wish_is_out(device->wish))
		return COMMAND_FAULT_LEFT_OUT;
	return connections_end(c, device, NULL, r);
}
