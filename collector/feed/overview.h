/* SPDX-License-Identifier: MIT */
/* The topic overview: what everybody may see. */
#pragma once

#include "model.h"
#include "model_topic.h"

/* model: borrowed. 0 or -ENOMEM. */
int overview_new(struct model_topic **ret, struct model *model);
