/* SPDX-License-Identifier: MIT */
#include "commands.h"

enum command_fault command_leave_out(struct commands *c, struct command_call *call, struct result *r)
{
	return commands_wish(c, call, WISH_LEFT_OUT, "had a device left out", r);
}
