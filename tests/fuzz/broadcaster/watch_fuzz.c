/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "watch_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct watch_message m;

	if (watch_message_parse(&m, (const char *)data, size) == 0) {
		assert(frame_name_valid(m.site, strlen(m.site)));
		assert(frame_name_valid(m.topic, strlen(m.topic)));
	}
	return 0;
}
