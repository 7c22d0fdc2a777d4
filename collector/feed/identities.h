/* SPDX-License-Identifier: MIT */
/* The topic identities: what tells whose a device is. */
#pragma once

#include "model.h"
#include "model_topic.h"

/* model: borrowed. 0 or -ENOMEM. */
int identities_new(struct model_topic **ret, struct model *model);
