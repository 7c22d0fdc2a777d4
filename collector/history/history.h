/* SPDX-License-Identifier: MIT */
/*
 * What moved, minute by minute: for each device and each party that it talked with its bytes, connections and lookups.
 * What did not move is not there. The minute that runs is counted apart; when it is over it becomes rows, which do not
 * change any more. Older minutes become quarter hours, and those hours: rows with the sums of the old ones, which go.
 *
 * A stretch of time without a span was not watched, and of a span it is known how much of it was: nobody takes a
 * collector that did not run for a home where nothing moved.
 *
 * Times that are handed in are ms on the collector's clock. Its own are ms of Unix time as it was at the start, going on
 * with that clock: minutes begin with those of the wall clock, and one that is set anew does not tear them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"
#include "chain.h"
#include "event.h"
#include "news.h"
#include "party.h"
#include "past_device.h"
#include "row.h"

#define HISTORY_HOURS_MAX 168
#define HISTORY_MINUTES_KEEP (3 * 3600000)   /* ms: as long a session in a room is known minute by minute */
#define HISTORY_QUARTERS_KEEP (12 * 3600000) /* ms: the same of quarter hours */
/* ms: after so long without a look nobody watched. Two dumps may be a minute apart (conntrack.interval). */
#define HISTORY_STALL 90000

/* A stretch of time. */
struct span {
	struct row row;
	struct chain link;
	int64_t at;    /* ms of the history's clock: its beginning */
	int64_t begin; /* the same on the collector's clock, negative before its start */
	uint32_t minutes;
	uint32_t watched; /* ms of it */
	bool saved;	  /* history_snapshot.c's own: it is in the file, or on its way there */
	uint32_t n_cells;
	struct cell *cells;
};

/* What is kept at most. A cell has 88 bytes: with events and who has met whom all together take less than 4 MB. */
struct history_limits {
	uint32_t cells, minute_cells; /* minute_cells: of one minute */
	uint32_t parties, devices;
};

#define HISTORY_LIMITS                                                                                       \
	{                                                                                                    \
		.cells = 32000, .minute_cells = 2000, .parties = 3000, .devices = 1000                       \
	}

/* To be changed by the functions below alone. */
struct history {
	struct row kept;    /* the one row of the table kept: the next two */
	uint32_t hours;	    /* 0: it is off, and empty */
	uint64_t full;	    /* things that found no place of their own */
	uint64_t forgotten; /* how often something went that may not stay in a file either */
	struct row_table kept_table, spans, cells;
	struct past_devices devices;
	struct parties parties;
	struct events events;
	struct news news;
	struct cell_pool pool;
	struct chain by_time; /* spans, the oldest first */
	struct span
	    *running; /* the minute that runs, in no table; NULL before the first look, or when it is off */
	struct cell **places; /* its cells, by device and party: open addressing */
	uint32_t n_places;    /* a power of two */
	uint32_t minute_cells;
	int64_t base;	/* the history's clock at 0 of the collector's */
	int64_t looked; /* ms on the collector's clock: the last history_tick */
};

/* watch: borrowed. base: as above. It is off until history_keep. A struct history must not move in memory. 0 or -ENOMEM;
 * history_done in any case. */
int history_init(struct history *h, struct row_watch *watch, const struct history_limits *limits,
		 int64_t base);
/* Zeroed memory is taken. Devices are still there, or have left. */
void history_done(struct history *h);

/* For how many hours; what is older goes at the end of the minute. 0: all goes now, and nothing is kept. */
void history_keep(struct history *h, uint32_t hours);
/* Forgets all: a new session. It goes on with a new minute. */
void history_clear(struct history *h, int64_t now);

/* Counts in the minute that runs. device: NULL for nobody, else one that is shown as it is. */
void history_count(struct history *h, struct device *device, const struct party_facts *facts,
		   const struct cell_amounts *amounts);

/* The minute that runs is over: what has moved in it is to be counted now, before history_tick. */
bool history_is_over(const struct history *h, int64_t now);
/* All that moved until now is counted: after each look at the kernel's counters. True: a minute is over. */
bool history_tick(struct history *h, int64_t now);
/* Ends the minute that runs before its time, at the program's end. */
void history_end(struct history *h, int64_t now);

/* The device goes: what it moved is its successor's, or stays as that of one that is not here. */
void history_device_leaves(struct history *h, struct device *device);
/* The device does not want to be seen: nothing of it stays. */
void history_forget_device(struct history *h, struct device *device);
/* No party has such a name any more. */
void history_forget_names(struct history *h, bool (*is)(const void *data, const char *name),
			  const void *data);

/* ms on the collector's clock, negative before its start; of one of the history's own. */
static inline int64_t history_time(const struct history *h, int64_t at)
{
	return at - h->base;
}

#define SPAN_OF(row_pointer) CONTAINER_OF(row_pointer, struct span, row)
#define SPAN_OF_LINK(chain_pointer) CONTAINER_OF(chain_pointer, struct span, link)
#define CELL_OF(row_pointer) CONTAINER_OF(row_pointer, struct cell, row)
