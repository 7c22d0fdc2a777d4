/* SPDX-License-Identifier: MIT */
#include "history_snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history_file.h"
#include "util.h"

struct kept_party {
	struct party_facts facts; /* its text is the next one */
	char text[PARTY_TEXT_MAX];
};

struct kept_span {
	struct history_file_span span;
	uint32_t n_cells;
};

struct history_snapshot {
	bool whole;
	struct past_device *devices;
	struct kept_party *parties;
	struct kept_span *spans;
	struct history_file_cell *cells;
	struct history_file_event *events;
	uint32_t n_devices, n_parties, n_spans, n_cells, n_events;
};

static void number_whose(struct history_snapshot *s, struct past_device *device, struct party *party)
{
	if (device && !device->number)
		device->number = ++s->n_devices;
	if (party && !party->number)
		party->number = ++s->n_parties;
}

/* What is to be in it: how many of each, and which numbers devices and parties have. */
static void number(struct history_snapshot *s, struct history *h)
{
	ROW_TABLE_FOR_EACH(r, &h->devices.table)
	PAST_DEVICE_OF(r)->number = 0;
	ROW_TABLE_FOR_EACH(r, &h->parties.table)
	PARTY_OF(r)->number = 0;
	CHAIN_FOR_EACH(link, &h->by_time) {
		const struct span *span = SPAN_OF_LINK(link);

		if (span->saved && !s->whole)
			continue;
		s->n_spans++;
		for (const struct cell *c = span->cells; c; c = c->next) {
			s->n_cells++;
			number_whose(s, c->device, c->party);
		}
	}
	CHAIN_FOR_EACH(link, &h->events.by_time) {
		const struct event *e = EVENT_OF(link);

		if (e->saved && !s->whole)
			continue;
		s->n_events++;
		number_whose(s, e->device, e->party);
	}
}

static int reserve(struct history_snapshot *s)
{
	s->devices = calloc(s->n_devices + 1, sizeof(*s->devices));
	s->parties = calloc(s->n_parties + 1, sizeof(*s->parties));
	s->spans = calloc(s->n_spans + 1, sizeof(*s->spans));
	s->cells = calloc(s->n_cells + 1, sizeof(*s->cells));
	s->events = calloc(s->n_events + 1, sizeof(*s->events));
	return s->devices && s->parties && s->spans && s->cells && s->events ? 0 : -ENOMEM;
}

static void copy_party(struct kept_party *to, const struct party *from)
{
	to->facts = from->facts;
	if (from->facts.text)
		memcpy(to->text, from->text, strlen(from->text));
}

static void copy(struct history_snapshot *s, struct history *h)
{
	uint32_t at = 0, spans = 0;

	ROW_TABLE_FOR_EACH(r, &h->devices.table)
	if (PAST_DEVICE_OF(r)->number)
		s->devices[PAST_DEVICE_OF(r)->number - 1] = *PAST_DEVICE_OF(r);
	ROW_TABLE_FOR_EACH(r, &h->parties.table)
	if (PARTY_OF(r)->number)
		copy_party(&s->parties[PARTY_OF(r)->number - 1], PARTY_OF(r));
	CHAIN_FOR_EACH(link, &h->by_time) {
		struct span *span = SPAN_OF_LINK(link);

		if (span->saved && !s->whole)
			continue;
		span->saved = true;
		s->spans[spans++] =
		    (struct kept_span){{span->at, span->minutes, span->watched}, span->n_cells};
		for (const struct cell *c = span->cells; c; c = c->next)
			s->cells[at++] = (struct history_file_cell){
			    c->device ? c->device->number : 0, c->party ? c->party->number : 0, c->amounts};
	}
}

static void copy_events(struct history_snapshot *s, struct history *h)
{
	uint32_t at = 0;

	CHAIN_FOR_EACH(link, &h->events.by_time) {
		struct event *e = EVENT_OF(link);

		if (e->saved && !s->whole)
			continue;
		e->saved = true;
		s->events[at++] = (struct history_file_event){e->device ? e->device->number : 0,
							      e->party ? e->party->number : 0, *e};
	}
}

int history_snapshot_new(struct history_snapshot **ret, struct history *h, bool whole)
{
	struct history_snapshot *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	s->whole = whole;
	number(s, h);
	if (!s->n_spans && !s->n_events) {
		history_snapshot_free(s);
		return 1;
	}
	if (reserve(s) < 0) {
		history_snapshot_free(s);
		return -ENOMEM;
	}
	copy(s, h);
	copy_events(s, h);
	*ret = s;
	return 0;
}

struct history_snapshot *history_snapshot_free(struct history_snapshot *s)
{
	if (!s)
		return NULL;
	free(s->devices);
	free(s->parties);
	free(s->spans);
	free(s->cells);
	free(s->events);
	free(s);
	return NULL;
}

static void write_lines(FILE *f, const struct history_snapshot *s)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < s->n_devices; i++)
		history_file_device(f, i + 1, &s->devices[i]);
	for (uint32_t i = 0; i < s->n_parties; i++) {
		struct party_facts facts = s->parties[i].facts;

		facts.text = facts.text ? s->parties[i].text : NULL;
		history_file_party(f, i + 1, &facts);
	}
	for (uint32_t i = 0; i < s->n_spans; i++) {
		history_file_span(f, &s->spans[i].span);
		for (uint32_t n = 0; n < s->spans[i].n_cells; n++)
			history_file_cell(f, &s->cells[at++]);
	}
	for (uint32_t i = 0; i < s->n_events; i++)
		history_file_event(f, &s->events[i]);
}

int history_snapshot_write(const struct history_snapshot *s, char **ret, size_t *ret_length)
{
	FILE *f = open_memstream(ret, ret_length);
	size_t begin;
	bool failed;

	if (!f)
		return -ENOMEM;
	if (s->whole)
		history_file_head(f);
	history_file_begin(f);
	failed = fflush(f) < 0;
	begin = *ret_length;
	write_lines(f, s);
	failed |= fflush(f) < 0;
	if (!failed)
		history_file_end(f, *ret + begin, *ret_length - begin,
				 (size_t)s->n_devices + s->n_parties + s->n_spans + s->n_cells + s->n_events);
	failed |= ferror(f);
	if (fclose(f) < 0 || failed) {
		free(*ret);
		return -ENOMEM;
	}
	return 0;
}
