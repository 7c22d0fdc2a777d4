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

	put(r, &r->devices, told ? past_devices_restore(&r->h->devices, device) : NULL);
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

static void note_newest(void *data, const struct history_file_span *span)
{
	struct restoring *r = data;
	int64_t end = span->at + (int64_t)span->minutes * MINUTE_MS;

	if (end > r->newest)
		r->newest = end;
}

static void ignore_block(void *data)
{
	(void)data;
}

static void ignore_device(void *data, const struct past_device *device)
{
	(void)data;
	(void)device;
}

static void ignore_party(void *data, const struct party_facts *party)
{
	(void)data;
	(void)party;
}

static void ignore_cell(void *data, const struct history_file_cell *cell)
{
	(void)data;
	(void)cell;
}

int history_restore(struct history *h, const char *text, size_t length, const struct history_filter *filter,
		    int64_t now)
{
	static const struct history_reader only_time = {ignore_block, ignore_device, ignore_party,
							note_newest, ignore_cell};
	static const struct history_reader all = {take_block, take_device, take_party, take_span, take_cell};
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
	return r.failed ? -ENOMEM : error;
}
