/* SPDX-License-Identifier: MIT */
/*
 * Who holds how much of something that is bounded for all devices together, so that one device cannot push out
 * what the others hold: when it is full, whoever holds most gives up its oldest.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "chain.h"

struct device;

/* What is shared out. A device has a struct quota_share for each. */
enum quota_of {
	QUOTA_LOOKUPS,
	QUOTA_ANSWERS,
	QUOTA_ENDED, /* conversations */
	QUOTAS,
};

struct quota_share {
	struct chain holders; /* linked while held is not 0 */
	uint32_t held;
};

struct quota {
	enum quota_of of;
	struct chain holders;
	uint32_t n_holders;
};

/* A quota must not move in memory. */
void quota_init(struct quota *q, enum quota_of of);

/* The device holds one more, or one less. Devices must outlive what they hold. */
void quota_take(struct quota *q, struct device *device);
void quota_give(struct quota *q, struct device *device);

/* Who has to give one up, so that device may have one more of max: itself when it holds more than an even share,
 * else whoever holds most. Somebody must hold something.
 * device: NULL for nobody here. */
struct device *quota_giver(const struct quota *q, struct device *device, size_t max);
