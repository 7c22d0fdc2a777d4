/* SPDX-License-Identifier: MIT */
#include "command_message.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct command_message m, again;
	char text[COMMAND_MESSAGE_MAX];
	size_t n;
	int r = command_message_read(&m, (const char *)data, size);

	if (r < 0)
		return 0;
	assert(m.request[0] && !memcmp(m.request, data, strlen(m.request)));
	if (r > 0) {
		assert(r < COMMAND_FAULTS);
		return 0;
	}
	/* What was understood is written as what is read again. */
	n = command_message_write(&m, text);
	assert(n < sizeof(text) && command_message_read(&again, text, n) == 0);
	assert(!strcmp(again.request, m.request) && again.role == m.role && again.command == m.command);
	assert(address_equal(&again.address, &m.address));
	assert(!frame_epoch_compare(&again.epoch, &m.epoch));
	assert(again.arguments.length == m.arguments.length);
	assert(!m.arguments.length || !memcmp(again.arguments.at, m.arguments.at, m.arguments.length));
	return 0;
}
