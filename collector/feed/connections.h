/* SPDX-License-Identifier: MIT */
/*
 * The topic connections: the entries of the connection table. What changed is noted in each (feed_changed). Where
 * there are more than fit into a frame, the newest are in it.
 */
#pragma once

#include "ct_table.h"
#include "encoder.h"
#include "frame.h"
#include "model.h"
#include "topic_source.h"

struct connections;

#define CONNECTIONS_MOST (FRAME_INFLATED_MAX / 128) /* rows of nearly all kinds in a frame */

/* table, model, watch: borrowed. most: rows in the topic, fewer where they turn out too large. 0 or -ENOMEM. */
int connections_new(struct connections **ret, const struct ct_table *table, const struct model *model,
		    struct row_watch *watch, size_t most);
struct connections *connections_free(struct connections *s);

struct topic_source connections_source(struct connections *s);

/* How many are left out, as they are older than those that fit. */
size_t connections_left_out(const struct connections *s);

/* What the connection table told; the model was told before. */
void connections_added(struct connections *s, struct ct_connection *c);
void connections_changed(struct connections *s, struct ct_connection *c, const struct ct_change *change);
void connections_ended(struct connections *s, struct ct_connection *c);
/* It belongs to another conversation now. */
void connections_moved(struct connections *s, struct ct_connection *c);
