/* SPDX-License-Identifier: MIT */
/* A line: company, category, source of the claim, items; blanks between items. An item: a domain, an address
 * or network, or AS and a number; "=category" where it differs. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "category.h"
#include "tables.h"

#define OWNERS_MAX UINT16_MAX

static unsigned owner_of(struct tables *t, const char *company, const char *category)
{
	const char *word = category_word(category_of(category));

	if (!word || category_is_ignored(category_of(category)))
		tables_die(t, "there is no category \"%s\"", category);
	for (size_t i = 0; i < t->n_owners; i++)
		if (t->owners[i].category == word && !strcmp(t->owners[i].company, company))
			return (unsigned)i;
	if (t->n_owners == OWNERS_MAX)
		tables_die(t, "too many companies");
	t->owners = tables_grow(t, t->owners, t->n_owners, sizeof(*t->owners));
	t->owners[t->n_owners] = (struct owner){.company = tables_copy(t, company), .category = word};
	return (unsigned)t->n_owners++;
}

bool companies_is_domain(const char *text)
{
	size_t label = 0, length = strlen(text);

	if (!length || length > 253)
		return false;
	for (const char *at = text;; at++) {
		if (*at == '.' || !*at) {
			if (!label || label > 63)
				return false;
			label = 0;
			if (!*at)
				return true;
		} else if (islower((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '-' ||
			   *at == '_') {
			label++;
		} else {
			return false;
		}
	}
}

struct item companies_read_item(struct tables *t, char *text)
{
	struct item item = {.text = text};
	struct network network;
	char *end;

	if (!strncmp(text, "AS", 2)) {
		errno = 0;
		item.kind = ASN_ITEM;
		item.asn = (uint32_t)strtoul(text + 2, &end, 10);
		if (errno || *end || end == text + 2 || !item.asn)
			tables_die(t, "\"%s\" is no AS number", text);
	} else if (network_parse(&network, text) == 0) {
		item.kind = NETWORK_ITEM;
	} else if (!companies_is_domain(text)) {
		tables_die(t, "\"%s\" is neither a domain in small letters nor an address nor an AS number",
			   text);
	}
	return item;
}

const struct item *companies_find(const struct tables *t, const char *text)
{
	for (size_t i = 0; i < t->n_items; i++)
		if (!strcmp(t->items[i].text, text))
			return &t->items[i];
	return NULL;
}

void companies_add(struct tables *t, const struct item *item, const char *company, const char *category)
{
	struct item *new;

	t->items = tables_grow(t, t->items, t->n_items, sizeof(*t->items));
	new = &t->items[t->n_items++];
	*new = *item;
	new->owner = owner_of(t, company, category);
	new->text = tables_copy(t, item->text);
}

static void take_item(struct tables *t, char *text, const char *company, const char *category)
{
	char *equals = strchr(text, '=');
	const struct item *before;
	struct item item;

	if (equals)
		*equals++ = '\0';
	item = companies_read_item(t, text);
	before = companies_find(t, text);
	if (before)
		tables_die(t, "\"%s\" is there already, as one of %s", text,
			   t->owners[before->owner].company);
	companies_add(t, &item, company, equals ? equals : category);
}

static void note_company(struct tables *t, const char *company, const char *category)
{
	for (size_t i = 0; i < t->n_companies; i++)
		if (!strcmp(t->companies[i].company, company))
			return;
	t->companies = tables_grow(t, t->companies, t->n_companies, sizeof(*t->companies));
	t->companies[t->n_companies++] =
	    (struct owner){.company = tables_copy(t, company), .category = category};
}

void companies_take(struct tables *t, char **fields)
{
	char *blanks = fields[3], *item;

	if (strncmp(fields[2], "https://", 8) != 0)
		tables_die(t, "the source is no https address");
	/* The first line of a company says what it is for above all. */
	note_company(t, fields[0], category_word(category_of(fields[1])));
	while ((item = strsep(&blanks, " ")))
		take_item(t, item, fields[0], fields[1]);
}

void companies_settle(struct tables *t)
{
	size_t *items = calloc(t->n_owners, sizeof(*items));

	if (!items && t->n_owners)
		tables_die(t, "out of memory");
	for (size_t i = 0; i < t->n_items; i++)
		items[t->items[i].owner]++;
	for (size_t i = 0; i < t->n_owners; i++) {
		size_t most = i;

		for (size_t k = i + 1; k < t->n_owners; k++)
			if (!strcmp(t->owners[k].company, t->owners[i].company) && items[k] > items[most])
				most = k;
		note_company(t, t->owners[i].company, t->owners[most].category);
	}
	free(items);
}
