/* SPDX-License-Identifier: MIT */
#include "command_message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

_Static_assert(COMMAND_REQUEST_MAX + ADDRESS_TEXT_MAX + COMMAND_BYTES_MAX + 96 < COMMAND_MESSAGE_MAX,
	       "every message fits");

size_t command_message_write(const struct command_message *m, char buffer[COMMAND_MESSAGE_MAX])
{
	char address[ADDRESS_TEXT_MAX];
	size_t used = (size_t)snprintf(buffer, COMMAND_MESSAGE_MAX, "%s %s %s ", m->request,
				       command_role_name(m->role), address_format(&m->address, address));

	if (m->epoch.start || m->epoch.random)
		used += (size_t)snprintf(buffer + used, COMMAND_MESSAGE_MAX - used,
					 "%" PRIu64 "-%" PRIu32 " ", m->epoch.start, m->epoch.random);
	used +=
	    (size_t)snprintf(buffer + used, COMMAND_MESSAGE_MAX - used, "%s", command_rows[m->command].verb);

	if (m->arguments.length) {
		buffer[used++] = ' ';
		memcpy(buffer + used, m->arguments.at, m->arguments.length);
		used += m->arguments.length;
	}
	buffer[used] = '\0';
	return used;
}

static bool take_request(char ret[COMMAND_REQUEST_MAX], struct text *rest)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
	struct text word = text_take_until(rest, ' ');

	if (!word.length || word.length >= COMMAND_REQUEST_MAX)
		return false;
	for (size_t i = 0; i < word.length; i++)
		if (!memchr(allowed, word.at[i], sizeof(allowed) - 1))
			return false;
	memcpy(ret, word.at, word.length);
	return true;
}

int command_message_read(struct command_message *ret, const char *text, size_t length)
{
	struct text rest = {text, length}, word;
	struct command_message m = {};
	int r;

	if (length >= COMMAND_MESSAGE_MAX || !take_request(m.request, &rest))
		return -EBADMSG;
	*ret = m;
	r = command_find_role(text_take_until(&rest, ' '));
	word = text_take_until(&rest, ' ');
	if (r < 0 || !text_address(word, &m.address))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	m.role = (enum role)r;
	command_take_epoch(&rest, &m.epoch);
	*ret = m;
	r = command_find(text_take_until(&rest, ' '));
	if (r < 0)
		return COMMAND_FAULT_UNKNOWN_COMMAND;
	m.command = (enum command)r;
	m.arguments = rest;
	*ret = m;
	return (int)command_check(m.command, m.role, m.arguments);
}
