/* SPDX-License-Identifier: MIT */
/* Rows that say where the knowledge comes from and how each source does. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "row.h"

enum source_column {
	SOURCE_KIND,
	SOURCE_STATE,
	SOURCE_DETAIL,
	SOURCE_TYPE,
	SOURCE_BUILT,
	SOURCE_ATTRIBUTION,
	SOURCE_NAME,
	SOURCE_ENTRIES,
	SOURCE_BROKEN,
	SOURCE_COLUMNS,
};

struct source {
	struct row row;
	const char *kind;      /* static */
	const char *state;     /* static: ok, missing, broken, off */
	char detail[384];      /* empty: nothing to say */
	char type[64];	       /* empty: unknown */
	char attribution[192]; /* empty: none */
	char name[64];	       /* empty: none */
	bool counted;	       /* entries and broken are known */
	uint64_t entries, broken;
	uint64_t built; /* seconds of Unix time, 0: unknown */
};
