/* SPDX-License-Identifier: MIT */
/* The one row that says how the site and its collector do. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "feed_schema.h"
#include "home.h"
#include "row.h"
#include "selection.h"

/* All numbers and flags are values[column]; the others are in site. */
struct site {
	struct row row, home_row; /* home_row: of the networks, in a table of its own */
	struct row_table table, home;
	const char *name; /* borrowed */
	enum home_mode mode;
	size_t n_networks;
	struct network networks[HOME_NETWORKS_MAX];
	uint64_t values[SITE_COLUMNS];
	const char *longest_turn_of, *longest_turn_ever_of; /* static; NULL: unknown */
};

/* watch, name: borrowed. */
void site_init(struct site *s, struct row_watch *watch, const char *name);
void site_done(struct site *s);

/* Sets a number or flag; says so to the feed when it differs. */
void site_set(struct site *s, enum site_column column, uint64_t value);
/* Which part of the program took the longest turn of the loop: of the last minute, and since the start. text: static. */
void site_set_turns_of(struct site *s, const char *minute, const char *ever);
void site_set_home(struct site *s, const struct home *home);
