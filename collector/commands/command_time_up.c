/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

enum command_fault command_time_up(struct commands *c, struct command_call *call, struct result *r)
{
	struct room *room = &c->model->room;
	int64_t now = model_now(c->model);

	(void)call;
	if (room->label[0] && !room_is_time_up(room, now))
		snprintf(r->did, sizeof(r->did), "let the time of the round \"%s\" be over", room->label);
	room_time_up(room, now);
	return COMMAND_FAULT_NONE;
}
