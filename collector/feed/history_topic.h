/* SPDX-License-Identifier: MIT */
/* The topic history: the tables of the history. */
#pragma once

#include "history.h"
#include "model_topic.h"

/* history: borrowed. 0 or -ENOMEM. */
int history_topic_new(struct model_topic **ret, struct history *history);
