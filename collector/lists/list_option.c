/* SPDX-License-Identifier: MIT */
#include "list_option.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "category.h"
#include "source.h"
#include "text.h"

static const char *read_option(struct list_option *ret, const char *text)
{
	const char *equals = strrchr(text, '='), *colon;
	char word[32] = "", name[sizeof(((struct source *)NULL)->name)];

	if (!equals || equals == text)
		return "FILE=CATEGORY[:NAME], such as /etc/ads.hosts=advertising:Our list";
	if (equals - text >= LIST_OPTION_PATH_MAX)
		return "FILE=CATEGORY[:NAME], where FILE has at most 255 bytes";
	colon = strchrnul(equals, ':');
	if ((size_t)(colon - equals) <= sizeof(word))
		memcpy(word, equals + 1, (size_t)(colon - equals - 1));
	ret->category = category_word(category_of(word));
	if (!ret->category)
		return "FILE=CATEGORY[:NAME], where CATEGORY is a word such as advertising, analytics, malware, social, video, ignored or other (PROTOCOL.md has all of them)";
	ret->name = *colon ? colon + 1 : colon;
	if (!text_copy(name, sizeof(name), ret->name, strlen(ret->name)))
		return "FILE=CATEGORY[:NAME], where NAME is UTF-8";
	snprintf(ret->path, sizeof(ret->path), "%.*s", (int)(equals - text), text);
	return NULL;
}

int list_option_parse(struct list_option *ret, const char *text)
{
	return read_option(ret, text) ? -EINVAL : 0;
}

const char *list_option_check(const char *text)
{
	struct list_option option;

	return read_option(&option, text);
}
