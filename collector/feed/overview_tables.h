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
	OVERVIEW_DEVICES,
	OVERVIEW_ADDRESSES,
	OVERVIEW_REMOTES,
	OVERVIEW_CONVERSATIONS,
	OVERVIEW_TABLES,
};

extern const struct encoder_schema overview_schemas[OVERVIEW_TABLES];
