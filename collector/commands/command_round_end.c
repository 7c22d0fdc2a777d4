/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_round_end(struct commands *c, struct command_call *call, struct result *r)
{
	struct room *room = &c->model->room;

	(void)call;
	if (room->label[0])
		snprintf(r->did, sizeof(r->did), "ended the round \"%s\"", room->label);
	room_end_round(room);
	return COMMAND_FAULT_NONE;
}
