/* SPDX-License-Identifier: MIT */
/*
 * The lookups that dnsmasq logs, from the systemd journal and from log files, all at once. Each has a row in
 * the table of sources (kind "dns"), which says how it does; what was looked up goes to the listener. Work is
 * bounded for each turn of the loop, so a burst of lines, or a long past, never holds the loop up.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#include "config.h"
#include "dns_event.h"
#include "row.h"
#include "source.h"

#define DNS_SOURCE_LOGS_MAX 8

struct dns_source;

/* Texts are borrowed while dns_source_new runs. */
struct dns_options {
	bool journal;	  /* read the systemd journal */
	const char *unit; /* read this systemd unit's lines; empty: those of any program called dnsmasq */
	const char
	    *journal_folder; /* a folder of journal files instead of this machine's journal; empty: that */
	const struct config_list *logs; /* paths of log files, absolute */
	bool past;			/* begin with what was logged before the start (bounded) */
	const char *state_folder; /* where the place in the journal is kept over restarts; empty: nowhere */
	struct worker *writer;	  /* which keeps it there */
};

struct dns_status {
	uint64_t lines;	 /* of dnsmasq that were read */
	uint64_t broken; /* of those, the ones that nobody could read */
	uint64_t lost;	 /* lines that are known to be lost (the sum of all DNS_LOST) */
};

/*
 * event, sources: borrowed, as is data. listener gets the events in the order of the lines; from the loop,
 * and from dns_source_check. Neither listener nor report is called before dns_source_new returns. 0; -EINVAL
 * for too many or too long paths; -ENOMEM; -errno of sd-event.
 */
int dns_source_new(struct dns_source **ret, sd_event *event, struct row_table *sources,
		   const struct dns_options *options, dns_listener listener, source_report report,
		   void *data);
struct dns_source *dns_source_free(struct dns_source *s);

/* Once a second: opens what is not open yet, polls what told nothing, forgets questions that nobody answered,
 * and saves the place in the journal. */
void dns_source_check(struct dns_source *s);

void dns_source_get_status(const struct dns_source *s, struct dns_status *ret);
