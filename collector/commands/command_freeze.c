/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_freeze(struct commands *c, struct command_call *call, struct result *r)
{
	(void)call;
	room_freeze(&c->model->room, model_now(c->model));
	snprintf(r->did, sizeof(r->did), "froze the wall");
	return COMMAND_FAULT_NONE;
}
