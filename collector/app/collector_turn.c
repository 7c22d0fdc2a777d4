/* SPDX-License-Identifier: MIT */
#include "collector_turn.h"

#include "log.h"
#include "util.h"

#define LONG_US 20000 /* a turn that is worth a line in the log */

const char *collector_part_name(enum collector_part part)
{
	static const char *const names[PARTS] = {
	    [PART_DUMP] = "connections", [PART_KEYFRAME] = "keyframe", [PART_FRAMES] = "frames",
	    [PART_REFRESH] = "refresh",	 [PART_FILES] = "files",       [PART_LOOKUPS] = "lookups",
	    [PART_HOME] = "home",	 [PART_TICK] = "tick",	       [PART_OTHER] = "other",
	};

	return names[part];
}

static int dispatch(struct collector_turns *t, sd_event *event, void (*over)(void *data), void *data)
{
	uint64_t begun = clock_us(), cpu = clock_cpu_us(), now;
	int r;

	t->part = PART_OTHER;
	turn_meter_begin(&t->meter, begun);
	r = sd_event_dispatch(event);
	over(data);
	now = clock_us();
	if (t->part != PART_OTHER)
		turn_meter_add(&t->meter, t->part, now - begun);
	turn_meter_end(&t->meter, now);
	/* On a busy machine a turn takes longer than the loop works in it. */
	if (now - begun >= LONG_US)
		log_debug("A turn of the loop took %.1f ms, %.1f ms of CPU (%s).",
			  (double)(now - begun) / 1000, (double)(clock_cpu_us() - cpu) / 1000,
			  collector_part_name(t->part));
	return r;
}

int collector_turns_run(struct collector_turns *t, sd_event *event, void (*over)(void *data), void *data)
{
	int r = 0, code;

	turn_meter_init(&t->meter, PARTS);
	while (r >= 0 && sd_event_get_state(event) != SD_EVENT_FINISHED) {
		r = sd_event_prepare(event);
		if (r == 0)
			r = sd_event_wait(event, UINT64_MAX);
		if (r > 0)
			r = dispatch(t, event, over, data);
	}
	if (r < 0)
		return r;
	r = sd_event_get_exit_code(event, &code);
	return r < 0 ? r : code;
}
