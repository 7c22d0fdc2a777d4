/* SPDX-License-Identifier: MIT */
/* third-party-web (https://github.com/patrickhulce/third-party-web, MIT): companies and categories of third
 * parties on web pages. */
#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "tables.h"

#define LICENCE_SIZE 8192

struct company_name {
	const char *theirs;
	const char *ours;
};

static const struct {
	const char *theirs, *ours;
} categories[] = {
    {"ad", "advertising"},	  {"analytics", "analytics"},
    {"social", "social"},	  {"video", "video"},
    {"utility", "other"},	  {"hosting", "cloud"},
    {"marketing", "advertising"}, {"customer-success", "work"},
    {"content", "other"},	  {"cdn", "cdn"},
    {"tag-manager", "analytics"}, {"consent-provider", "other"},
    {"other", "other"},
};

static const char *category_of_theirs(struct tables *t, const char *theirs)
{
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
		if (!strcmp(categories[i].theirs, theirs))
			return categories[i].ours;
	tables_die(t, "the category \"%s\" is new: say in third_parties.c what it is here", theirs);
}

/* An entity is a product: its company, when it is named, is what people know. */
static const char *company_of(const json_t *entity)
{
	const char *company = json_string_value(json_object_get(entity, "company"));

	return company ? company : json_string_value(json_object_get(entity, "name"));
}

/* A domain of theirs in our form: "*." in front means no more than we mean without. */
static void take_domain(struct tables *t, const json_t *domain, char *buffer, size_t size)
{
	const char *text = json_string_value(domain);

	if (!text || strlen(text) >= size)
		tables_die(t, "a domain is no text of a domain's length");
	if (!strncmp(text, "*.", 2))
		text += 2;
	for (;; text++) {
		*buffer++ = (char)tolower((unsigned char)*text);
		if (!*text)
			break;
	}
}

/* What we call a company that we know by one of its domains; NULL: we do not know the entity. */
static const char *our_name(struct tables *t, const json_t *entity)
{
	const json_t *domain;
	char text[256];
	size_t i;

	json_array_foreach(json_object_get(entity, "domains"), i, domain)
	{
		const struct item *item;

		take_domain(t, domain, text, sizeof(text));
		item = companies_find(t, text);
		if (item)
			return t->owners[item->owner].company;
	}
	return NULL;
}

static bool is_ours(const struct tables *t, const char *company)
{
	for (size_t i = 0; i < t->n_owners; i++)
		if (!strcmp(t->owners[i].company, company))
			return true;
	return false;
}

/* One company is one destination: what we know one of its entities by names all of them, unless we have a
 * company of its name. */
static struct company_name *find_names(struct tables *t, const json_t *entities, size_t *ret_n)
{
	struct company_name *names = NULL;
	const json_t *entity;
	size_t i, n = 0;

	json_array_foreach(entities, i, entity)
	{
		const char *ours;

		if (!company_of(entity))
			tables_die(t, "entity %zu has no name", i);
		ours = is_ours(t, company_of(entity)) ? NULL : our_name(t, entity);
		if (!ours)
			continue;
		names = tables_grow(t, names, n, sizeof(*names));
		names[n++] = (struct company_name){.theirs = company_of(entity), .ours = ours};
	}
	*ret_n = n;
	return names;
}

/* Our own item for the nearest domain above text; NULL: there is none. */
static const struct item *ours_above(const struct tables *t, const char *text, size_t n_ours)
{
	while ((text = strchr(text, '.'))) {
		const struct item *above = companies_find(t, ++text);

		if (above && above < t->items + n_ours)
			return above;
	}
	return NULL;
}

/* Those who rent a place there have names below the provider's own. */
static bool is_for_customers(const struct tables *t, const struct item *item)
{
	const char *category = t->owners[item->owner].category;

	return !strcmp(category, "cdn") || !strcmp(category, "cloud") || !strcmp(category, "storage");
}

static void add_domain(struct tables *t, char *text, const char *company, const char *category, size_t n_ours)
{
	const struct item *above = ours_above(t, text, n_ours);

	/* We know more of it: they only say that it is something else, or it is the main site of a domain of ours,
	 * which pages of others call for a button or a pixel. */
	if (above &&
	    (!strcmp(category, "other") || (!strncmp(text, "www.", 4) && !strcmp(text + 4, above->text))))
		return;
	if (above && !is_for_customers(t, above))
		company = t->owners[above->owner].company;
	companies_add(t, &(struct item){.kind = DOMAIN_ITEM, .text = text}, company, category);
}

static void add_entity(struct tables *t, const json_t *entity, const char *company, size_t n_ours)
{
	const char *category = json_string_value(json_object_get(entity, "category"));
	const json_t *domain;
	char text[256];
	size_t i;

	category = category_of_theirs(t, category ? category : "");
	json_array_foreach(json_object_get(entity, "domains"), i, domain)
	{
		take_domain(t, domain, text, sizeof(text));
		if (companies_is_domain(text) && !companies_find(t, text))
			add_domain(t, text, company, category, n_ours);
	}
}

static void add_entities(struct tables *t, const json_t *entities)
{
	const json_t *entity;
	size_t i, n, n_ours = t->n_items;
	struct company_name *names = find_names(t, entities, &n);

	json_array_foreach(entities, i, entity)
	{
		const char *company = company_of(entity);

		for (size_t k = 0; k < n; k++)
			if (!strcmp(names[k].theirs, company_of(entity))) {
				company = names[k].ours;
				break;
			}
		add_entity(t, entity, company, n_ours);
	}
	free(names);
}

static json_t *load(struct tables *t, const char *folder, const char *name)
{
	static char path[4096];
	json_error_t error;
	json_t *json;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	t->file = path;
	t->line = 0;
	json = json_load_file(path, 0, &error);
	if (!json) {
		t->line = (unsigned)error.line;
		tables_die(t, "%s", error.text);
	}
	return json;
}

static char *load_text(struct tables *t, const char *folder, const char *name)
{
	static char path[4096], text[LICENCE_SIZE];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	t->file = path;
	f = fopen(path, "r");
	if (!f)
		tables_die(t, "%s", strerror(errno));
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	if (n == sizeof(text) - 1)
		tables_die(t, "the licence is too long");
	text[n] = '\0';
	return tables_copy(t, text);
}

void third_parties_read(struct tables *t, const char *folder)
{
	json_t *package = load(t, folder, "package.json");
	const char *version = json_string_value(json_object_get(package, "version"));
	json_t *entities;

	t->version = tables_copy(t, version ? version : "");
	json_decref(package);
	t->licence = load_text(t, folder, "LICENSE");
	entities = load(t, folder, "dist/entities-nostats.json");
	add_entities(t, entities);
	json_decref(entities);
}
