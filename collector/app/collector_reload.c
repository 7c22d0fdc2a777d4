/* SPDX-License-Identifier: MIT */
/* SIGHUP, and with it "systemctl reload": the options are read again. */
#include <inttypes.h>
#include <signal.h>
#include <systemd/sd-daemon.h>

#include "collector_private.h"
#include "log.h"
#include "util.h"

/* Each option with .live, whether it changed or not: what is as it was changes nothing. */
static void take_over(struct collector *collector)
{
	const struct collector_options *o = &collector->options;

	log_set_level((enum log_level)o->log_level);
	collector->model->names_keep = (uint64_t)o->names_keep * 1000;
	history_keep(&collector->model->history, (uint32_t)o->history_hours);
	if (collector->source)
		ct_source_set_pace(collector->source, (uint32_t)o->interval, (uint32_t)o->cpu_budget);
	collector_devices_change(collector);
	collector_wishes_change(collector);
	/* What is home follows from it, and who lives there. */
	if (collector->rtnl)
		rtnl_refresh(collector->rtnl);
	collector_feed_change(collector);
}

static int on_hangup(sd_event_source *source, const struct signalfd_siginfo *signal, void *data)
{
	struct collector *collector = data;

	(void)source;
	(void)signal;
	/* Before it is ready nobody is told that it reloads: that would say that it is. */
	if (collector->feed_started)
		sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64, clock_us());
	if (collector_options_reload(&collector->options, collector->argc, collector->argv) == 0)
		take_over(collector);
	if (collector->feed_started)
		sd_notify(0, "READY=1");
	return 0;
}

int collector_reload_make(struct collector *collector)
{
	return sd_event_add_signal(collector->event, NULL, SIGHUP, on_hangup, collector);
}
