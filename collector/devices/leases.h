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

#define LEASES_FILES_MAX 8
#define LEASES_MAX 4096 /* of each file; those beyond are counted as broken */

struct leases;

/* lease: borrowed. */
typedef void (*leases_listener)(void *data, const struct lease *lease);
/* A file's state changed: its sentence is in source->detail, empty when all is well. */
typedef void (*leases_report)(void *data, const struct source *source, const char *path);

/* paths: absolute; copied. event, sources, data: borrowed. Reads nothing yet. 0;
 * -EINVAL for too many or too long paths; -ENOMEM; -errno of sd-event. */
int leases_new(struct leases **ret, sd_event *event, struct row_table *sources,
	       const struct config_list *paths, leases_listener listener, leases_report report, void *data);
struct leases *leases_free(struct leases *l);

/* Once a second: reads what has changed; tells all leases that have not run out when one has, or when again
 * is set. */
void leases_check(struct leases *l, bool again);
