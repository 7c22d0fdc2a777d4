/* SPDX-License-Identifier: MIT */
#include "name.h"

#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "util.h"

void names_init(struct names *n, struct row_watch *watch, struct shared *shared, name_describe describe,
		void *describe_data)
{
	*n = (struct names){.shared = shared, .describe = describe, .describe_data = describe_data};
	row_table_init(&n->table, watch);
}

void names_done(struct names *n)
{
	row_table_done(&n->table);
	map_done(&n->map);
}

/* The columns that differ now. */
static uint64_t describe(struct names *n, struct name *name)
{
	struct name_facts facts = {};
	struct company *company;
	uint64_t changed = 0;
	uint16_t domain;
	uint8_t category, domain_category;

	if (n->describe)
		n->describe(n->describe_data, name->text, &facts);
	domain = facts.domain ? (uint16_t)(facts.domain - name->text) : 0;
	category = category_of(facts.category);
	domain_category = category_of(facts.domain_category);
	company = shared_take_company(n->shared, facts.company);
	changed |= domain != name->domain ? COLUMN(NAME_DOMAIN) : 0;
	changed |= company != name->company ? COLUMN(NAME_COMPANY) : 0;
	changed |= category != name->category ? COLUMN(NAME_CATEGORY) : 0;
	changed |= domain_category != name->domain_category ? COLUMN(NAME_DOMAIN_CATEGORY) : 0;
	changed |= facts.list != name->list ? COLUMN(NAME_LIST) : 0;
	shared_drop_company(n->shared, name->company);
	name->company = company;
	name->domain = domain;
	name->category = category;
	name->domain_category = domain_category;
	name->list = facts.list;
	return changed;
}

struct name *names_take(struct names *n, const char *text)
{
	size_t length = strlen(text) + 1;
	uint32_t hash = map_hash(text, length);
	struct name *name;

	for (struct map_node *node = map_find(&n->map, hash); node; node = map_find_next(node)) {
		name = CONTAINER_OF(node, struct name, node);
		if (!strcmp(name->text, text))
			return name_share(name);
	}
	if (map_reserve(&n->map) < 0)
		return NULL;
	name = calloc(1, sizeof(*name) + length);
	if (!name)
		return NULL;
	memcpy(name->text, text, length);
	name->references = 1;
	describe(n, name);
	map_put(&n->map, &name->node, hash);
	row_add(&n->table, &name->row);
	return name;
}

struct name *name_share(struct name *name)
{
	if (name)
		name->references++;
	return name;
}

void names_drop(struct names *n, struct name *name)
{
	if (!name || --name->references)
		return;
	map_take(&n->map, &name->node);
	row_remove(&n->table, &name->row);
	shared_drop_company(n->shared, name->company);
	free(name);
}

void names_describe(struct names *n, size_t bucket)
{
	for (struct map_node *node = n->map.buckets[bucket]; node; node = node->next) {
		struct name *name = CONTAINER_OF(node, struct name, node);
		uint64_t changed = describe(n, name);

		if (changed && !name->row.is_new)
			row_change(&n->table, &name->row, changed);
	}
}
