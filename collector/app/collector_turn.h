/* SPDX-License-Identifier: MIT */
/* How long the loop's turns take, and of what: whoever works in a turn says so. A turn is one dispatch: nothing else
 * is done before it is over. */
#pragma once

#include <systemd/sd-event.h>

#include "turn_meter.h"

enum collector_part {
	PART_DUMP,     /* reading the connection table, or events of it */
	PART_KEYFRAME, /* encoding a slice of a keyframe, and handing it over */
	PART_FRAMES,   /* encoding and handing over all other frames */
	PART_REFRESH,  /* looking at everything again, in slices */
	PART_FILES,    /* taking over what was read from files */
	PART_LOOKUPS,  /* what devices looked up */
	PART_HOME,     /* interfaces and neighbours */
	PART_TICK,     /* what is done once a second */
	PART_OTHER,
	PARTS,
};

struct collector_turns {
	struct turn_meter meter;
	enum collector_part part; /* of this turn */
};

/* Runs the loop to its end; the rest as sd_event_loop(3). over(data) is called at the end of each turn, before it is
 * counted: it may set the part. */
int collector_turns_run(struct collector_turns *t, sd_event *event, void (*over)(void *data), void *data);

/* The word for a part in the feed. */
const char *collector_part_name(enum collector_part part);
