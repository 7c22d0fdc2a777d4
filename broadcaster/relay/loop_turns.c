/* SPDX-License-Identifier: MIT */
#include "loop_turns.h"

#include "log.h"

#define LONG_US 20000 /* a turn that is worth a line in the log */

const char *loop_part_name(enum loop_part part)
{
	static const char *const names[LOOP_PARTS] = {
	    [LOOP_REDIS] = "redis",   [LOOP_FAN_OUT] = "fan-out", [LOOP_VIEWERS] = "viewers",
	    [LOOP_HTTP] = "http",     [LOOP_STATES] = "states",	  [LOOP_TIMER] = "timer",
	    [LOOP_ACCEPT] = "accept", [LOOP_OTHER] = "other",
	};

	return names[part];
}

static void on_wake(struct ev_loop *loop, ev_check *check, int events)
{
	struct loop_turns *t = check->data;

	(void)loop;
	(void)events;
	turn_meter_begin(&t->meter, clock_us());
	t->begun_cpu_us = clock_cpu_us();
}

static void on_rest(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct loop_turns *t = prepare->data;
	uint64_t now = clock_us();
	size_t part = turn_meter_end(&t->meter, now);

	(void)loop;
	(void)events;
	/* On a busy machine a turn takes longer than the loop works in it. */
	if (now - t->meter.begun_us >= LONG_US)
		log_debug("A turn of the loop took %.1f ms, %.1f ms of CPU (%s).",
			  (double)(now - t->meter.begun_us) / 1000,
			  (double)(clock_cpu_us() - t->begun_cpu_us) / 1000,
			  loop_part_name((enum loop_part)part));
}

void loop_turns_start(struct loop_turns *t, struct ev_loop *loop)
{
	t->loop = loop;
	turn_meter_init(&t->meter, LOOP_PARTS);
	turn_meter_begin(&t->meter, clock_us());
	t->begun_cpu_us = clock_cpu_us();
	/* first and last of all in a turn */
	ev_check_init(&t->wake, on_wake);
	ev_set_priority(&t->wake, EV_MAXPRI);
	ev_prepare_init(&t->rest, on_rest);
	ev_set_priority(&t->rest, EV_MINPRI);
	t->wake.data = t->rest.data = t;
	ev_check_start(loop, &t->wake);
	ev_prepare_start(loop, &t->rest);
}

void loop_turns_stop(struct loop_turns *t)
{
	ev_check_stop(t->loop, &t->wake);
	ev_prepare_stop(t->loop, &t->rest);
}
