/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ask ask;
	char text[ASK_MAX];

	if (ask_parse(&ask, (const char *)data, size) < 0)
		return 0;
	/* What was understood says what was read. */
	if (ask.kind == ASK_COLLECTOR) {
		ask_format_collector(text, &ask.epoch);
		if (strlen(text) != size || memcmp(text, data, size))
			abort();
	} else if (!frame_name_valid(ask.topic, strlen(ask.topic))) {
		abort();
	}
	return 0;
}
