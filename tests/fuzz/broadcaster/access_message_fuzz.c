/* SPDX-License-Identifier: MIT */
/* What another broadcaster says over Redis: what is taken is written as it was. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "access_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[ACCESS_MESSAGE_MAX];
	struct access_message m;

	if (access_message_read(&m, (const char *)data, size) == 0 &&
	    (access_message_write(&m, text) != size || memcmp(text, data, size) != 0))
		abort();
	return 0;
}
