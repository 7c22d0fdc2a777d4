/* SPDX-License-Identifier: MIT */
#include "config_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "log.h"

const struct config_choice config_log_levels[] = {
    {"error", LOG_LEVEL_ERROR},
    {"warning", LOG_LEVEL_WARNING},
    {"info", LOG_LEVEL_INFO},
    {"debug", LOG_LEVEL_DEBUG},
    {0},
};

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

static int set_choice(const struct config_option *o, int *value, const char *text)
{
	for (const struct config_choice *c = o->choices; c->word; c++)
		if (!strcmp(text, c->word)) {
			*value = c->value;
			return 0;
		}
	return -EINVAL;
}

static int set_text(const struct config_option *o, char *value, const char *text, const char **wanted)
{
	if (strlen(text) >= CONFIG_TEXT_MAX || (o->check && (*wanted = o->check(text))))
		return -EINVAL;
	snprintf(value, CONFIG_TEXT_MAX, "%s", text);
	return 0;
}

static int add_network(struct config_networks *list, const char *word)
{
	struct network network;

	if (network_parse(&network, word) < 0)
		return -EINVAL;
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].length == network.length &&
		    address_equal(&list->items[i].base, &network.base))
			return 0;
	if (list->n == CONFIG_NETWORKS_MAX)
		return -E2BIG;
	list->items[list->n++] = network;
	return 0;
}

static int add_item(const struct config_option *o, struct config_list *list, const char *word,
		    const char **wanted)
{
	const char **items;
	char *copy;

	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], word))
			return 0;
	if (o->check && (*wanted = o->check(word)))
		return -EINVAL;
	if (list->n == (uint64_t)o->maximum)
		return -E2BIG;
	items = reallocarray(list->items, list->n + 1, sizeof(*items));
	if (!items)
		return -ENOMEM;
	list->items = items;
	copy = strdup(word);
	if (!copy)
		return -ENOMEM;
	list->items[list->n++] = copy;
	return 0;
}

/* Cuts the next item out of *rest, without the blanks around it, and moves on; NULL at the end. */
static char *next_item(char **rest, const char *separators)
{
	char *item;
	size_t n;

	do {
		item = strsep(rest, separators);
		if (!item)
			return NULL;
		item += strspn(item, " \t");
	} while (!*item);
	n = strlen(item);
	while (item[n - 1] == ' ' || item[n - 1] == '\t')
		n--;
	item[n] = '\0';
	return item;
}

static void quote(struct config_fault *fault, const char *text)
{
	snprintf(fault->value, sizeof(fault->value), strlen(text) > 100 ? "%.97s..." : "%s", text);
}

static int add_items(const struct config_option *o, void *value, const char *text, const char **wanted,
		     struct config_fault *fault)
{
	char *copy = strdup(text), *rest = copy, *item;
	int r = copy ? 0 : -ENOMEM;

	while (r == 0 && (item = next_item(&rest, o->type == CONFIG_LIST ? "," : ", \t"))) {
		r = o->type == CONFIG_NETWORKS ? add_network(value, item) : add_item(o, value, item, wanted);
		if (r < 0)
			quote(fault, item);
	}
	free(copy);
	return r;
}

static void say_choices(const struct config_option *o, FILE *out)
{
	for (const struct config_choice *c = o->choices; c->word; c++)
		fprintf(out, "%s%s", c == o->choices ? "" : c[1].word ? ", " : " or ", c->word);
}

static const char *items_of(const struct config_option *o)
{
	return o->unit ? o->unit : "items";
}

static void say_expected(const struct config_option *o, int error, const char *wanted, FILE *out)
{
	if (error == -E2BIG)
		fprintf(out, "at most %lld %s", (long long)o->maximum, items_of(o));
	else if (wanted)
		fputs(wanted, out);
	else if (o->type == CONFIG_NUMBER)
		fprintf(out, "a whole number from %lld to %lld%s%s", (long long)o->minimum,
			(long long)o->maximum, o->unit ? " " : "", o->unit ? o->unit : "");
	else if (o->type == CONFIG_CHOICE)
		say_choices(o, out);
	else if (o->type == CONFIG_BOOL)
		fputs("yes or no", out);
	else if (o->type == CONFIG_NETWORKS)
		fputs("networks like 192.168.1.0/24 or fd00::/64, separated by commas", out);
	else
		fprintf(out, "a text of at most %d bytes", CONFIG_TEXT_MAX - 1);
}

int config_value_set(const struct config_option *o, void *settings, const char *text,
		     struct config_fault *ret_fault)
{
	void *value = (char *)settings + o->offset;
	const char *wanted = NULL;
	int r = -EINVAL;
	FILE *out;

