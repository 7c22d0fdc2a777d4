/* SPDX-License-Identifier: MIT */
#include "settle.h"

#include "util.h"

void settle(sd_event *event)
{
	uint64_t end = clock_ms() + 10000;

	for (int idle = 0; idle < 15 && clock_ms() < end;)
		idle = sd_event_run(event, 10000) > 0 ? 0 : idle + 1;
}
