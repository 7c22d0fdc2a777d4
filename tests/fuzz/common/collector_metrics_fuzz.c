/* SPDX-License-Identifier: MIT */
/* A message of metrics that is taken is one that can be written, and then read as the same. */
#include "collector_metrics.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct collector_metrics m = {.given = {[METRIC_RIVALS] = true}}, again;
	char text[COLLECTOR_METRICS_MOST];

	if (collector_metrics_read(&m, data, size) < 0) {
		if (!m.given[METRIC_RIVALS] || m.given[METRIC_DEVICES])
			abort();
		return 0;
	}
	if (collector_metrics_read(&again, text, collector_metrics_write(&m, text)) < 0)
		abort();
	if (memcmp(again.values, m.values, sizeof(m.values)) != 0 ||
	    memcmp(again.given, m.given, sizeof(m.given)) != 0)
		abort();
	return 0;
}
