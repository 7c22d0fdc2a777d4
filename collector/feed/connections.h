/* SPDX-License-Identifier: MIT */
/* The topic connections: the entries of the connection table. What changed is noted in each (feed_changed). */
#pragma once

#include "ct_table.h"
#include "encoder.h"
#include "model.h"
#include "topic_source.h"

struct connections;

/* table, model, watch: borrowed. 0 or -ENOMEM. */
int connections_new(struct connections **ret, const struct ct_table *table, const struct model *model,
		    struct row_watch *watch);
struct connections *connections_free(struct connections *s);

struct topic_source connections_source(struct connections *s);

/* What the connection table told; the model was told before. */
void connections_added(struct connections *s, struct ct_connection *c);
void connections_changed(struct connections *s, struct ct_connection *c, const struct ct_change *change);
void connections_ended(struct connections *s, struct ct_connection *c);
/* It belongs to another conversation now. */
void connections_moved(struct connections *s, struct ct_connection *c);
