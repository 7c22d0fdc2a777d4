/* SPDX-License-Identifier: MIT */
/* What the history is told: see conversation_told.c for what moves. */
#include "model.h"

#include <string.h>

/* ms. A look at all conversations costs about as much as that for their behaviour, which is each second. */
#define TELL_EVERY 10000
/* ms: older lookups are of a log that was read late, or again; nobody knows whether they were counted */
#define LOOKUP_LATE 120000

/* Not what goes on from before this start: that was told then. */
static void tell_marks(struct model *m)
{
	const struct room *room = &m->room;
	uint64_t n = room->n_marks < ROOM_MARKS ? room->n_marks : ROOM_MARKS;
	uint64_t new = room->n_marks > m->room_told.marks ? room->n_marks - m->room_told.marks : 0;

	for (uint64_t i = new < n ? n - new : 0; i < n; i++) {
		const struct room_mark *mark = room_mark_at(room, (unsigned)i);

		if (m->room_told.any)
			news_note(&m->history, EVENT_MARKED, mark->text, mark->at);
	}
	m->room_told.marks = room->n_marks;
}

static void tell_room(struct model *m)
{
	const struct room *room = &m->room;
	uint32_t round = room->label[0] ? room->number : 0;
	bool any = m->room_told.any;

	tell_marks(m);
	m->room_told.any = true;
	if (round == m->room_told.round)
		return;
	if (m->room_told.round && any)
		news_note(&m->history, EVENT_ROUND_ENDED, m->room_told.label,
			  round ? room->since : model_now(m));
	if (round && any)
		news_note(&m->history, EVENT_ROUND, room->label, room->since);
	m->room_told.round = round;
	memcpy(m->room_told.label, room->label, sizeof(room->label));
}

bool model_look_back(struct model *m, const struct ct_table *table)
{
	int64_t now = model_now(m);

	/* What those of before had moved, moved in no minute that was watched. */
	if (m->old_connections == UINT32_MAX)
		m->old_connections = ct_table_last_row(table);
	if (now - m->told >= TELL_EVERY || history_is_over(&m->history, now)) {
		m->told = now;
		conversations_tell(&m->conversations);
		conversations_tell_calls(&m->conversations, now);
		news_look(&m->history, now);
	}
	tell_room(m);
	return history_tick(&m->history, now);
}

static struct party_facts party_of_name(const struct name *name)
{
	return (struct party_facts){
	    .whom = name->company ? WHOM_COMPANY : WHOM_NAME,
	    .text = name->company ? name->company->name : name->text + name->domain,
	    .category = name->category,
	};
}

void model_tell_lookup(struct model *m, struct device *device, const struct name *name, int64_t when,
		       int64_t now)
{
	const struct cell_amounts one = {.lookups = 1};
	struct party_facts party = party_of_name(name);

	if (when < now - LOOKUP_LATE || device->wish != WISH_SHOWN)
		return;
	history_count(&m->history, device, &party, &one);
}

void model_tell_result(struct model *m, struct device *device, const struct lookup *lookup,
		       enum dns_result result)
{
	struct party_facts party = party_of_name(lookup->name);

	if (device->wish == WISH_SHOWN && (result == DNS_RESULT_BLOCKED || result == DNS_RESULT_FAILED))
		news_refused(&m->history, device, &party, result == DNS_RESULT_FAILED);
}

void model_end_history(struct model *m)
{
	conversations_tell(&m->conversations);
	history_end(&m->history, model_now(m));
}
