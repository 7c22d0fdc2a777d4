/* SPDX-License-Identifier: MIT */
/* A topic that is tables of the model. Each table is in one topic alone: rows note their changes for one reader. */
#pragma once

#include "encoder.h"
#include "topic_source.h"

struct model_topic;

/* schemas (static) and tables (borrowed): n_tables each, a row refers to those of earlier tables. 0 or -ENOMEM. */
int model_topic_new(struct model_topic **ret, const struct encoder_schema *schemas,
		    struct row_table *const *tables, unsigned n_tables);
struct model_topic *model_topic_free(struct model_topic *t);

/* True when the row ids of one of its tables run out. */
bool model_topic_ids_run_out(const struct model_topic *t);

struct topic_source model_topic_source(struct model_topic *t);
