/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>
#include <string.h>

enum command_fault command_wall(struct commands *c, struct command_call *call, struct result *r)
{
	char view[ROOM_VIEW_MAX];

	if (!text_copy(view, sizeof(view), call->rest.at, call->rest.length) || !room_is_view(view))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!strcmp(view, "turns")) {
		room_show(&c->model->room, "");
		snprintf(r->did, sizeof(r->did), "let the wall show all views in turn");
	} else {
		room_show(&c->model->room, view);
		snprintf(r->did, sizeof(r->did), "let the wall show the view %s", view);
	}
	return COMMAND_FAULT_NONE;
}
