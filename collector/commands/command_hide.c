/* SPDX-License-Identifier: MIT */
#include "commands.h"

enum command_fault command_hide(struct commands *c, struct command_call *call, struct result *r)
{
	return commands_wish(c, call, WISH_HIDDEN, "had a device seen by a made-up name only", r);
}
