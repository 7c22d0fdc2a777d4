/* SPDX-License-Identifier: MIT */
#include "conversation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
			struct remotes *remotes, struct answers *answers, struct history *history,
			const struct conversations_limits *limits)
{
	*c = (struct conversations){
	    .devices = devices,
	    .remotes = remotes,
	    .answers = answers,
	    .history = history,
	    .max = limits->max,
	    .max_ended = limits->max_ended,
	    .max_high_ports = limits->max_high_ports,
	};
	row_table_init(&c->table, watch);
	row_table_init(&c->naming, watch);
	sums_init(&c->sums, watch, remotes->shared, answers->names, limits->max_sums);
	quota_init(&c->ended, QUOTA_ENDED);
}

static void release_slots(struct conversations *c)
{
	free(c->slots);
	free(c->free_slots);
	c->slots = NULL;
	c->free_slots = NULL;
	c->n_slots = c->n_free_slots = c->max_slots = 0;
}

static bool is_alive(const struct conversation *conversation)
{
	return conversation->phases[PHASE_CONNECTING] || conversation->phases[PHASE_OPEN] ||
	       conversation->phases[PHASE_CLOSING];
}

/* In its device: once for those that are alive. */
static void count_alive(const struct conversation *conversation, int by)
{
	conversation->device->conversations += (uint32_t)by;
	if (conversation->has_port && conversation->port >= FIRST_HIGH_PORT)
		conversation->device->high_ports += (uint32_t)by;
}

/* It has ended, and its device does not hold it any more. */
void conversation_free(struct conversations *c, struct conversation *conversation)
{
	conversation_tell(c, conversation);
	map_take(&c->map, &conversation->node);
	if (conversation->naming.id)
		row_remove(&c->naming, &conversation->naming);
	row_remove(&c->table, &conversation->row);
	c->slots[conversation->slot] = NULL;
	c->free_slots[c->n_free_slots++] = conversation->slot;
	chain_take(&conversation->of_remote);
	names_drop(c->answers->names, conversation->name);
	shared_drop_company(c->remotes->shared, conversation->company);
	remotes_drop(c->remotes, conversation->remote);
	free(conversation);
	if (!c->table.count)
		release_slots(c);
}

void conversations_done(struct conversations *c)
{
	row_table_unfollow(&c->table);
	row_table_unfollow(&c->naming);
	c->history = NULL;
	while (!chain_is_empty(&c->table.clean)) {
		struct conversation *first =
		    CONTAINER_OF(row_of(c->table.clean.next), struct conversation, row);

		if (!is_alive(first))
			conversation_wake(c, first);
		conversation_free(c, first);
	}
	release_slots(c);
	sums_done(&c->sums);
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

struct conversation *conversations_find(const struct conversations *c, const struct device *device,
					const struct conversation *like)
{
	const struct selection s = {.port = like->port, .inbound = like->inbound};

	return find(c, device, like->remote, &s, like->protocol, like->has_port);
}

/* Once for each that has or had a connection. */
static void count_in_device(struct conversations *c, struct conversation *conversation)
{
	const struct remote *remote = conversation->remote;

	device_count_total(c->devices, conversation->device, 1);
	if (!remote->special && !remote->name) {
		conversation->unseen = true;
		device_count_unseen(c->devices, conversation->device, 1);
	}
}

static struct conversation *conversation_new(struct conversations *c, struct device *device,
					     struct remote *remote, const struct selection *s,
					     uint8_t protocol, bool has_port)
{
	struct conversation *new;

	if (c->table.count >= c->max && !conversations_fold_one(c, device))
		return NULL;
	if (map_reserve(&c->map) < 0 || reserve_slot(c) < 0)
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
	count_alive(new, 1);
	map_put(&c->map, &new->node, hash_key(device, remote, s, protocol, has_port));
	chain_append(&remote->talks, &new->of_remote);
	row_add(&c->table, &new->row);
	count_in_device(c, new);
	return new;
}

void conversation_set_device(struct conversations *c, struct conversation *conversation,
			     struct device *device)
{
	const struct selection s = {.port = conversation->port, .inbound = conversation->inbound};

	map_take(&c->map, &conversation->node);
	conversation->device = device;
	/* The map had it before: there is room, but for the first of all. */
	if (map_reserve(&c->map) == 0)
		map_put(&c->map, &conversation->node,
			hash_key(device, conversation->remote, &s, conversation->protocol,
				 conversation->has_port));
	row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_DEVICE));
}

