/* SPDX-License-Identifier: MIT */
#include "collector_private.h"
#include "log.h"
#include "util.h"

#define SLICE_US 5000 /* of one turn of the loop */

static void on_moved(void *data, struct ct_connection *c)
{
	struct collector *collector = data;

	connections_moved(collector->connections, c);
}

static int on_slice(sd_event_source *source, void *data)
{
	struct collector *collector = data;

	collector->turns.part = PART_REFRESH;
	if (model_refresh_slice(collector->model, collector->table, clock_us() + SLICE_US, on_moved,
				collector))
		return 0;
	log_debug("All that had changed was looked at again.");
	return sd_event_source_set_enabled(source, SD_EVENT_OFF);
}

void collector_refresh(struct collector *collector, unsigned parts)
{
	if (parts)
		log_debug(
		    "Looking again at all %zu connections or what they hang on (%x): home, a device, a file or the room for them has changed.",
		    ct_table_count(collector->table), parts);
	model_refresh(collector->model, parts);
	/* Without memory for the source the next second tries again. */
	if (!collector->refresh &&
	    sd_event_add_defer(collector->event, &collector->refresh, on_slice, collector) < 0)
		return;
	/* Between two slices everything else that is pending has its turn. */
	sd_event_source_set_enabled(collector->refresh, SD_EVENT_ON);
}
