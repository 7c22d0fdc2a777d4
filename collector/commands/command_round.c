/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>

enum command_fault command_round(struct commands *c, struct command_call *call, struct result *r)
{
	char label[ROOM_LABEL_MAX];
	struct text word = text_take_until(&call->rest, ' ');
	uint64_t seconds;
	enum command_fault fault;

	if (!text_take_number(&word, ROOM_TIMER_MAX / 1000, &seconds) || word.length)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	fault = commands_take_text(call, label, sizeof(label));
	if (fault)
		return fault;
	room_begin_round(&c->model->room, label, model_now(c->model), seconds * 1000);
	if (seconds)
		snprintf(r->did, sizeof(r->did), "began the round \"%s\" of %" PRIu64 " s", label, seconds);
	else
		snprintf(r->did, sizeof(r->did), "began the round \"%s\"", label);
	return COMMAND_FAULT_NONE;
}
