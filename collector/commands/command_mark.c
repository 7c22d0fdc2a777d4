/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_mark(struct commands *c, struct command_call *call, struct result *r)
{
	char text[ROOM_MARK_MAX];
	enum command_fault fault = commands_take_text(call, text, sizeof(text));

	if (fault)
		return fault;
	room_mark(&c->model->room, text, model_now(c->model));
	snprintf(r->did, sizeof(r->did), "set the mark \"%s\"", text);
	return COMMAND_FAULT_NONE;
}
