/* SPDX-License-Identifier: MIT */
/* Minutes become quarter hours, and quarter hours hours. */
#include <stdlib.h>

#include "history_private.h"
#include "util.h"

#define HOUR_MS 3600000

/* Spans of so many minutes become some of more, when these are over for so long. */
static const struct step {
	uint32_t from, to; /* minutes */
	int64_t keep;	   /* ms */
} steps[] = {
    {1, 15, HISTORY_MINUTES_KEEP},
    {15, 60, HISTORY_QUARTERS_KEEP},
};

/* The spans that become one: those from first on, n of them, which lie in that stretch of time. */
struct group {
	struct span *first;
	int64_t at, end; /* ms of the history's clock */
	uint32_t n, n_cells, watched;
};

static int64_t floor_to(int64_t at, int64_t step)
{
	int64_t into = at % step;

	return at - (into < 0 ? into + step : into);
}

static struct span *next_span(const struct history *h, struct chain *link)
{
	return link->next == &h->by_time ? NULL : SPAN_OF_LINK(link->next);
}

/* The oldest that this step folds. False: there is none. */
static bool find_group(struct group *ret, const struct history *h, const struct step *step)
{
	int64_t length = (int64_t)step->to * MINUTE_MS;
	struct span *s = next_span(h, (struct chain *)&h->by_time);

	while (s && s->minutes != step->from)
		s = next_span(h, &s->link);
	if (!s)
		return false;
	*ret = (struct group){.first = s, .at = floor_to(s->at, length)};
	ret->end = ret->at + length;
	for (; s && s->minutes == step->from && s->at < ret->end; s = next_span(h, &s->link)) {
		ret->n++;
		ret->n_cells += s->n_cells;
		ret->watched += s->watched;
	}
	return true;
}

static int compare(const void *one, const void *other)
{
	const struct cell *a = *(struct cell *const *)one, *b = *(struct cell *const *)other;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return a->party < b->party ? -1 : a->party > b->party;
}

/* Takes the cells out of the group's spans. */
static void gather(const struct history *h, const struct group *g, struct cell **cells)
{
	struct span *s = g->first;
	size_t n = 0;

	for (uint32_t i = 0; i < g->n; i++, s = next_span(h, &s->link)) {
		for (struct cell *c = s->cells; c; c = c->next)
			cells[n++] = c;
		s->cells = NULL;
		s->n_cells = 0;
	}
	qsort(cells, n, sizeof(struct cell *), compare);
}

/* Alike ones, which stand together, become one cell of the span. */
static void join(struct history *h, struct span *to, struct cell **cells, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		struct cell *c = cells[i];

		if (to->cells && !compare(&to->cells, &c)) {
			cell_add(to->cells, &c->amounts);
			history_drop_cell(h, c);
			continue;
		}
		row_remove(&h->cells, &c->row);
		c->row.id = 0;
		c->span = to;
		c->next = to->cells;
		to->cells = c;
		to->n_cells++;
	}
}

/* False without memory. */
static bool fold(struct history *h, const struct group *g, uint32_t minutes)
{
	_cleanup_(cleanup_free) struct cell **cells = calloc(g->n_cells + 1, sizeof(struct cell *));
	struct span *new = calloc(1, sizeof(*new)), *s = g->first;
	struct chain *after;

	if (!cells || !new) {
		free(new);
		return false;
	}
	new->at = g->at;
	new->minutes = minutes;
	new->watched = g->watched;
	/* as what it is made of: the file has it as it was */
	new->saved = true;
	gather(h, g, cells);
	join(h, new, cells, g->n_cells);
	after = s->link.previous;
	for (uint32_t i = 0; i < g->n; i++) {
		struct span *next = next_span(h, &s->link);

		history_drop_span(h, s);
		s = next;
	}
	history_publish(h, new, after->next);
	return true;
}

void history_age(struct history *h, int64_t until)
{
	int64_t oldest = until - (int64_t)h->hours * HOUR_MS;
	struct span *s;
	struct group g;

	events_expire(&h->events, oldest);
	while ((s = next_span(h, &h->by_time)) && s->at + (int64_t)s->minutes * MINUTE_MS <= oldest)
		history_drop_span(h, s);
	for (size_t i = 0; i < ELEMENTS_OF(steps); i++)
		while (find_group(&g, h, &steps[i]) && g.end <= until - steps[i].keep)
			if (!fold(h, &g, steps[i].to))
				return;
}

/* Before its time; not what the minute that runs may still belong to. */
static bool fold_early(struct history *h)
{
	struct group g;

	for (size_t i = 0; i < ELEMENTS_OF(steps); i++)
		if (find_group(&g, h, &steps[i]) && (!h->running || g.end <= h->running->at))
			return fold(h, &g, steps[i].to);
	return false;
}

bool history_make_room(struct history *h)
{
	while (h->pool.used >= h->pool.max) {
		if (fold_early(h))
			continue;
		if (chain_is_empty(&h->by_time))
			return false;
		history_note_full(h);
		history_drop_span(h, SPAN_OF_LINK(h->by_time.next));
	}
	return true;
}
