/* SPDX-License-Identifier: MIT */
/*
 * The two ctnetlink sockets on the loop: events (NEW and DESTROY) and dumps. Feeds a connection table.
 * See Documentation/networking/nf_conntrack-sysctl.rst and net/netfilter/nf_conntrack_netlink.c of the
 * kernel.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "ct_table.h"

struct ct_source;

struct ct_source_options {
	bool events;	     /* listen for NEW and DESTROY; else dumps alone */
	uint32_t interval;   /* ms between two dumps, at least */
	uint32_t cpu_budget; /* share of one CPU that dumps may take, in 1/1000: the interval grows when they
				would cost more */
	uint32_t
	    receive_buffer; /* bytes of the event socket's buffer at first; doubled on ENOBUFS up to 64 MiB */
};

struct ct_source_status {
	uint64_t event_losses; /* ENOBUFS so far */
	uint64_t dumps;	       /* whole dumps so far */
	uint64_t redone;       /* dumps begun again: interrupted or failed */
	uint64_t malformed;    /* messages that did not parse */
	uint32_t interval;     /* ms, as it is now */
	uint32_t dump_cost;    /* µs of CPU of the last dump */
	bool accounting;       /* nf_conntrack_acct of this namespace is on */
	bool
	    accounting_known; /* false: it cannot be read (/proc/sys is hidden), and is judged by the entries */
};

/* Called after a batch of events was put into the table, and after each whole dump. */
typedef void (*ct_source_done)(void *data, bool dump);

/*
 * event, table: borrowed and must outlive the source. clock_base: clock_ms() at the collector's start. The
 * first dump begins at once. 0, or -errno: -EPERM without CAP_NET_ADMIN, -EPROTONOSUPPORT without ctnetlink.
 */
int ct_source_new(struct ct_source **ret, sd_event *event, struct ct_table *table,
		  const struct ct_source_options *options, uint64_t clock_base, ct_source_done done,
		  void *data);
struct ct_source *ct_source_free(struct ct_source *s);

/* From now on; as of ct_source_options. */
void ct_source_set_pace(struct ct_source *s, uint32_t interval, uint32_t cpu_budget);
void ct_source_get_status(const struct ct_source *s, struct ct_source_status *ret);