	quote(ret_fault, text);
	switch (o->type) {
	case CONFIG_BOOL:
		r = set_bool(value, text);
		break;
	case CONFIG_NUMBER:
		r = set_number(o, value, text);
		break;
	case CONFIG_TEXT:
		r = set_text(o, value, text, &wanted);
		break;
	case CONFIG_CHOICE:
		r = set_choice(o, value, text);
		break;
	case CONFIG_NETWORKS:
	case CONFIG_LIST:
	case CONFIG_WORDS:
		r = add_items(o, value, text, &wanted, ret_fault);
		break;
	}
	if (r == 0 || r == -ENOMEM)
		return r;
	ret_fault->expected[0] = '\0';
	out = fmemopen(ret_fault->expected, sizeof(ret_fault->expected), "w");
	if (!out)
		return -ENOMEM;
	say_expected(o, r, wanted, out);
	fclose(out);
	return r;
}

bool config_value_is_list(const struct config_option *o)
{
	return o->type == CONFIG_NETWORKS || o->type == CONFIG_LIST || o->type == CONFIG_WORDS;
}

size_t config_value_count(const struct config_option *o, const void *settings)
{
	const void *value = (const char *)settings + o->offset;

	return o->type == CONFIG_NETWORKS ? ((const struct config_networks *)value)->n
					  : ((const struct config_list *)value)->n;
}

void config_value_clear(const struct config_option *o, void *settings)
{
	void *value = (char *)settings + o->offset;
	struct config_list *list = value;

	if (o->type == CONFIG_NETWORKS) {
		((struct config_networks *)value)->n = 0;
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		free((char *)list->items[i]);
	free(list->items);
	*list = (struct config_list){};
}

static bool same_networks(const struct config_networks *a, const struct config_networks *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->items[i].length != b->items[i].length ||
		    !address_equal(&a->items[i].base, &b->items[i].base))
			return false;
	return true;
}

static bool same_items(const struct config_list *a, const struct config_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->items[i], b->items[i]) != 0)
			return false;
	return true;
}

bool config_value_equal(const struct config_option *o, const void *settings, const void *other)
{
	const void *a = (const char *)settings + o->offset, *b = (const char *)other + o->offset;

	switch (o->type) {
	case CONFIG_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case CONFIG_NUMBER:
		return *(const int64_t *)a == *(const int64_t *)b;
	case CONFIG_TEXT:
		return !strcmp(a, b);
	case CONFIG_CHOICE:
		return *(const int *)a == *(const int *)b;
	case CONFIG_NETWORKS:
		return same_networks(a, b);
	case CONFIG_LIST:
	case CONFIG_WORDS:
		return same_items(a, b);
	}
	return false;
}

static size_t size_of(enum config_type type)
{
	static const size_t sizes[] = {
	    [CONFIG_BOOL] = sizeof(bool),
	    [CONFIG_NUMBER] = sizeof(int64_t),
	    [CONFIG_TEXT] = CONFIG_TEXT_MAX,
	    [CONFIG_CHOICE] = sizeof(int),
	    [CONFIG_NETWORKS] = sizeof(struct config_networks),
	    [CONFIG_LIST] = sizeof(struct config_list),
	    [CONFIG_WORDS] = sizeof(struct config_list),
	};

	return sizes[type];
}

void config_value_swap(const struct config_option *o, void *settings, void *other)
{
	char *a = (char *)settings + o->offset, *b = (char *)other + o->offset;
	char kept[sizeof(struct config_networks)];
	size_t size = size_of(o->type);

	_Static_assert(sizeof(kept) >= CONFIG_TEXT_MAX, "the largest value");
	memcpy(kept, a, size);
	memcpy(a, b, size);
	memcpy(b, kept, size);
}

void config_value_limits(const struct config_option *o, FILE *out)
{
	switch (o->type) {
	case CONFIG_BOOL:
		fputs("yes or no", out);
		break;
	case CONFIG_NUMBER:
		fprintf(out, "%lld to %lld%s%s", (long long)o->minimum, (long long)o->maximum,
			o->unit ? " " : "", o->unit ? o->unit : "");
		break;
	case CONFIG_CHOICE:
		say_choices(o, out);
		break;
	case CONFIG_NETWORKS:
	case CONFIG_LIST:
	case CONFIG_WORDS:
		fprintf(out, "list of %s%lld %s", o->minimum ? "1 to " : "at most ", (long long)o->maximum,
			items_of(o));
		break;
	case CONFIG_TEXT:
		break;
	}
}
