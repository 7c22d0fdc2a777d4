/* SPDX-License-Identifier: MIT */
/*
 * The leases of dnsmasq's lease files. A file is rewritten in place, so one that is read half is read again:
 * what it told before stays. Each file has a row in the table of sources (kind "leases").
 */
#pragma once

#include <systemd/sd-event.h>

#include "config.h"
#include "lease_line.h"
#include "row.h"
#include "source.h"
#include "worker.h"

#define LEASES_FILES_MAX 8
#define LEASES_MAX 4096 /* of each file; those beyond are counted as broken */

struct leases;

/* lease: borrowed. */
typedef void (*leases_listener)(void *data, const struct lease *lease);
/* paths: absolute; copied. event, worker, sources, data: borrowed. Reads nothing yet. 0; -EINVAL for too many or too
 * long paths; -ENOMEM. */
int leases_new(struct leases **ret, sd_event *event, struct worker *worker, struct row_table *sources,
	       const struct config_list *paths, leases_listener listener, source_report report, void *data);
struct leases *leases_free(struct leases *l);

/* Once a second: has what has changed read, beside the loop. All leases of a file that have not run out are told when
 * it was read, and those of all files here when again is set. */
void leases_check(struct leases *l, bool again);
