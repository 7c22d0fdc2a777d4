/* SPDX-License-Identifier: MIT */
/* The topic lookups: what devices asked for, and what is called by it. */
#pragma once

#include "model.h"
#include "model_topic.h"

/* model: borrowed. 0 or -ENOMEM. */
int lookups_topic_new(struct model_topic **ret, struct model *model);
