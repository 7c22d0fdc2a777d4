/* SPDX-License-Identifier: MIT */
#include "quota.h"

#include "device.h"
#include "util.h"

void quota_init(struct quota *q, enum quota_of of)
{
	q->of = of;
	q->n_holders = 0;
	chain_init(&q->holders);
}

void quota_take(struct quota *q, struct device *device)
{
	struct quota_share *share = &device->shares[q->of];

	if (!share->held++) {
		chain_append(&q->holders, &share->holders);
		q->n_holders++;
	}
}

void quota_give(struct quota *q, struct device *device)
{
	struct quota_share *share = &device->shares[q->of];

	if (!--share->held) {
		chain_take(&share->holders);
		q->n_holders--;
	}
}

struct device *quota_giver(const struct quota *q, struct device *device, size_t max)
{
	const struct quota_share *own = device ? &device->shares[q->of] : NULL, *most = NULL;

	if (own && own->held && own->held >= max / q->n_holders)
		return device;
	for (const struct chain *link = q->holders.next; link != &q->holders; link = link->next) {
		const struct quota_share *share = CONTAINER_OF(link, const struct quota_share, holders);

		if (!most || share->held > most->held)
			most = share;
	}
	return CONTAINER_OF(most, struct device, shares[q->of]);
}
