/* SPDX-License-Identifier: MIT */
/* What is kept of a vote is the count, and that the device has voted. */
#include "commands.h"

#include <stdio.h>

enum command_fault command_vote(struct commands *c, struct command_call *call, struct result *r)
{
	struct room *room = &c->model->room;
	uint32_t number, choice;

	if (!commands_take_id(call, &number) || !commands_take_id(call, &choice) || call->more)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!call->own)
		return COMMAND_FAULT_NO_DEVICE;
	/* another round may have begun since the page drew its question */
	if (!room->label[0] || room->number != number || room_is_time_up(room, model_now(c->model)))
		return COMMAND_FAULT_VOTE_OVER;
	if (choice > room->n_choices)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (device_is_many(call->own))
		return COMMAND_FAULT_MANY_BEHIND;
	if (call->own->voted == number)
		return COMMAND_FAULT_VOTE_TWICE;
	call->own->voted = number;
	room_vote(room, choice - 1);
	snprintf(r->did, sizeof(r->did), "voted");
	return COMMAND_FAULT_NONE;
}
