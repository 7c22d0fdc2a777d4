/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_release(struct commands *c, struct command_call *call, struct result *r)
{
	(void)call;
	room_release(&c->model->room);
	snprintf(r->did, sizeof(r->did), "let the wall go on");
	return COMMAND_FAULT_NONE;
}
