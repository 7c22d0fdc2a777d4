/* SPDX-License-Identifier: MIT */
/*
 * The longest turns of a loop, from when it wakes until it waits again, and which parts of the work took that
 * time: the worst of the last minute, and the worst ever. Pure; all times are microseconds of one clock that
 * never goes back.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define TURN_METER_PARTS_MAX 12
#define TURN_METER_SLICES 12 /* of the last minute, 5 seconds each */

struct turn_worst {
	uint64_t us;
	size_t part; /* of a whole turn: the part that took most of it */
};

struct turn_record {
	struct turn_worst ever;
	struct turn_worst slices[TURN_METER_SLICES];
	uint64_t slice; /* the newest one's number since the clock's beginning */
};

struct turn_meter {
	size_t n_parts; /* the last is what no other part accounts for */
	uint64_t begun_us;
	uint64_t spent_us[TURN_METER_PARTS_MAX]; /* in this turn */
	struct turn_record whole, parts[TURN_METER_PARTS_MAX];
};

/* n_parts: 1 to TURN_METER_PARTS_MAX, with the one for the rest. */
void turn_meter_init(struct turn_meter *m, size_t n_parts);

/* The loop woke. */
void turn_meter_begin(struct turn_meter *m, uint64_t now_us);
/* A part of the turn took that long. */
void turn_meter_add(struct turn_meter *m, size_t part, uint64_t us);
/* The loop will wait. Returns the part that took most of the turn. */
size_t turn_meter_end(struct turn_meter *m, uint64_t now_us);

/* The worst of the last 55 to 60 seconds; zero when there was none. */
struct turn_worst turn_record_minute(const struct turn_record *r, uint64_t now_us);
