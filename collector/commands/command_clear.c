/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_clear(struct commands *c, struct command_call *call, struct result *r)
{
	(void)call;
	model_clear(c->model, c->table);
	snprintf(r->did, sizeof(r->did), "began a new session");
	return COMMAND_FAULT_NONE;
}
