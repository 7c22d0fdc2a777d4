/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

static bool is_request(struct text word)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

	if (!word.length || word.length >= COMMAND_REQUEST_MAX)
		return false;
	for (size_t i = 0; i < word.length; i++)
		if (!memchr(allowed, word.at[i], sizeof(allowed) - 1))
			return false;
	return true;
}

static int parse_id(uint32_t *ret, struct text word)
{
	uint64_t id;

	if (!word.length || word.at[0] == '0' || !text_take_number(&word, UINT32_MAX, &id) || word.length)
		return -EBADMSG;
	*ret = (uint32_t)id;
	return 0;
}

int command_parse(struct command *ret, const char *text, size_t length)
{
	struct text rest = {text, length}, word;
	struct command command = {};

	if (!length || length > COMMAND_MAX)
		return -EINVAL;
	word = text_take_until(&rest, ' ');
	if (!is_request(word))
		return -EINVAL;
	memcpy(command.request, word.at, word.length);
	*ret = command;

	word = text_take_until(&rest, ' ');
	if (!text_is(word, "name"))
		return -EBADMSG;
	word = text_take_until(&rest, ' ');
	if (parse_id(&command.device, word) < 0 || memchr(rest.at, '\0', rest.length))
		return -EBADMSG;
	/* A blank with nothing behind it is an empty name. */
	command.has_alias = rest.at > word.at + word.length;
	memcpy(command.alias, rest.at, rest.length);
	*ret = command;
	return 0;
}

const char *command_format_reply(char buffer[COMMAND_REPLY_MAX], const char *request, const char *sentence)
{
	if (sentence)
		snprintf(buffer, COMMAND_REPLY_MAX, "%s error %s", request, sentence);
	else
		snprintf(buffer, COMMAND_REPLY_MAX, "%s ok", request);
	return buffer;
}
