/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

static void on_flushed(void *data, int error)
{
	struct commands *c = data;
	struct result r = {};

	if (error == 0) {
		result_number(&r, "entries", c->flushed);
		snprintf(r.did, sizeof(r.did), "deleted all entries of the connection table, some %zu",
			 c->flushed);
	}
	commands_finish(c, &c->flush, ending_why(error), &r);
}

enum command_fault command_flush(struct commands *c, struct command_call *call, struct result *r)
{
	int error = ending_flush(c->ending, on_flushed, c);

	(void)r;
	if (error < 0)
		return ending_why(error);
	c->flush = *call->message;
	c->flush.arguments = (struct text){};
	c->flushed = ct_table_count(c->table);
	call->later = true;
	return COMMAND_FAULT_NONE;
}
