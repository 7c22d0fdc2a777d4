/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct command command;
	char text[COMMAND_MAX * 2], reply[COMMAND_REPLY_MAX];
	int r = command_parse(&command, (const char *)data, size);

	if (r == -EINVAL)
		return 0;
	command_format_reply(reply, command.request, "No.");
	if (!command.request[0] || memcmp(reply, data, strlen(command.request)))
		abort();
	if (r < 0)
		return 0;
	/* What was understood says what was read. */
	snprintf(text, sizeof(text), "%s name %u%s%s", command.request, command.device,
		 command.has_alias ? " " : "", command.alias);
	if (strlen(text) != size || memcmp(text, data, size))
		abort();
	return 0;
}
