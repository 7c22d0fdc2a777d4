/* SPDX-License-Identifier: MIT */
#include "party.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "util.h"

/* Hashed as bytes: no padding, all members set. */
struct key {
	uint32_t whom, asn, special;
	char category, country[3];
};

void parties_init(struct parties *p, struct row_watch *watch, uint32_t max)
{
	*p = (struct parties){.max = max};
	row_table_init(&p->table, watch);
}

void parties_done(struct parties *p)
{
	row_table_unfollow(&p->table);
	map_done(&p->map);
}

static uint32_t hash_of(const struct party_facts *f)
{
	const struct key key = {
	    .whom = f->whom,
	    .asn = f->asn,
	    .special = f->special,
	    .category = (char)f->category,
	    .country = {f->country[0], f->country[1], 0},
	};
	uint32_t hash = map_hash(&key, sizeof(key));

	return f->text ? hash ^ map_hash(f->text, strlen(f->text)) : hash;
}

static bool is_equal(const struct party_facts *a, const struct party_facts *b)
{
	return a->whom == b->whom && a->asn == b->asn && a->special == b->special &&
	       a->category == b->category && !strcmp(a->country, b->country) && !a->text == !b->text &&
	       (!a->text || !strcmp(a->text, b->text));
}

static struct party *find(const struct parties *p, const struct party_facts *facts, uint32_t hash)
{
	for (struct map_node *n = map_find(&p->map, hash); n; n = map_find_next(n)) {
		struct party *found = CONTAINER_OF(n, struct party, node);

		if (is_equal(&found->facts, facts))
			return found;
	}
	return NULL;
}

static struct party *party_new(struct parties *p, const struct party_facts *facts, uint32_t hash)
{
	size_t length = facts->text ? strlen(facts->text) : 0;
	struct party *new;

	if (p->table.count >= p->max || map_reserve(&p->map) < 0)
		return NULL;
	new = calloc(1, sizeof(*new) + length + 1);
	if (!new)
		return NULL;
	new->facts = *facts;
	new->facts.text = facts->text ? memcpy(new->text, facts->text, length) : NULL;
	map_put(&p->map, &new->node, hash);
	row_add(&p->table, &new->row);
	return new;
}

struct party *parties_take(struct parties *p, const struct party_facts *facts)
{
	struct party_facts wanted = *facts;
	char text[PARTY_TEXT_MAX];
	struct party *party;
	uint32_t hash;

	/* Nothing that is no text may get into the feed or a file. */
	if (wanted.text) {
		text_copy(text, sizeof(text), wanted.text, strlen(wanted.text));
		wanted.text = text;
	}
	if (wanted.whom != WHOM_NETWORK)
		wanted.asn = 0;
	if (wanted.whom == WHOM_UNKNOWN || (wanted.text && !wanted.text[0]))
		wanted.text = NULL;
	if (!wanted.text && !wanted.asn)
		wanted.whom = WHOM_UNKNOWN;
	hash = hash_of(&wanted);
	party = find(p, &wanted, hash);
	if (!party)
		party = party_new(p, &wanted, hash);
	if (party)
		party->references++;
	return party;
}

void parties_drop(struct parties *p, struct party *party)
{
	if (!party || --party->references)
		return;
	if (!party->forgotten)
		map_take(&p->map, &party->node);
	row_remove(&p->table, &party->row);
	free(party);
}

bool parties_forget_names(struct parties *p, bool (*is)(const void *data, const char *name), const void *data)
{
	bool any = false;

	ROW_TABLE_FOR_EACH_TO_CHANGE(r, &p->table)
	{
		struct party *party = PARTY_OF(r);

		if (party->facts.whom != WHOM_NAME || !is(data, party->facts.text))
			continue;
		map_take(&p->map, &party->node);
		party->forgotten = true;
		party->facts.whom = WHOM_UNKNOWN;
		party->facts.text = NULL;
		memset(party->text, 0, strlen(party->text));
		row_change(&p->table, r, COLUMN(PARTY_NAME));
		any = true;
	}
	return any;
}
