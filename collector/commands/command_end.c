/* SPDX-License-Identifier: MIT */
#include "connections_end.h"

enum command_fault command_end(struct commands *c, struct command_call *call, struct result *r)
{
	struct conversation *conversation;
	enum command_fault fault = commands_take_conversation(c, call, &conversation);

	if (fault || call->more)
		return fault ? fault : COMMAND_FAULT_NOT_UNDERSTOOD;
	return connections_end(c, conversation->device, conversation, r);
}
