/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct words {
	const char *at;
	size_t left;
};

/* The text up to the next blank, or to the end. */
static const char *next_word(struct words *w, size_t *ret_length)
{
	const char *word = w->at, *blank = memchr(w->at, ' ', w->left);
	size_t length = blank ? (size_t)(blank - w->at) : w->left, taken = length + (blank ? 1 : 0);

	w->at += taken;
	w->left -= taken;
	*ret_length = length;
	return word;
}

static bool is_request(const char *word, size_t length)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

	if (!length || length >= COMMAND_REQUEST_MAX)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!memchr(allowed, word[i], sizeof(allowed) - 1))
			return false;
	return true;
}

static int parse_id(uint32_t *ret, const char *word, size_t length)
{
	uint64_t id = 0;

	if (!length || length > 10 || word[0] == '0')
		return -EBADMSG;
	for (size_t i = 0; i < length; i++) {
		if (word[i] < '0' || word[i] > '9')
			return -EBADMSG;
		id = id * 10 + (uint64_t)(word[i] - '0');
	}
	if (id > UINT32_MAX)
		return -EBADMSG;
	*ret = (uint32_t)id;
	return 0;
}

int command_parse(struct command *ret, const char *text, size_t length)
{
	struct words words = {text, length};
	struct command command = {};
	const char *word;
	size_t n;

	if (!length || length > COMMAND_MAX)
		return -EINVAL;
	word = next_word(&words, &n);
	if (!is_request(word, n))
		return -EINVAL;
	memcpy(command.request, word, n);
	*ret = command;

	word = next_word(&words, &n);
	if (n != strlen("name") || memcmp(word, "name", n))
		return -EBADMSG;
	word = next_word(&words, &n);
	if (parse_id(&command.device, word, n) < 0 || memchr(words.at, '\0', words.left))
		return -EBADMSG;
	/* A blank with nothing behind it is an empty name. */
	command.has_alias = words.at > word + n;
	memcpy(command.alias, words.at, words.left);
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
