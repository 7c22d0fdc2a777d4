/* SPDX-License-Identifier: MIT */
/* A history of a few devices and parties, for tests. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "history.h"
#include "util.h"

#define MINUTE 60000
#define BASE (29000000ll * MINUTE + 30000) /* the collector starts in the middle of a minute */

struct past {
	struct row_watch watch;
	struct history history;
	struct device devices[8];
	int64_t now; /* ms on the collector's clock */
};

static inline void past_open(struct past *p, const struct history_limits *limits)
{
	static const struct history_limits usual = HISTORY_LIMITS;

	*p = (struct past){};
	for (uint8_t i = 0; i < ELEMENTS_OF(p->devices); i++) {
		p->devices[i] =
		    (struct device){.row.id = 10u + i, .has_mac = true, .mac = {2, 0, 0, 0, 0, i}};
		snprintf(p->devices[i].alias, sizeof(p->devices[i].alias), "Device %u", i);
	}
	assert_int_equal(history_init(&p->history, &p->watch, limits ? limits : &usual, BASE), 0);
	history_keep(&p->history, 24);
	history_tick(&p->history, 0);
}

static inline void past_close(struct past *p)
{
	history_done(&p->history);
	assert_int_equal(p->history.pool.used, 0);
	assert_null(p->history.pool.chunks);
	assert_int_equal(p->history.parties.table.count, 0);
	assert_int_equal(p->history.devices.table.count, 0);
}

static inline struct party_facts past_company(const char *name)
{
	return (struct party_facts){.whom = WHOM_COMPANY, .text = name, .category = 3, .country = "FI"};
}

static inline void past_count(struct past *p, unsigned device, const char *company, uint64_t bytes)
{
	const struct cell_amounts amounts = {.up = bytes, .down = 10 * bytes, .connections = 1, .lookups = 2};
	const struct party_facts facts = past_company(company);

	history_count(&p->history, &p->devices[device], &facts, &amounts);
}

/* Looks once a second, as long as that. */
static inline void past_pass(struct past *p, int64_t ms)
{
	for (; ms > 0; ms -= 1000)
		history_tick(&p->history, p->now += 1000);
}

/* To the beginning of the next minute, which has one look. */
static inline void past_next_minute(struct past *p)
{
	past_pass(p, MINUTE - (p->now + BASE) % MINUTE);
}

static inline struct span *past_span(const struct past *p, unsigned n)
{
	const struct chain *link = p->history.by_time.next;

	for (; n && link != &p->history.by_time; n--)
		link = link->next;
	return link == &p->history.by_time ? NULL : SPAN_OF_LINK(link);
}

static inline unsigned past_spans(const struct past *p, uint32_t minutes)
{
	unsigned n = 0;

	for (const struct chain *link = p->history.by_time.next; link != &p->history.by_time;
	     link = link->next)
		n += SPAN_OF_LINK(link)->minutes == minutes;
	return n;
}

static inline struct cell *past_cell(const struct span *s, const char *alias, const char *whom)
{
	for (struct cell *c = s->cells; c; c = c->next)
		if (!strcmp(c->device ? c->device->alias : "", alias) &&
		    !strcmp(c->party && c->party->facts.text ? c->party->facts.text : "", whom))
			return c;
	return NULL;
}

/* Of all that is over. */
static inline struct cell_amounts past_sum(const struct past *p)
{
	struct cell sum = {};

	ROW_TABLE_FOR_EACH(r, &p->history.cells)
	cell_add(&sum, &CELL_OF(r)->amounts);
	return sum.amounts;
}
