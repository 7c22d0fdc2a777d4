/* SPDX-License-Identifier: MIT */
#include "command_request.h"

#include <errno.h>

static const char begin[] = "command ";

bool command_request_is(const char *text, size_t length)
{
	return text_begins((struct text){text, length}, begin);
}

int command_request_read(struct command_request *ret, enum role role, const char *text, size_t length)
{
	struct text rest = {text, length}, word;
	struct command_request q = {};
	uint64_t number;
	int r;

	if (!text_take(&rest, begin))
		return -EBADMSG;
	word = text_take_until(&rest, ' ');
	if (!frame_name_valid(word.at, word.length))
		return -EBADMSG;
	memcpy(q.site, word.at, word.length);
	word = text_take_until(&rest, ' ');
	if (!word.length || word.at[0] == '0' || !text_take_number(&word, UINT32_MAX, &number) || word.length)
		return -EBADMSG;
	q.number = (uint32_t)number;
	command_take_epoch(&rest, &q.epoch);
	*ret = q;
	r = command_find(text_take_until(&rest, ' '));
	if (r < 0)
		return COMMAND_FAULT_UNKNOWN_COMMAND;
	q.command = (enum command)r;
	q.arguments = rest;
	*ret = q;
	return (int)command_check(q.command, role, rest);
}
