/* SPDX-License-Identifier: MIT */
/* How each table of the topic overview is written. */
#pragma once

#include "encoder.h"

/* In the order of PROTOCOL.md. */
enum overview_table {
	OVERVIEW_SITE,
	OVERVIEW_SOURCES,
	OVERVIEW_PLACES,
	OVERVIEW_NETWORKS,
	OVERVIEW_COMPANIES,
	OVERVIEW_NAMES,
	OVERVIEW_DEVICES,
	OVERVIEW_ADDRESSES,
	OVERVIEW_LOOKUPS,
	OVERVIEW_REMOTES,
	OVERVIEW_CONVERSATIONS,
	OVERVIEW_TABLES,
};

/* The names of a table's columns. */
#define COLUMNS(...)                                                                                         \
	.columns = (const char *const[]){__VA_ARGS__},                                                       \
	.n_columns = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)

extern const struct encoder_schema overview_schemas[OVERVIEW_TABLES];
