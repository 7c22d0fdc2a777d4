/* SPDX-License-Identifier: MIT */
/* The topic overview: the tables of the model. */
#pragma once

#include "encoder.h"
#include "model.h"
#include "topic_source.h"

struct overview;

/* model: borrowed. 0 or -ENOMEM. */
int overview_new(struct overview **ret, struct model *model);
struct overview *overview_free(struct overview *o);

/* True when the row ids of one of its tables run out. */
bool overview_ids_run_out(const struct overview *o);

struct topic_source overview_source(struct overview *o);
