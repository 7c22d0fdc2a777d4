/* SPDX-License-Identifier: MIT */
#include "config_value.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char separators[] = ", \t";

static int set_bool(bool *value, const char *text)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcasecmp(text, words[i])) {
			*value = i % 2;
			return 0;
		}
	return -EINVAL;
}

static int set_number(const struct config_option *o, int64_t *value, const char *text)
{
	long long n;
	char *end;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno || end == text || *end || n < o->minimum || n > o->maximum)
		return -EINVAL;
	*value = n;
	return 0;
}

/* Copies the next word of *text and moves on. 0 at the end, 1 for a word, -EINVAL when it is too long. */
static int next_word(const char **text, char *word, size_t size)
{
	size_t n;

	*text += strspn(*text, separators);
	n = strcspn(*text, separators);
	if (n == 0)
		return 0;
	if (n >= size)
		return -EINVAL;
	memcpy(word, *text, n);
	word[n] = 0;
	*text += n;
	return 1;
}

static int set_networks(struct config_networks *value, const char *text)
{
	struct config_networks list = {0};
	char word[ADDRESS_TEXT_MAX];
	int r;

	while ((r = next_word(&text, word, sizeof(word))) > 0)
		if (list.n == CONFIG_LIST_MAX || network_parse(&list.items[list.n++], word) < 0)
			return -EINVAL;
	if (r == 0)
		*value = list;
	return r;
}

static int set_list(const struct config_option *o, struct config_list *value, const char *text,
		    const char **wanted)
{
	struct config_list list = {0};
	char word[sizeof(list.items[0])];
	int r;

	while ((r = next_word(&text, word, sizeof(word))) > 0) {
		if (list.n == CONFIG_LIST_MAX || (o->check && (*wanted = o->check(word))))
			return -EINVAL;
		memcpy(list.items[list.n++], word, sizeof(word));
	}
	if (r == 0)
		*value = list;
	return r;
}

static int set_text(const struct config_option *o, char *value, const char *text, const char **wanted)
{
	if (strlen(text) >= CONFIG_TEXT_MAX || (o->check && (*wanted = o->check(text))))
		return -EINVAL;
	snprintf(value, CONFIG_TEXT_MAX, "%s", text);
	return 0;
}

int config_value_set(const struct config_option *o, void *settings, const char *text, char *expected,
		     size_t size)
{
	void *value = (char *)settings + o->offset;
	const char *wanted = NULL;
	int r = -EINVAL;

	switch (o->type) {
	case CONFIG_BOOL:
		r = set_bool(value, text);
		wanted = "yes or no";
		break;
	case CONFIG_NUMBER:
		r = set_number(o, value, text);
		break;
	case CONFIG_TEXT:
		r = set_text(o, value, text, &wanted);
		break;
	case CONFIG_NETWORKS:
		r = set_networks(value, text);
		wanted = "networks like 192.168.1.0/24 or fd00::/64, separated by commas, at most 32";
		break;
	case CONFIG_LIST:
		r = set_list(o, value, text, &wanted);
		break;
	}
	if (r == 0)
		return 0;
	if (o->type == CONFIG_NUMBER)
		snprintf(expected, size, "a whole number from %lld to %lld%s%s", (long long)o->minimum,
			 (long long)o->maximum, o->unit ? " " : "", o->unit ? o->unit : "");
	else if (wanted)
		snprintf(expected, size, "%s", wanted);
	else if (o->type == CONFIG_LIST)
		snprintf(expected, size, "at most %d words of at most %d bytes", CONFIG_LIST_MAX,
			 CONFIG_WORD_MAX - 1);
	else
		snprintf(expected, size, "a text of at most %d bytes", CONFIG_TEXT_MAX - 1);
	return -EINVAL;
}
