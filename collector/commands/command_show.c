/* SPDX-License-Identifier: MIT */
#include "commands.h"

enum command_fault command_show(struct commands *c, struct command_call *call, struct result *r)
{
	return commands_wish(c, call, WISH_SHOWN, "had a device seen as it is again", r);
}
