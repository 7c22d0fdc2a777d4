/* SPDX-License-Identifier: MIT */
#include "history_restore.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history_file.h"
#include "history_private.h"
#include "util.h"

#define HOUR_MS 3600000

/* What the numbers of a block stand for. */
struct numbered {
	void **items;
	uint32_t n, max;
};

struct restoring {
	struct history *h;
	const struct history_filter *filter;
	int64_t newest; /* end of the newest span, as it is in the file */
	int64_t back;	/* ms by which all is moved back */
	struct numbered devices, parties;
	struct span *span; /* that is read; NULL: none, or without memory */
	bool failed;
};

static void put(struct restoring *r, struct numbered *list, void *item)
{
	if (list->n == list->max) {
		uint32_t max = list->max ? list->max * 2 : 64;
		void **items = reallocarray(list->items, max, sizeof(*items));

		if (!items) {
			r->failed = true;
			return;
		}
		list->items = items;
		list->max = max;
	}
	list->items[list->n++] = item;
}

/* Without memory the numbers behind are those of others: nothing more is taken. */
static void *get(const struct numbered *list, uint32_t number)
{
	return number && number <= list->n ? list->items[number - 1] : NULL;
}

static void end_span(struct restoring *r)
{
	struct chain *before = &r->h->by_time;

	if (!r->span)
		return;
	while (before->previous != &r->h->by_time && SPAN_OF_LINK(before->previous)->at > r->span->at)
		before = before->previous;
	history_publish(r->h, r->span, before);
	r->span = NULL;
}

static void end_block(struct restoring *r)
{
	end_span(r);
	for (uint32_t i = 0; i < r->devices.n; i++)
		past_devices_drop(&r->h->devices, r->devices.items[i]);
	for (uint32_t i = 0; i < r->parties.n; i++)
		parties_drop(&r->h->parties, r->parties.items[i]);
	r->devices.n = r->parties.n = 0;
}

static void take_block(void *data)
{
	end_block(data);
}

static void take_device(void *data, const struct past_device *device)
{
	struct restoring *r = data;
	const struct history_filter *f = r->filter;
	bool told = !f->device || f->device(f->data, device);

	struct past_device *past = told ? past_devices_restore(&r->h->devices, device) : NULL;

	if (past)
		past->noted = true;
	put(r, &r->devices, past);
}

static void take_party(void *data, const struct party_facts *party)
{
	struct restoring *r = data;
	const struct history_filter *f = r->filter;
	struct party_facts facts = *party;

	if (facts.whom == WHOM_NAME && f->name && !f->name(f->data, facts.text))
		facts.whom = WHOM_UNKNOWN;
	put(r, &r->parties, parties_take(&r->h->parties, &facts));
}

static void take_span(void *data, const struct history_file_span *span)
{
	struct restoring *r = data;

	end_span(r);
	r->span = calloc(1, sizeof(*r->span));
	if (!r->span)
		return;
	r->span->at = span->at - r->back;
	r->span->minutes = span->minutes;
	r->span->watched = span->watched;
	r->span->saved = true;
}

static void note_active(struct past_device *device, const struct span *span)
{
	int64_t end = span->at + (int64_t)span->minutes * MINUTE_MS;

	if (end > device->active)
		device->active = end;
}

static void take_cell(void *data, const struct history_file_cell *cell)
{
	struct restoring *r = data;
	struct past_device *device = get(&r->devices, cell->device);
	struct party *party = get(&r->parties, cell->party);
	struct cell *c;

	/* Of one that does not want to be seen, or found no place, nothing is told. */
	if (!r->span || r->failed || (cell->device && !device))
		return;
	c = history_make_room(r->h) ? cell_take(&r->h->pool) : NULL;
	if (!c)
		return;
	if (device)
		note_active(device, r->span);
	c->device = past_device_share(device);
	c->party = party;
	if (party)
		party->references++;
	c->amounts = cell->amounts;
	c->span = r->span;
	c->next = r->span->cells;
	r->span->cells = c;
	r->span->n_cells++;
}

static void take_event(void *data, const struct history_file_event *event)
{
	struct restoring *r = data;
	struct event facts = event->event;

	facts.device = get(&r->devices, event->device);
	facts.party = get(&r->parties, event->party);
	if (r->failed || (event->device && !facts.device))
		return;
	facts.at -= r->back;
	facts.begin = history_time(r->h, facts.at);
	facts.saved = true;
	events_note(&r->h->events, &facts, false);
}

static void note_newest(void *data, const struct history_file_span *span)
{
	struct restoring *r = data;
	int64_t end = span->at + (int64_t)span->minutes * MINUTE_MS;

	if (end > r->newest)
		r->newest = end;
}

/* Who was here then, and that nobody watched since. */
static void resume(struct restoring *r, int64_t now)
{
	struct history *h = r->h;
	int64_t newest = r->newest - r->back, at = now + h->base;

	ROW_TABLE_FOR_EACH(row, &h->devices.table)
	PAST_DEVICE_OF(row)->present = at - PAST_DEVICE_OF(row)->active < NEWS_LEFT;
	news_remember(h);
	if (r->newest && at - newest >= NEWS_GAP)
		news_gap(h, newest, at - newest);
}

int history_restore(struct history *h, const char *text, size_t length, const struct history_filter *filter,
		    int64_t now)
{
	static const struct history_reader only_time = {.span = note_newest};
	static const struct history_reader all = {take_block, take_device, take_party,
						  take_span,  take_cell,   take_event};
	struct restoring r = {.h = h, .filter = filter};
	/* The minute that runs may have one of before. */
	int64_t end = now + h->base + MINUTE_MS;
	int error = history_file_read(text, length, &only_time, &r);

	if (error < 0)
		return error;
	if (r.newest > end)
		r.back = (r.newest - end + HOUR_MS - 1) / HOUR_MS * HOUR_MS;
	history_file_read(text, length, &all, &r);
	end_block(&r);
	free(r.devices.items);
	free(r.parties.items);
	history_age(h, now + h->base);
	resume(&r, now);
	return r.failed ? -ENOMEM : error;
}
