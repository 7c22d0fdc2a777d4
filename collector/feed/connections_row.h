/* SPDX-License-Identifier: MIT */
/* How a row of the topic connections is written: shared by connections.c and connections_row.c alone. */
#pragma once

#include "ct_table.h"
#include "encoder.h"
#include "feed_schema.h"
#include "model.h"

/* What a row is written from: the values' function has no other way to the model. */
struct connections_item {
	const struct model *model;
	const struct ct_connection *connection;
	uint64_t time;
};

extern const struct encoder_schema connections_schema;
