/* SPDX-License-Identifier: MIT */
#include "turn_meter.h"

#include <string.h>

#define SLICE_US 5000000u

void turn_meter_init(struct turn_meter *m, size_t n_parts)
{
	*m = (struct turn_meter){.n_parts = n_parts};
}

void turn_meter_begin(struct turn_meter *m, uint64_t now_us)
{
	m->begun_us = now_us;
	memset(m->spent_us, 0, sizeof(m->spent_us));
}

void turn_meter_add(struct turn_meter *m, size_t part, uint64_t us)
{
	m->spent_us[part] += us;
}

static void record(struct turn_record *r, uint64_t now_us, uint64_t us, size_t part)
{
	uint64_t slice = now_us / SLICE_US;
	struct turn_worst *now = &r->slices[slice % TURN_METER_SLICES];

	/* those in between had nothing */
	for (uint64_t s = r->slice + 1; s <= slice && s <= r->slice + TURN_METER_SLICES; s++)
		r->slices[s % TURN_METER_SLICES] = (struct turn_worst){};
	r->slice = slice;
	if (us > now->us)
		*now = (struct turn_worst){us, part};
	if (us > r->ever.us)
		r->ever = (struct turn_worst){us, part};
}

size_t turn_meter_end(struct turn_meter *m, uint64_t now_us)
{
	uint64_t whole = now_us - m->begun_us, known = 0;
	size_t most = 0, rest = m->n_parts - 1;

	for (size_t i = 0; i < rest; i++)
		known += m->spent_us[i];
	m->spent_us[rest] = whole > known ? whole - known : 0;
	for (size_t i = 0; i < m->n_parts; i++) {
		if (m->spent_us[i] > m->spent_us[most])
			most = i;
		if (m->spent_us[i])
			record(&m->parts[i], now_us, m->spent_us[i], i);
	}
	record(&m->whole, now_us, whole, most);
	return most;
}

struct turn_worst turn_record_minute(const struct turn_record *r, uint64_t now_us)
{
	uint64_t slice = now_us / SLICE_US;
	struct turn_worst worst = {};

	for (uint64_t i = 0; i < TURN_METER_SLICES && i <= r->slice; i++) {
		const struct turn_worst *w = &r->slices[(r->slice - i) % TURN_METER_SLICES];

		if (slice - (r->slice - i) < TURN_METER_SLICES && w->us > worst.us)
			worst = *w;
	}
	return worst;
}
