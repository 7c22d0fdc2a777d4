/* SPDX-License-Identifier: MIT */
/* How long the loop's turns take, and what of it: each part of the program says when it has worked. */
#pragma once

#include <ev.h>
#include <stdint.h>

#include "turn_meter.h"
#include "util.h"

enum loop_part {
	LOOP_REDIS,   /* reading from Redis, writing to it */
	LOOP_FAN_OUT, /* new frames to all viewers */
	LOOP_VIEWERS, /* what one viewer says or can take again */
	LOOP_HTTP,    /* requests and their answers */
	LOOP_STATES,  /* texts from state_worker */
	LOOP_TIMER,   /* what is done once a second */
	LOOP_ACCEPT,  /* new connections */
	LOOP_OTHER,   /* all else: libwebsockets' own work, the rest of ours */
	LOOP_PARTS,
};

struct loop_turns {
	struct turn_meter meter;
	struct ev_loop *loop; /* borrowed */
	uint64_t begun_cpu_us;
	ev_check wake;
	ev_prepare rest;
};

void loop_turns_start(struct loop_turns *t, struct ev_loop *loop);
void loop_turns_stop(struct loop_turns *t);

/* The part has worked since begun_us (clock_us()). t may be NULL: then nobody wants to know. */
static inline void loop_turns_add(struct loop_turns *t, enum loop_part part, uint64_t begun_us)
{
	if (t)
		turn_meter_add(&t->meter, part, clock_us() - begun_us);
}

/* The word for a part in metrics. */
const char *loop_part_name(enum loop_part part);
