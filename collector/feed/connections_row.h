/* SPDX-License-Identifier: MIT */
/* How a row of the topic connections is written: shared by connections.c and connections_row.c alone. */
#pragma once

#include "ct_table.h"
#include "encoder.h"
#include "model.h"

enum connections_column {
	CONNECTIONS_ACTIVE,
	CONNECTIONS_STATE,
	CONNECTIONS_STATUS,
	CONNECTIONS_ORIG_PACKETS,
	CONNECTIONS_ORIG_BYTES,
	CONNECTIONS_REPLY_PACKETS,
	CONNECTIONS_REPLY_BYTES,
	CONNECTIONS_TIMEOUT,
	CONNECTIONS_MARK,
	CONNECTIONS_CONVERSATION,
	CONNECTIONS_ID,
	CONNECTIONS_ZONE,
	CONNECTIONS_PROTOCOL,
	CONNECTIONS_ORIG_SRC,
	CONNECTIONS_ORIG_DST,
	CONNECTIONS_REPLY_SRC,
	CONNECTIONS_REPLY_DST,
	CONNECTIONS_ORIG_SPORT,
	CONNECTIONS_ORIG_DPORT,
	CONNECTIONS_REPLY_SPORT,
	CONNECTIONS_REPLY_DPORT,
	CONNECTIONS_SEEN,
	CONNECTIONS_COLUMNS,
};

/* What a row is written from: the values' function has no other way to the model. */
struct connections_item {
	const struct model *model;
	const struct ct_connection *connection;
	uint64_t time;
};

extern const struct encoder_schema connections_schema;
