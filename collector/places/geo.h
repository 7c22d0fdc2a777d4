/* SPDX-License-Identifier: MIT */
/*
 * Places and networks of addresses, from MMDB files in either layout: nested (MaxMind's GeoLite2) or flat
 * (@ip-location-db). Several files of a kind are asked in turn, so IPv4 and IPv6 may be apart.
 */
#pragma once

#include <stdbool.h>

#include "config.h"
#include "remote_facts.h"
#include "row.h"
#include "source.h"

#define GEO_FILES_MAX 4 /* of each kind */

struct geo;

struct geo_options {
	const struct config_list *city, *asn; /* paths, borrowed while geo_new runs */
	const char *attribution;	      /* of the city data, empty: none */
	const char *copy_folder;
};

/* Told when a source's state changed: its sentence is in source->detail. */
typedef void (*geo_report)(void *data, const struct source *source, const char *path);

/* sources: the table for the rows, borrowed, as is data. Opens nothing yet. 0, -EINVAL for too many files,
 * -ENOMEM. */
int geo_new(struct geo **ret, struct row_table *sources, const struct geo_options *options, geo_report report,
	    void *data);
struct geo *geo_free(struct geo *g);

/* Opens what is not open and what was replaced. True when answers may differ from now on. */
bool geo_check(struct geo *g);

/* Sets the place and network members of ret where the files know a. */
void geo_look_up(const struct geo *g, const struct address *a, struct remote_facts *ret);
