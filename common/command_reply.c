/* SPDX-License-Identifier: MIT */
#include "command_reply.h"

#include <errno.h>
#include <stdio.h>

size_t command_reply_write(char buffer[COMMAND_REPLY_MAX], const char *request, const char *result)
{
	return (size_t)snprintf(buffer, COMMAND_REPLY_MAX, "%s ok %s", request, result);
}

size_t command_reply_write_fault(char buffer[COMMAND_REPLY_MAX], const char *request,
				 enum command_fault fault)
{
	return (size_t)snprintf(buffer, COMMAND_REPLY_MAX, "%s error %s %s", request,
				command_fault_code(fault), command_fault_sentence(fault));
}

static bool is_clean(struct text s)
{
	uint32_t code;
	size_t n;

	for (; s.length; s = text_cut(s, n)) {
		n = text_decode(s.at, s.length, &code);
		if (!n || code < 0x20 || code == 0x7f)
			return false;
	}
	return true;
}

static bool is_code(struct text s)
{
	if (!s.length || s.length > 32)
		return false;
	for (size_t i = 0; i < s.length; i++)
		if (!(s.at[i] >= 'a' && s.at[i] <= 'z') && s.at[i] != '-')
			return false;
	return true;
}

int command_reply_read(struct command_reply *ret, const char *text, size_t length)
{
	struct text rest = {text, length}, word;
	struct command_reply reply = {};

	if (length >= COMMAND_REPLY_MAX || !is_clean(rest))
		return -EBADMSG;
	reply.request = text_take_until(&rest, ' ');
	word = text_take_until(&rest, ' ');
	if (text_is(word, "ok")) {
		reply.done = true;
		reply.result = rest;
		if (rest.length < 2 || rest.at[0] != '{' || rest.at[rest.length - 1] != '}')
			return -EBADMSG;
	} else if (text_is(word, "error")) {
		reply.code = text_take_until(&rest, ' ');
		reply.sentence = rest;
		if (!is_code(reply.code) || memchr(rest.at, '"', rest.length) ||
		    memchr(rest.at, '\\', rest.length))
			return -EBADMSG;
	} else {
		return -EBADMSG;
	}
	*ret = reply;
	return 0;
}
