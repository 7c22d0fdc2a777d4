/* SPDX-License-Identifier: MIT */
#include "history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history_private.h"
#include "util.h"

int history_init(struct history *h, struct row_watch *watch, const struct history_limits *limits,
		 int64_t base)
{
	*h = (struct history){
	    .pool = {.max = limits->cells},
	    .minute_cells = limits->minute_cells,
	    .base = base,
	    .n_places = 1,
	};
	row_table_init(&h->kept_table, watch);
	row_table_init(&h->spans, watch);
	row_table_init(&h->cells, watch);
	past_devices_init(&h->devices, watch, limits->devices);
	parties_init(&h->parties, watch, limits->parties);
	events_init(&h->events, watch, &h->devices, &h->parties);
	chain_init(&h->by_time);
	row_add(&h->kept_table, &h->kept);
	/* Never more than half full, with the cell of nobody. */
	while (h->n_places < 2 * (limits->minute_cells + 1))
		h->n_places *= 2;
	h->places = calloc(h->n_places, sizeof(struct cell *));
	return h->places ? 0 : -ENOMEM;
}

void history_drop_cell(struct history *h, struct cell *c)
{
	if (c->row.id)
		row_remove(&h->cells, &c->row);
	past_devices_drop(&h->devices, c->device);
	parties_drop(&h->parties, c->party);
	cell_give(&h->pool, c);
}

void history_drop_span(struct history *h, struct span *s)
{
	while (s->cells) {
		struct cell *c = s->cells;

		s->cells = c->next;
		history_drop_cell(h, c);
	}
	if (s->row.id) {
		row_remove(&h->spans, &s->row);
		chain_take(&s->link);
	}
	free(s);
}

static void forget_running(struct history *h)
{
	if (h->running)
		history_drop_span(h, h->running);
	h->running = NULL;
	memset(h->places, 0, h->n_places * sizeof(struct cell *));
}

static void forget_all(struct history *h)
{
	news_clear(h);
	events_clear(&h->events);
	forget_running(h);
	while (!chain_is_empty(&h->by_time))
		history_drop_span(h, SPAN_OF_LINK(h->by_time.next));
}

void history_done(struct history *h)
{
	if (!h->places)
		return;
	row_table_unfollow(&h->kept_table);
	row_table_unfollow(&h->spans);
	row_table_unfollow(&h->cells);
	forget_all(h);
	events_done(&h->events);
	news_done(h);
	past_devices_done(&h->devices);
	parties_done(&h->parties);
	free(h->places);
	h->places = NULL;
}

void history_keep(struct history *h, uint32_t hours)
{
	if (h->hours == hours)
		return;
	h->hours = hours;
	row_change(&h->kept_table, &h->kept, COLUMN(KEPT_HOURS));
	if (hours)
		return;
	forget_all(h);
	h->forgotten++;
}

void history_note_full(struct history *h)
{
	h->full++;
	row_change(&h->kept_table, &h->kept, COLUMN(KEPT_FULL));
}

static int64_t minute_of(int64_t at)
{
	int64_t into = at % MINUTE_MS;

	return at - (into < 0 ? into + MINUTE_MS : into);
}

static void begin_minute(struct history *h, int64_t now)
{
	h->running = calloc(1, sizeof(*h->running));
	if (!h->running)
		return;
	h->running->at = minute_of(now + h->base);
	h->running->minutes = 1;
}

void history_clear(struct history *h, int64_t now)
{
	forget_all(h);
	h->forgotten++;
	if (h->full)
		row_change(&h->kept_table, &h->kept, COLUMN(KEPT_FULL));
	h->full = 0;
	news_begin(h, now + h->base);
	if (!h->hours || !h->looked)
		return;
	begin_minute(h, now);
	h->looked = now;
}

static uint32_t place_of(const struct history *h, const struct past_device *device, const struct party *party)
{
	uint64_t hash = (uintptr_t)device * 0x9e3779b97f4a7c15u ^ (uintptr_t)party;

	hash *= 0xd6e8feb86659fd93u;
	return (uint32_t)(hash >> 32) & (h->n_places - 1);
}

/* Where its cell is, or would be. */
static struct cell **find_place(const struct history *h, const struct past_device *device,
				const struct party *party)
{
	uint32_t at = place_of(h, device, party);

	while (h->places[at] && (h->places[at]->device != device || h->places[at]->party != party))
		at = (at + 1) & (h->n_places - 1);
	return &h->places[at];
}

/* NULL where there are too many. */
static struct cell *cell_of(struct history *h, struct past_device *device, struct party *party)
{
	struct cell **place = find_place(h, device, party);
	bool is_nobody = !device && !party;
	struct cell *c;

	if (*place)
		return *place;
	if (h->running->n_cells >= h->minute_cells && !is_nobody)
		return NULL;
	c = history_make_room(h) ? cell_take(&h->pool) : NULL;
	if (!c)
		return NULL;
	c->device = past_device_share(device);
	c->party = party;
	if (party)
		party->references++;
	c->span = h->running;
	c->next = h->running->cells;
	h->running->cells = c;
	h->running->n_cells++;
	*place = c;
	return c;
}

