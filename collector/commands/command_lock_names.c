/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_lock_names(struct commands *c, struct command_call *call, struct result *r)
{
	(void)call;
	room_lock_names(&c->model->room, true);
	snprintf(r->did, sizeof(r->did), "locked names");
	return COMMAND_FAULT_NONE;
}
