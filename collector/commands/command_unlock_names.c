/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_unlock_names(struct commands *c, struct command_call *call, struct result *r)
{
	(void)call;
	room_lock_names(&c->model->room, false);
	snprintf(r->did, sizeof(r->did), "unlocked names");
	return COMMAND_FAULT_NONE;
}
