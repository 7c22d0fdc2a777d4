/* SPDX-License-Identifier: MIT */
/*
 * Places and networks of addresses, from MMDB files (geo_record.h says which layouts). Several files of a kind are asked in turn, so IPv4 and IPv6 may be apart.
 */
#pragma once

#include <stdbool.h>

#include "config.h"
#include "remote_facts.h"
#include "row.h"
#include "source.h"
#include "worker.h"

#define GEO_FILES_MAX 4 /* of each kind */

struct geo;

struct geo_options {
	const struct config_list *city, *asn; /* paths, borrowed while geo_new runs */
	const char *attribution;	      /* of the city data, empty: none */
	const char *copy_folder;
};

/* Answers may differ from now on. */
typedef void (*geo_changed)(void *data);

/* sources: the table for the rows. event, worker, sources, data: borrowed; options->copy_folder too, and it must
 * outlive the worker. report and changed may be NULL. Opens nothing yet. 0, -EINVAL for too many files, -ENOMEM. */
int geo_new(struct geo **ret, sd_event *event, struct worker *worker, struct row_table *sources,
	    const struct geo_options *options, source_report report, geo_changed changed, void *data);
struct geo *geo_free(struct geo *g);

/* Once a second: has what is not open yet, and what was replaced, copied and opened beside the loop. */
void geo_check(struct geo *g);

/* Sets the place, network and anycast members of ret where the files know a. */
void geo_look_up(const struct geo *g, const struct address *a, struct remote_facts *ret);
