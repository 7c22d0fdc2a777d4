/* SPDX-License-Identifier: MIT */
/* How each table of the topic overview is written. */
#pragma once

#include "encoder.h"

/* In the order of the schema: enum overview_table. */
extern const struct encoder_schema overview_schemas[OVERVIEW_TABLES];
