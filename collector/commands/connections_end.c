/* SPDX-License-Identifier: MIT */
#include "connections_end.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "util.h"

/* Of both families. */
#define AT_ONCE (2 * ENDING_MAX)

/* In a second, for all that ask: each looks at the whole table. More are refused until the next. */
#define MOST_US 200000

struct chosen {
	const struct ct_connection **at;
	size_t n, all; /* all: also those for which there is no room */
};

static bool is_chosen(const struct commands *c, const struct ct_connection *connection,
		      const struct device *device, const struct conversation *only)
{
	const struct conversation *of = model_conversation_of(c->model, connection);

	if (!of || of->device != device || model_phase_of(connection) == PHASE_CLOSING)
		return false;
	return only ? of == only : !home_is_own(&c->model->home, &of->remote->address);
}

static void choose(const struct commands *c, const struct device *device, const struct conversation *only,
		   struct chosen *ret)
{
	for (uint32_t p = 1; p <= ct_table_positions(c->table); p++) {
		const struct ct_connection *connection = ct_table_at(c->table, p);

		if (!connection || !is_chosen(c, connection, device, only))
			continue;
		if (ret->n < AT_ONCE)
			ret->at[ret->n++] = connection;
		ret->all++;
	}
}

static void say(const struct device *device, const struct conversation *only,
		const struct ending_result *done, size_t left, struct result *r)
{
	char with[ADDRESS_TEXT_MAX] = "", also[128] = "";

	result_number(r, "device", device->row.id);
	result_text(r, "alias", device->alias);
	result_number(r, "ended", done->ended);
	result_number(r, "gone", done->gone);
	result_number(r, "kept", done->kept);
	result_number(r, "left", left);
	if (!done->ended && !done->gone && !done->kept && !left)
		return;
	if (only)
		address_format(&only->remote->address, with);
	if (done->gone || done->kept || left)
		snprintf(also, sizeof(also), " (%zu had gone, %zu could not be deleted, %zu are left)",
			 done->gone, done->kept, left);
	snprintf(r->did, sizeof(r->did), "ended %zu connection%s of %s%s%s%s", done->ended,
		 done->ended == 1 ? "" : "s", device->alias, only ? " with " : "", with, also);
}

enum command_fault connections_end(struct commands *c, const struct device *device,
				   const struct conversation *only, struct result *r)
{
	struct chosen chosen = {};
	struct ending_result done = {};
	uint64_t began = clock_us();
	size_t tried;
	int error = 0;

	if (c->ending_us >= MOST_US)
		return COMMAND_FAULT_BUSY;
	chosen.at = malloc(AT_ONCE * sizeof(*chosen.at));
	if (!chosen.at)
		return COMMAND_FAULT_END_FAILED;
	choose(c, device, only, &chosen);
	if (chosen.n)
		error = ending_end(c->ending, chosen.at, chosen.n, &done);
	free(chosen.at);
	c->ending_us += clock_us() - began;
	tried = done.ended + done.gone + done.kept;
	if (error < 0 && !tried)
		return ending_why(error);
	say(device, only, &done, chosen.all - tried, r);
	return COMMAND_FAULT_NONE;
}
