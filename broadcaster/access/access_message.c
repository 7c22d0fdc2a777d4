/* SPDX-License-Identifier: MIT */
#include "access_message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

static const char of_all[] = "signed-out", of_one[] = "ended";

size_t access_message_write(const struct access_message *m, char ret[ACCESS_MESSAGE_MAX])
{
	char hash[TOKEN_HASH_TEXT_MAX];

	if (m->all)
		return (size_t)snprintf(ret, ACCESS_MESSAGE_MAX, "%s %s", m->sender, of_all);
	return (size_t)snprintf(ret, ACCESS_MESSAGE_MAX, "%s %s %s", m->sender, of_one,
				token_hash_format(&m->ended, hash));
}

int access_message_read(struct access_message *ret, const char *bytes, size_t length)
{
	struct text s = {bytes, length}, sender = text_take_until(&s, ' ');
	struct access_message m = {};

	if (sender.length != ACCESS_SENDER_MAX - 1)
		return -EBADMSG;
	for (size_t i = 0; i < sender.length; i++)
		if (!sender.at[i] || !strchr("0123456789abcdef", sender.at[i]))
			return -EBADMSG;
	memcpy(m.sender, sender.at, sender.length);
	m.all = text_is(s, of_all);
	if (!m.all &&
	    (!text_take(&s, of_one) || !text_take(&s, " ") || token_hash_parse(&m.ended, s.at, s.length) < 0))
		return -EBADMSG;
	*ret = m;
	return 0;
}