/* Ended conversations let theirs go where there are too many. */
static struct remote *take_remote(struct conversations *c, struct device *device, const struct address *a,
				  int64_t now)
{
	while (!remotes_have_room(c->remotes, a))
		if (!conversations_fold_one(c, device))
			break;
	return remotes_take(c->remotes, a, now);
}

struct conversation *conversations_get(struct conversations *c, const struct selection *s, uint8_t protocol,
				       int64_t now)
{
	struct device *device = devices_get(c->devices, &s->device, s->self, now);
	struct remote *remote = device ? take_remote(c, device, &s->remote, now) : NULL;
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
		if (!is_alive(found)) {
			conversation_wake(c, found);
			count_alive(found, 1);
			if (!found->total)
				count_in_device(c, found);
		}
		found->begun = now;
		conversation_rename(c, found, now);
		return found;
	}
	found = conversation_new(c, device, remote, s, protocol, has_port);
	if (!found) {
		uint32_t hash = hash_key(device, remote, s, protocol, has_port);

		remotes_drop(c->remotes, remote);
		refused_note(&c->refused, hash);
		return NULL;
	}
	found->seen = found->active = found->begun = now;
	conversation_rename(c, found, now);
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

static const uint64_t phase_columns[PHASES] = {
    [PHASE_CONNECTING] = COLUMN(CONVERSATION_CONNECTING),
    [PHASE_OPEN] = COLUMN(CONVERSATION_OPEN),
};

static void note_active(struct conversations *c, struct conversation *conversation, int64_t active)
{
	if (active <= conversation->active)
		return;
	conversation->active = active;
	row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_ACTIVE));
}

struct conversation *conversations_find_id(const struct conversations *c, uint32_t id)
{
	ROW_TABLE_FOR_EACH(r, &c->table)
	if (r->id == id)
		return CONTAINER_OF(r, struct conversation, row);
	return NULL;
}

void conversation_begin(struct conversations *c, struct conversation *conversation,
			enum conversation_phase phase, int64_t active)
{
	/* Of a new one the first connection says when it was active. */
	if (!conversation->total)
		conversation->active = active;
	note_active(c, conversation, active);
	conversation->total++;
	conversation->phases[phase]++;
	row_change(&c->table, &conversation->row, phase_columns[phase] | COLUMN(CONVERSATION_TOTAL));
}

void conversation_turn(struct conversations *c, struct conversation *conversation,
		       enum conversation_phase from, enum conversation_phase to)
{
	conversation->phases[from]--;
	conversation->phases[to]++;
	row_change(&c->table, &conversation->row, phase_columns[from] | phase_columns[to]);
}

void conversation_end(struct conversations *c, struct conversation *conversation,
		      enum conversation_phase phase)
{
	conversation->phases[phase]--;
	if (phase_columns[phase])
		row_change(&c->table, &conversation->row, phase_columns[phase]);
	if (is_alive(conversation))
		return;
	count_alive(conversation, -1);
	conversation_rest(c, conversation);
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
			bool subtract, int64_t active)
{
	uint64_t moved = traffic_moved(t);

	if (!moved)
		return;
	if (subtract)
		traffic_subtract(&conversation->traffic, t);
	else
		traffic_add(&conversation->traffic, t);
	if (active > conversation->active)
		conversation->active = active;
	conversation_note_dns(c, conversation, active);
	row_change(&c->table, &conversation->row, moved << CONVERSATION_UP_BYTES);
	device_count(c->devices, conversation->device, t, subtract, active);
}

bool conversations_have_room(const struct conversations *c)
{
	return c->n_ended || (c->table.count < c->max && c->remotes->table.count < c->remotes->max);
}

void conversation_touch(struct conversations *c, struct conversation *conversation, int64_t now)
{
	conversation->active = now;
	row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_ACTIVE));
}