void history_count(struct history *h, struct device *device, const struct party_facts *facts,
		   const struct cell_amounts *amounts)
{
	struct past_device *past;
	struct party *party;
	struct cell *c;
	bool first;

	if (!h->running)
		return;
	past = device ? past_devices_take(&h->devices, device) : NULL;
	party = parties_take(&h->parties, facts);
	first = past && party && !*find_place(h, past, party);
	c = cell_of(h, past, party);
	if (first)
		news_contact(h, past, party);
	if (!c || !party || (device && !past))
		history_note_full(h);
	if (!c)
		c = cell_of(h, NULL, NULL);
	if (c)
		cell_add(c, amounts);
	past_devices_drop(&h->devices, past);
	parties_drop(&h->parties, party);
}

bool history_is_over(const struct history *h, int64_t now)
{
	return h->running && now + h->base >= h->running->at + MINUTE_MS;
}

void history_publish(struct history *h, struct span *s, struct chain *before)
{
	s->begin = history_time(h, s->at);
	row_add(&h->spans, &s->row);
	chain_append(before, &s->link);
	for (struct cell *c = s->cells; c; c = c->next)
		row_add(&h->cells, &c->row);
}

/* What was watched since the last look counts until this time, where it is not too long ago. */
static void watch(struct history *h, int64_t until, int64_t now)
{
	if (now - h->looked <= HISTORY_STALL && until > h->looked)
		h->running->watched += (uint32_t)(until - h->looked);
}

static void end_minute(struct history *h)
{
	struct span *s = h->running;
	int64_t end = s->at + MINUTE_MS;

	h->running = NULL;
	memset(h->places, 0, h->n_places * sizeof(struct cell *));
	news_minute(h, s);
	if (s->watched || s->cells)
		history_publish(h, s, &h->by_time);
	else
		free(s);
	history_age(h, end);
}

bool history_tick(struct history *h, int64_t now)
{
	bool over = history_is_over(h, now);
	int64_t end = over ? history_time(h, h->running->at + MINUTE_MS) : now;

	if (!h->hours)
		return false;
	if (h->running)
		watch(h, end, now);
	else if (chain_is_empty(&h->by_time))
		news_begin(h, now + h->base);
	if (h->running && now - h->looked > HISTORY_STALL)
		news_gap(h, h->looked + h->base, now - h->looked);
	if (over)
		end_minute(h);
	if (!h->running)
		begin_minute(h, now);
	/* What is left of it is of the minute that follows. */
	if (over && h->running && now - h->looked <= HISTORY_STALL) {
		int64_t begin = history_time(h, h->running->at);

		h->running->watched += (uint32_t)(now - (begin > h->looked ? begin : h->looked));
	}
	h->looked = now;
	return over;
}

void history_end(struct history *h, int64_t now)
{
	if (!h->running)
		return;
	watch(h, now, now);
	end_minute(h);
}

/* The cells of the minute that runs are other ones' now: alike ones become one. */
static void place_anew(struct history *h)
{
	struct cell *c = h->running->cells, *next;

	memset(h->places, 0, h->n_places * sizeof(struct cell *));
	h->running->cells = NULL;
	h->running->n_cells = 0;
	for (; c; c = next) {
		struct cell **place = find_place(h, c->device, c->party);

		next = c->next;
		if (*place) {
			cell_add(*place, &c->amounts);
			history_drop_cell(h, c);
			continue;
		}
		*place = c;
		c->next = h->running->cells;
		h->running->cells = c;
		h->running->n_cells++;
	}
}

static void hand_over(struct history *h, struct span *s, struct past_device *from, struct past_device *to)
{
	for (struct cell *c = s->cells; c; c = c->next) {
		if (c->device != from)
			continue;
		c->device = past_device_share(to);
		past_devices_drop(&h->devices, from);
		if (c->row.id)
			row_change(&h->cells, &c->row, COLUMN(MINUTE_DEVICE));
	}
}

/* They turned out to be one. */
static void hand_all_over(struct history *h, struct past_device *from, struct past_device *to)
{
	for (struct chain *link = h->by_time.next; link != &h->by_time; link = link->next)
		hand_over(h, SPAN_OF_LINK(link), from, to);
	if (h->running) {
		hand_over(h, h->running, from, to);
		place_anew(h);
	}
	news_hand_over(h, from, to);
}

void history_device_leaves(struct history *h, struct device *device)
{
	struct past_device *from = past_device_share(device->past);
	struct past_device *to =
	    from && device->successor ? past_devices_take(&h->devices, device->successor) : NULL;

	if (to)
		hand_all_over(h, from, to);
	past_devices_drop(&h->devices, to);
	past_devices_drop(&h->devices, from);
	past_devices_leave(&h->devices, device);
}

static void forget_cells(struct history *h, struct span *s, const struct past_device *device)
{
	for (struct cell **at = &s->cells; *at;) {
		struct cell *c = *at;

		if (c->device != device) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		s->n_cells--;
		history_drop_cell(h, c);
	}
}

void history_forget_device(struct history *h, struct device *device)
{
	struct past_device *past = past_device_share(past_devices_find(&h->devices, device));

	for (struct chain *link = h->by_time.next; past && link != &h->by_time; link = link->next)
		forget_cells(h, SPAN_OF_LINK(link), past);
	if (past && h->running) {
		forget_cells(h, h->running, past);
		place_anew(h);
	}
	if (past) {
		news_forget_device(h, past);
		h->forgotten++;
	}
	past_devices_drop(&h->devices, past);
	past_devices_leave(&h->devices, device);
}

void history_forget_names(struct history *h, bool (*is)(const void *data, const char *name), const void *data)
{
	h->forgotten += parties_forget_names(&h->parties, is, data);
}
