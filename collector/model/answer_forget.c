/* SPDX-License-Identifier: MIT */
/* What one device looked up is forgotten, as if it had never been here. */
#include <stdlib.h>

#include "answer.h"
#include "util.h"

static int compare(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

	return a < b ? -1 : a > b;
}

static void forget_lookups(struct answered *answered, const uint32_t *lookups, size_t n)
{
	uint32_t left = 0;

	for (uint32_t i = 0; i < answered->n; i++)
		if (lookups && !bsearch(&answered->newest[i], lookups, n, sizeof(*lookups), compare))
			answered->newest[left++] = answered->newest[i];
	/* of those that are not kept nobody knows whose they were */
	if (left < answered->n)
		answered->more = 0;
	answered->n = left;
}

void answers_forget(struct answers *a, struct device *device, const uint32_t *lookups, size_t n,
		    bool (*is)(const void *data, const char *name), const void *data)
{
	CHAIN_FOR_EACH(link, &a->ages) {
		struct answer *answer = ANSWER_OF(link, age);

		if ((device && answer->device == device) || is(data, answer->name->text))
			answer_free(a, answer);
	}
	CHAIN_FOR_EACH(link, &a->addresses) {
		struct answered *answered = ANSWERED_OF(link);

		answered->when = INT64_MIN;
		answers_rename(a, &answered->name, NULL);
		forget_lookups(answered, lookups, n);
	}
	CHAIN_FOR_EACH(link, &a->ages) {
		const struct answer *answer = ANSWER_OF(link, age);
		struct answered *answered = answers_find(a, &answer->address);

		if (!answered || answer->when < answered->when)
			continue;
		answered->when = answer->when;
		answers_rename(a, &answered->name, answer->name);
	}
}

void answers_sweep(struct answers *a)
{
	CHAIN_FOR_EACH(link, &a->addresses)
		if (!ANSWERED_OF(link)->name && !ANSWERED_OF(link)->remote)
			answered_free(a, ANSWERED_OF(link));
}
