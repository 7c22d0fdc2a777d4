/* SPDX-License-Identifier: MIT */
/* Looks at everything again that a change concerns, a slice at a time: there may be a million connections. */
#include "model.h"

#include <inttypes.h>

#include "log.h"
#include "util.h"

#define CLOCK_EVERY 32 /* places between two looks at the clock: less than a tenth of a millisecond, mostly */

/* A slice of one pass. */
struct slice {
	struct model *model;
	struct ct_table *table;
	uint64_t until;
	int64_t now;
	model_moved moved;
	void *data;
	unsigned places; /* since the last look at the clock */
};

void model_refresh(struct model *m, unsigned parts)
{
	if (parts & MODEL_NAMES)
		pass_ask(&m->refresh.names);
	if (parts & MODEL_REMOTES)
		pass_ask(&m->refresh.remotes);
	/* What is said of them follows from the others. */
	if (parts & (MODEL_NAMES | MODEL_REMOTES))
		pass_ask(&m->refresh.conversations);
	if (parts & MODEL_CONNECTIONS)
		pass_ask(&m->refresh.connections);
}

bool model_is_refreshing(const struct model *m)
{
	return m->refresh.names.wanted || m->refresh.remotes.wanted || m->refresh.conversations.wanted ||
	       m->refresh.connections.wanted;
}

static bool is_over(struct slice *s)
{
	if (++s->places % CLOCK_EVERY)
		return false;
	return clock_us() >= s->until;
}

/* These tell whether their pass is through. */

static bool look_at_names(struct slice *s)
{
	struct model *m = s->model;
	size_t at;

	while (pass_next(&m->refresh.names, m->names.map.n_buckets, false, &at)) {
		names_describe(&m->names, at);
		if (is_over(s))
			return false;
	}
	return true;
}

static bool look_at_remotes(struct slice *s)
{
	struct model *m = s->model;
	size_t at;

	while (pass_next(&m->refresh.remotes, m->remotes.map.n_buckets, false, &at)) {
		remotes_describe(&m->remotes, at);
		if (is_over(s))
			return false;
	}
	return true;
}

static bool look_at_conversations(struct slice *s)
{
	struct model *m = s->model;
	size_t at;

	while (pass_next(&m->refresh.conversations, m->conversations.n_slots, true, &at)) {
		conversations_describe(&m->conversations, (uint32_t)at + 1, s->now);
		if (is_over(s))
			return false;
	}
	return true;
}

static bool look_at_connections(struct slice *s)
{
	struct model *m = s->model;
	bool wanted = m->refresh.connections.wanted;
	size_t at;

	while (pass_next(&m->refresh.connections, ct_table_positions(s->table), true, &at)) {
		struct ct_connection *c = ct_table_at(s->table, (uint32_t)at + 1);

		if (c && model_reclassify(m, c, s->now) && s->moved)
			s->moved(s->data, c);
		if (is_over(s))
			return false;
	}
	if (!wanted)
		return true;
	/* Whoever lost the last conversation may go. */
	devices_sweep(&m->devices);
	if (m->left_out[SELECTION_SHOWN])
		log_debug(
		    "Looked at all connections again: there is no room for the conversations of %" PRIu32 ".",
		    m->left_out[SELECTION_SHOWN]);
	return true;
}

bool model_refresh_slice(struct model *m, struct ct_table *table, uint64_t until, model_moved moved,
			 void *data)
{
	struct slice s = {
	    .model = m, .table = table, .until = until, .now = model_now(m), .moved = moved, .data = data};

	return !(look_at_names(&s) && look_at_remotes(&s) && look_at_conversations(&s) &&
		 look_at_connections(&s));
}
