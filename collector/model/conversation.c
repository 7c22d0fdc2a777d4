/* SPDX-License-Identifier: MIT */
#include "conversation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "util.h"

#define FIRST_HIGH_PORT 1024
#define FIRST_SLOTS 64

/* Hashed as bytes: no padding, all members set. */
struct key {
	const void *device, *remote;
	uint32_t port; /* has_port in bit 16 */
	uint8_t protocol, inbound;
	uint16_t unused;
};

void conversations_init(struct conversations *c, struct row_watch *watch, struct devices *devices,
			struct remotes *remotes, struct answers *answers, uint32_t max,
			uint32_t max_high_ports)
{
	*c = (struct conversations){
	    .devices = devices,
	    .remotes = remotes,
	    .answers = answers,
	    .max = max,
	    .max_high_ports = max_high_ports,
	};
	row_table_init(&c->table, watch);
}

static void release_slots(struct conversations *c)
{
	free(c->slots);
	free(c->free_slots);
	c->slots = NULL;
	c->free_slots = NULL;
	c->n_slots = c->n_free_slots = c->max_slots = 0;
}

static void conversation_free(struct conversations *c, struct conversation *conversation)
{
	map_take(&c->map, &conversation->node);
	row_remove(&c->table, &conversation->row);
	c->slots[conversation->slot] = NULL;
	c->free_slots[c->n_free_slots++] = conversation->slot;
	conversation->device->conversations--;
	if (conversation->has_port && conversation->port >= FIRST_HIGH_PORT)
		conversation->device->high_ports--;
	chain_take(&conversation->of_remote);
	names_drop(c->answers->names, conversation->name);
	remotes_drop(c->remotes, conversation->remote);
	free(conversation);
	if (!c->table.count)
		release_slots(c);
}

void conversations_done(struct conversations *c)
{
	row_table_unfollow(&c->table);
	while (!chain_is_empty(&c->table.clean))
		conversation_free(c, CONTAINER_OF(row_of(c->table.clean.next), struct conversation, row));
	release_slots(c);
	map_done(&c->map);
	refused_done(&c->refused);
}

static int reserve_slot(struct conversations *c)
{
	uint32_t max = c->max_slots ? c->max_slots * 2 : FIRST_SLOTS;
	struct conversation **slots;
	uint32_t *free_slots;

	if (c->n_free_slots || c->n_slots + 1 < c->max_slots)
		return 0;
	slots = reallocarray(c->slots, max, sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	c->slots = slots;
	free_slots = reallocarray(c->free_slots, max, sizeof(*free_slots));
	if (!free_slots)
		return -ENOMEM;
	c->free_slots = free_slots;
	c->max_slots = max;
	return 0;
}

static uint32_t hash_key(const struct device *device, const struct remote *remote, const struct selection *s,
			 uint8_t protocol, bool has_port)
{
	struct key key = {
	    .device = device,
	    .remote = remote,
	    .port = has_port ? (1u << 16 | s->port) : 0,
	    .protocol = protocol,
	    .inbound = s->inbound,
	};

	return map_hash(&key, sizeof(key));
}

static struct conversation *find(const struct conversations *c, const struct device *device,
				 const struct remote *remote, const struct selection *s, uint8_t protocol,
				 bool has_port)
{
	uint32_t hash = hash_key(device, remote, s, protocol, has_port);

	for (struct map_node *n = map_find(&c->map, hash); n; n = map_find_next(n)) {
		struct conversation *found = CONTAINER_OF(n, struct conversation, node);

		if (found->device == device && found->remote == remote && found->protocol == protocol &&
		    found->inbound == s->inbound && found->has_port == has_port &&
		    (!has_port || found->port == s->port))
			return found;
	}
	return NULL;
}

static struct conversation *conversation_new(struct conversations *c, struct device *device,
					     struct remote *remote, const struct selection *s,
					     uint8_t protocol, bool has_port)
{
	struct conversation *new;

	if (c->table.count >= c->max || map_reserve(&c->map) < 0 || reserve_slot(c) < 0)
		return NULL;
	new = calloc(1, sizeof(*new));
	if (!new)
		return NULL;
	new->device = device;
	new->remote = remote;
	new->protocol = protocol;
	new->inbound = s->inbound;
	new->has_port = has_port;
	new->port = has_port ? s->port : 0;
	new->folded = s->has_port && !has_port;
	new->slot = c->n_free_slots ? c->free_slots[--c->n_free_slots] : ++c->n_slots;
	c->slots[new->slot] = new;
	device->conversations++;
	if (has_port && s->port >= FIRST_HIGH_PORT)
		device->high_ports++;
	map_put(&c->map, &new->node, hash_key(device, remote, s, protocol, has_port));
	chain_append(&remote->talks, &new->of_remote);
	row_add(&c->table, &new->row);
	device_count_total(c->devices, device, 1);
	if (!remote->special && !remote->name) {
		new->unseen = true;
		device_count_unseen(c->devices, device, 1);
	}
	return new;
}

static void note_hiding(struct conversations *c, struct conversation *conversation, uint64_t now)
{
	conversation->hides = (conversation->name && category_hides(conversation->name->category)) ||
			      category_hides(conversation->remote->category);
	if (conversation->hides)
		device_hides(c->devices, conversation->device, now);
}

static void rename_one(struct conversations *c, struct conversation *conversation, uint64_t now)
{
	const struct remote *remote = conversation->remote;
	struct name *before = conversation->name;
	struct name *name = answers_name(c->answers, &remote->address, conversation->device);

	if (name && name != before) {
		conversation->name = name_share(name);
		names_drop(c->answers->names, before);
		row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_NAME));
	}
	if (conversation->unseen && remote->name) {
		conversation->unseen = false;
		device_count_unseen(c->devices, conversation->device, -1);
	}
	note_hiding(c, conversation, now);
}

