/* SPDX-License-Identifier: MIT */
/* What the history is told: see conversation_told.c for what moves. */
#include "model.h"

/* ms. A look at all conversations costs about as much as that for their behaviour, which is each second. */
#define TELL_EVERY 10000
/* ms: older lookups are of a log that was read late, or again; nobody knows whether they were counted */
#define LOOKUP_LATE 120000

bool model_look_back(struct model *m, const struct ct_table *table)
{
	int64_t now = model_now(m);

	/* What those of before had moved, moved in no minute that was watched. */
	if (m->old_connections == UINT32_MAX)
		m->old_connections = ct_table_last_row(table);
	if (now - m->told >= TELL_EVERY || history_is_over(&m->history, now)) {
		m->told = now;
		conversations_tell(&m->conversations);
	}
	return history_tick(&m->history, now);
}

void model_tell_lookup(struct model *m, struct device *device, const struct name *name, int64_t when,
		       int64_t now)
{
	const struct cell_amounts one = {.lookups = 1};
	struct party_facts party = {.category = name->category};

	if (when < now - LOOKUP_LATE || device->wish != WISH_SHOWN)
		return;
	party.whom = name->company ? WHOM_COMPANY : WHOM_NAME;
	party.text = name->company ? name->company->name : name->text + name->domain;
	history_count(&m->history, device, &party, &one);
}

void model_end_history(struct model *m)
{
	conversations_tell(&m->conversations);
	history_end(&m->history, model_now(m));
}
