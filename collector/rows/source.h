/* SPDX-License-Identifier: MIT */
/* Rows that say where the knowledge comes from and how each source does. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "feed_schema.h"
#include "row.h"

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

/* A source's state changed. Its sentence is in source->detail; where that is empty all is well, and good says so. */
typedef void (*source_report)(void *data, const struct source *source, const char *good);

/* Writes into detail what is wrong with a file. should: what it should be ("a list of names"); instead: what
 * happens meanwhile. */
void source_explain(struct source *s, int error, const char *path, const char *should, const char *instead);
/* The state for an error (0 or -errno). in_use: what was read before still is. */
const char *source_state(int error, bool in_use);
