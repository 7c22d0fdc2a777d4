/* SPDX-License-Identifier: MIT */
#include "remote.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

void remotes_init(struct remotes *r, struct row_watch *watch, struct shared *shared, uint32_t max,
		  remote_describe describe, void *describe_data)
{
	*r = (struct remotes){
	    .shared = shared,
	    .describe = describe,
	    .describe_data = describe_data,
	    .max = max,
	};
	row_table_init(&r->table, watch);
}

void remotes_done(struct remotes *r)
{
	row_table_done(&r->table);
	map_done(&r->map);
}

/* Without memory for a shared row the remote has none: less is known, nothing is wrong. */
static uint32_t describe(struct remotes *r, struct remote *remote)
{
	struct remote_facts facts = {};
	struct place *place = NULL;
	struct network_row *network = NULL;
	uint32_t changed = 0;

	if (r->describe)
		r->describe(r->describe_data, &remote->address, &facts);
	if (facts.has_place)
		place = shared_take_place(r->shared, &facts.place);
	if (facts.has_network)
		network = shared_take_network(r->shared, &facts.network);
	if (place != remote->place)
		changed |= 1u << REMOTE_PLACE;
	if (network != remote->network)
		changed |= 1u << REMOTE_NETWORK | 1u << REMOTE_HOW;
	if (facts.special != remote->special)
		changed |= 1u << REMOTE_SPECIAL | 1u << REMOTE_HOW;
	shared_drop_place(r->shared, remote->place);
	shared_drop_network(r->shared, remote->network);
	remote->place = place;
	remote->network = network;
	remote->special = facts.special;
	return changed;
}

struct remote *remotes_take(struct remotes *r, const struct address *a, uint64_t now)
{
	uint32_t hash = map_hash(a->bytes, sizeof(a->bytes));
	struct remote *remote;

	for (struct map_node *n = map_find(&r->map, hash); n; n = map_find_next(n)) {
		remote = CONTAINER_OF(n, struct remote, node);
		if (address_equal(&remote->address, a)) {
			remote->conversations++;
			return remote;
		}
	}
	if (r->map.count >= r->max || map_reserve(&r->map) < 0) {
		r->full++;
		return NULL;
	}
	remote = calloc(1, sizeof(*remote));
	if (!remote) {
		r->full++;
		return NULL;
	}
	remote->address = *a;
	remote->seen = now;
	remote->conversations = 1;
	describe(r, remote);
	map_put(&r->map, &remote->node, hash);
	row_add(&r->table, &remote->row);
	return remote;
}

void remotes_drop(struct remotes *r, struct remote *remote)
{
	if (--remote->conversations)
		return;
	map_take(&r->map, &remote->node);
	row_remove(&r->table, &remote->row);
	shared_drop_place(r->shared, remote->place);
	shared_drop_network(r->shared, remote->network);
	free(remote);
}

static void describe_list(struct remotes *r, struct row *head)
{
	struct row *next;

	for (struct row *row = head->next; row != head; row = next) {
		uint32_t changed = describe(r, CONTAINER_OF(row, struct remote, row));

		next = row->next;
		if (changed && !row->fresh)
			row_change(&r->table, row, changed);
	}
}

void remotes_describe_all(struct remotes *r)
{
	/* Those with news first: the others move to that list when they change. */
	describe_list(r, &r->table.news);
	describe_list(r, &r->table.settled);
}
