/* SPDX-License-Identifier: MIT */
#include "remote.h"

#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "util.h"

void remotes_init(struct remotes *r, struct row_watch *watch, struct shared *shared, struct answers *answers,
		  uint32_t max, remote_describe describe, void *describe_data)
{
	*r = (struct remotes){
	    .shared = shared,
	    .answers = answers,
	    .describe = describe,
	    .describe_data = describe_data,
	    .max = max,
	};
	row_table_init(&r->table, watch);
	row_table_init(&r->naming, watch);
}

void remotes_done(struct remotes *r)
{
	row_table_done(&r->table);
	row_table_done(&r->naming);
	map_done(&r->map);
	refused_done(&r->refused);
}

static uint64_t describe_owner(struct remotes *r, struct remote *remote, const struct remote_facts *facts)
{
	struct company *company = shared_take_company(r->shared, facts->company);
	uint8_t category = category_of(facts->category);
	uint64_t changed = 0;

	if (company != remote->company)
		changed |= COLUMN(REMOTE_COMPANY);
	if (category != remote->category)
		changed |= COLUMN(REMOTE_CATEGORY);
	if (facts->list != remote->list)
		changed |= COLUMN(REMOTE_LIST);
	if (strcmp(facts->cloud ? facts->cloud : "", remote->cloud ? remote->cloud : "")) {
		changed |= COLUMN(REMOTE_CLOUD);
		free(remote->cloud);
		remote->cloud = facts->cloud ? strdup(facts->cloud) : NULL;
	}
	shared_drop_company(r->shared, remote->company);
	remote->company = company;
	remote->category = category;
	remote->list = facts->list;
	return changed;
}

/* Without memory for a shared row the remote has none: less is known, nothing is wrong. */
static uint64_t describe(struct remotes *r, struct remote *remote)
{
	struct remote_facts facts = {};
	struct place *place = NULL;
	struct network_row *network = NULL;
	uint64_t changed = 0;

	if (r->describe)
		r->describe(r->describe_data, &remote->address, &facts);
	if (facts.has_place)
		place = shared_take_place(r->shared, &facts.place);
	if (facts.has_network)
		network = shared_take_network(r->shared, &facts.network);
	if (place != remote->place)
		changed |= COLUMN(REMOTE_PLACE);
	if (network != remote->network)
		changed |= COLUMN(REMOTE_NETWORK);
	if (facts.special != remote->special)
		changed |= COLUMN(REMOTE_SPECIAL);
	if (facts.anycast != remote->anycast)
		changed |= COLUMN(REMOTE_ANYCAST);
	shared_drop_place(r->shared, remote->place);
	shared_drop_network(r->shared, remote->network);
	remote->place = place;
	remote->network = network;
	remote->special = facts.special;
	remote->anycast = facts.anycast;
	return changed | describe_owner(r, remote, &facts);
}

struct remote *remotes_find(const struct remotes *r, const struct address *a)
{
	for (struct map_node *n = map_find(&r->map, map_hash(a->bytes, sizeof(a->bytes))); n;
	     n = map_find_next(n)) {
		struct remote *remote = CONTAINER_OF(n, struct remote, node);

		if (address_equal(&remote->address, a))
			return remote;
	}
	return NULL;
}

static void named(struct remotes *r, struct remote *remote, uint64_t columns)
{
	if (remote->naming.id)
		row_change(&r->naming, &remote->naming, columns);
	else
		row_add_to(&r->naming, &remote->naming, &remote->row);
}

bool remote_answered(struct remotes *r, struct remote *remote, struct answered *answered)
{
	struct name *before = remote->name;
	bool renamed = before != answered->name;
	uint64_t changed = COLUMN(REMOTE_NAME_NAMES) | COLUMN(REMOTE_NAME_MORE_NAMES);

	remote->answered = answered;
	answered->remote = remote;
	if (renamed) {
		remote->name = name_share(answered->name);
		names_drop(r->answers->names, before);
		changed |= COLUMN(REMOTE_NAME_NAME);
	}
	named(r, remote, changed);
	return renamed;
}

void remote_forget_name(struct remotes *r, struct remote *remote)
{
	if (remote->answered)
		remote->answered->remote = NULL;
	remote->answered = NULL;
	names_drop(r->answers->names, remote->name);
	remote->name = NULL;
	named(r, remote,
	      COLUMN(REMOTE_NAME_NAME) | COLUMN(REMOTE_NAME_NAMES) | COLUMN(REMOTE_NAME_MORE_NAMES));
}

bool remotes_have_room(const struct remotes *r, const struct address *a)
{
	return r->map.count < r->max || remotes_find(r, a);
}

struct remote *remotes_take(struct remotes *r, const struct address *a, int64_t now)
{
	struct remote *remote = remotes_find(r, a);
	uint32_t hash = map_hash(a->bytes, sizeof(a->bytes));
	struct answered *answered;

	if (remote) {
		remote->conversations++;
		return remote;
	}
	if (r->map.count >= r->max || map_reserve(&r->map) < 0) {
		refused_note(&r->refused, hash);
		return NULL;
	}
	remote = calloc(1, sizeof(*remote));
	if (!remote) {
		refused_note(&r->refused, hash);
		return NULL;
	}
	remote->address = *a;
	remote->seen = now;
	remote->conversations = 1;
	describe(r, remote);
	chain_init(&remote->talks);
	map_put(&r->map, &remote->node, hash);
	row_add(&r->table, &remote->row);
	answered = answers_find(r->answers, a);
	if (answered)
		remote_answered(r, remote, answered);
	return remote;
}

void remotes_drop(struct remotes *r, struct remote *remote)
{
	if (--remote->conversations)
		return;
	map_take(&r->map, &remote->node);
	if (remote->naming.id)
		row_remove(&r->naming, &remote->naming);
	row_remove(&r->table, &remote->row);
	shared_drop_place(r->shared, remote->place);
	shared_drop_network(r->shared, remote->network);
	shared_drop_company(r->shared, remote->company);
	if (remote->answered)
		remote->answered->remote = NULL;
	names_drop(r->answers->names, remote->name);
	free(remote->cloud);
	free(remote);
}

void remotes_describe(struct remotes *r, size_t bucket)
{
	for (struct map_node *node = r->map.buckets[bucket]; node; node = node->next) {
		struct remote *remote = CONTAINER_OF(node, struct remote, node);
		uint64_t changed = describe(r, remote);

		if (changed && !remote->row.is_new)
			row_change(&r->table, &remote->row, changed);
	}
}