void conversations_rename(struct conversations *c, struct remote *remote, uint64_t now)
{
	for (struct chain *link = remote->talks.next; link != &remote->talks; link = link->next)
		rename_one(c, CONTAINER_OF(link, struct conversation, of_remote), now);
}

void conversations_describe(struct conversations *c, uint32_t slot, uint64_t now)
{
	if (conversations_at(c, slot))
		note_hiding(c, c->slots[slot], now);
}

struct conversation *conversations_get(struct conversations *c, const struct selection *s, uint8_t protocol,
				       uint64_t now)
{
	struct device *device = devices_get(c->devices, &s->device, s->self, now);
	struct remote *remote = device ? remotes_take(c->remotes, &s->remote, now) : NULL;
	struct conversation *found;
	bool has_port = s->has_port;

	if (!remote)
		return NULL;
	found = find(c, device, remote, s, protocol, has_port);
	if (!found && has_port && s->port >= FIRST_HIGH_PORT && device->high_ports >= c->max_high_ports) {
		has_port = false;
		found = find(c, device, remote, s, protocol, false);
	}
	if (found) {
		/* It refers to its remote once, whatever the number of connections. */
		remotes_drop(c->remotes, remote);
		return found;
	}
	found = conversation_new(c, device, remote, s, protocol, has_port);
	if (!found) {
		uint32_t hash = hash_key(device, remote, s, protocol, has_port);

		remotes_drop(c->remotes, remote);
		refused_note(&c->refused, hash);
		return NULL;
	}
	found->seen = found->active = now;
	rename_one(c, found, now);
	return found;
}

bool conversation_is(const struct conversations *c, const struct conversation *conversation,
		     const struct selection *s, uint8_t protocol)
{
	const struct device_address *known = devices_find_address(c->devices, &s->device);

	return known && known->device == conversation->device && known->device->self == s->self &&
	       address_equal(&conversation->remote->address, &s->remote) &&
	       conversation->protocol == protocol && conversation->inbound == s->inbound &&
	       (conversation->folded ||
		(conversation->has_port == s->has_port && (!s->has_port || conversation->port == s->port)));
}

struct conversation *conversations_at(const struct conversations *c, uint32_t slot)
{
	return slot <= c->n_slots ? c->slots[slot] : NULL;
}

void conversation_begin(struct conversations *c, struct conversation *conversation, bool open, uint64_t now)
{
	uint32_t column = open ? CONVERSATION_OPEN : CONVERSATION_CONNECTING;

	conversation->active = now;
	conversation->total++;
	if (open)
		conversation->open++;
	else
		conversation->connecting++;
	row_change(&c->table, &conversation->row, COLUMN(column) | COLUMN(CONVERSATION_TOTAL));
}

void conversation_turn(struct conversations *c, struct conversation *conversation, bool open)
{
	conversation->open += open ? 1 : -1u;
	conversation->connecting += open ? -1u : 1;
	row_change(&c->table, &conversation->row,
		   COLUMN(CONVERSATION_OPEN) | COLUMN(CONVERSATION_CONNECTING));
}

void conversation_end(struct conversations *c, struct conversation *conversation, bool open)
{
	if (open)
		conversation->open--;
	else
		conversation->connecting--;
	if (!conversation->open && !conversation->connecting)
		conversation_free(c, conversation);
	else
		row_change(&c->table, &conversation->row,
			   COLUMN(open ? CONVERSATION_OPEN : CONVERSATION_CONNECTING));
}

void conversation_uncount(struct conversations *c, struct conversation *conversation)
{
	conversation->total--;
	row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_TOTAL));
	if (conversation->total)
		return;
	/* All of it is another device's: it counts there. */
	device_count_total(c->devices, conversation->device, -1);
	if (conversation->unseen)
		device_count_unseen(c->devices, conversation->device, -1);
	conversation->unseen = false;
}

void conversation_count(struct conversations *c, struct conversation *conversation, const struct traffic *t,
			bool subtract, uint64_t now)
{
	uint64_t moved = traffic_moved(t);

	if (!moved)
		return;
	if (subtract)
		traffic_subtract(&conversation->traffic, t);
	else
		traffic_add(&conversation->traffic, t);
	conversation->active = now;
	if (conversation->hides)
		device_hides(c->devices, conversation->device, now);
	row_change(&c->table, &conversation->row, moved << CONVERSATION_UP_BYTES);
	device_count(c->devices, conversation->device, t, subtract, now);
}

void conversation_touch(struct conversations *c, struct conversation *conversation, uint64_t now)
{
	conversation->active = now;
	row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_ACTIVE));
}

void conversations_look(struct conversations *c, uint64_t now)
{
	for (uint32_t slot = 1; slot <= c->n_slots; slot++) {
		struct conversation *conversation = c->slots[slot];
		const struct traffic *t;

		if (!conversation)
			continue;
		t = &conversation->traffic;
		if (behaviour_look(&conversation->behaviour, t->up_bytes, t->down_bytes, t->up_packets,
				   t->down_packets, (uint32_t)now))
			row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_BEHAVIOUR));
	}
}
