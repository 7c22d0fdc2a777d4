/* SPDX-License-Identifier: MIT */
/* What a viewer asks for, as far as it is published; and a collector's answer, as far as the viewer is told. */
#include <assert.h>
#include <string.h>

#include "command_answer.h"
#include "command_message.h"
#include "command_request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void publish(const struct command_request *q)
{
	struct command_message m = {.request = "x-1", .role = ROLE_PARTICIPANT, .epoch = q->epoch}, read;
	char text[COMMAND_MESSAGE_MAX];
	size_t n;

	m.command = q->command;
	m.arguments = q->arguments;
	n = command_message_write(&m, text);
	assert(n < sizeof(text) && command_message_read(&read, text, n) == 0);
	assert(read.command == q->command && read.arguments.length == q->arguments.length);
	assert(!frame_epoch_compare(&read.epoch, &q->epoch));
}

static void answer(const char *text, size_t size)
{
	char written[COMMAND_ANSWER_MAX];
	struct command_reply reply;
	size_t n;

	if (command_reply_read(&reply, text, size) < 0)
		return;
	n = command_answer_write(written, UINT32_MAX, &reply);
	assert(n < sizeof(written) && written[0] == '{' && written[n - 1] == '}');
	for (size_t i = 0, k; i < n; i += k) {
		k = text_decode(written + i, n - i, NULL);
		assert(k);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct command_request q;
	int r = command_request_read(&q, ROLE_PARTICIPANT, text, size);

	if (r >= 0) {
		assert(r < COMMAND_FAULTS);
		assert(command_request_is(text, size));
		assert(q.number && frame_name_valid(q.site, strlen(q.site)));
	}
	if (r == 0)
		publish(&q);
	answer(text, size);
	return 0;
}
