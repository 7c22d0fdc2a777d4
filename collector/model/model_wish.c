/* SPDX-License-Identifier: MIT */
/*
 * Devices whose holders do not want to be seen. What is not in the model cannot get out: connections of those that are
 * left out are in no conversation, and what they look up is not taken in.
 */
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "private_name.h"
#include "util.h"

enum privacy model_privacy(const struct model *m, const struct address *a)
{
	static const enum privacy of[] = {
	    [WISH_SHOWN] = PRIVACY_NONE,	 [WISH_HIDDEN] = PRIVACY_HIDDEN,
	    [WISH_LEFT_OUT] = PRIVACY_APART,	 [WISH_UNCHOSEN] = PRIVACY_QUIET,
	    [WISH_UNCHOSEN_OUT] = PRIVACY_APART,
	};
	const struct device_address *known;
	enum wish wish;

	if (!m->devices.wishes)
		return PRIVACY_NONE;
	known = devices_find_address(&m->devices, a);
	wish = known ? known->device->wish : devices_wish_at(&m->devices, a);
	if (known || (wish != WISH_SHOWN && wish_is_chosen(wish)))
		return of[wish];
	/* Whoever is outside has nothing to choose. */
	if (m->home.mode != HOME_ROUTER || !home_is_inside(&m->home, a) || home_is_own(&m->home, a))
		return PRIVACY_NONE;
	/* A MAC that becomes known might be one of those. */
	return home_is_linked(&m->home, a) ? PRIVACY_UNKNOWN : of[wish];
}

static uint8_t bit_of(enum ct_direction direction, bool destination)
{
	return (uint8_t)(1u << (direction * 2 + destination));
}

bool model_is_masked(const struct ct_connection *c, enum ct_direction direction, bool destination)
{
	return c->model_masked & bit_of(direction, destination);
}

void model_heed_wishes(const struct model *m, struct selection *s, const struct ct_tuple tuple[CT_DIRECTIONS])
{
	bool any[PRIVACY_UNKNOWN + 1] = {};

	for (int d = CT_ORIG; d < CT_DIRECTIONS; d++)
		for (int destination = 0; destination < 2; destination++) {
			enum privacy p = model_privacy(m, destination ? &tuple[d].dst : &tuple[d].src);

			any[p] = true;
			if (p != PRIVACY_NONE)
				s->masked |= bit_of((enum ct_direction)d, destination);
		}
	s->secret = any[PRIVACY_APART] || any[PRIVACY_UNKNOWN];
	if (s->kind != SELECTION_SHOWN)
		return;
	if (any[PRIVACY_APART])
		s->kind = SELECTION_APART;
	else if (any[PRIVACY_UNKNOWN])
		s->kind = SELECTION_UNKNOWN;
	else if (model_privacy(m, &s->remote) != PRIVACY_NONE)
		/* As a remote it would have a row with its address. */
		s->kind = SELECTION_INSIDE;
}

bool model_is_private_name(const struct model *m, const char *name)
{
	struct address a;

	if (private_name_reverse(&a, name) && model_privacy(m, &a) != PRIVACY_NONE)
		return true;
	if (m->tells && m->tells(m->tells_data, name))
		return true;
	for (const struct device *device = NULL; (device = devices_next(&m->devices, device));)
		if (device->wish != WISH_SHOWN && private_name_is_host(name, device->host_name))
			return true;
	return false;
}

/* Has the device one of these addresses? */
static bool has_end(const struct device *device, const struct ct_tuple tuple[CT_DIRECTIONS])
{
	const struct address *const ends[] = {&tuple[CT_ORIG].src, &tuple[CT_REPLY].src, &tuple[CT_ORIG].dst,
					      &tuple[CT_REPLY].dst};

	for (const struct device_address *a = device->addresses; a; a = a->next)
		for (size_t i = 0; i < ELEMENTS_OF(ends); i++)
			if (address_equal(&a->address, ends[i]))
				return true;
	return false;
}

static void release(struct model *m, const struct ct_table *table, const struct device *device)
{
	for (uint32_t at = 1; at <= ct_table_positions(table); at++) {
		struct ct_connection *c = ct_table_at(table, at);
		const struct conversation *conversation = c ? model_conversation_of(m, c) : NULL;

		if (c && ((conversation && conversation->device == device) || has_end(device, c->tuple)))
			model_release(m, c);
	}
}

static void settle(struct model *m, const struct ct_table *table, model_moved moved, void *data)
{
	int64_t now = model_now(m);

	for (uint32_t at = 1; at <= ct_table_positions(table); at++) {
		struct ct_connection *c = ct_table_at(table, at);

		if (!c || c->model_conversation)
			continue;
		model_settle(m, c, now);
		if (moved)
			moved(data, c);
	}
}

/* What a name is forgotten for. */
struct forgetting {
	const struct model *m;
	size_t n;
	struct name *names[DEVICE_ADDRESSES_MAX]; /* what others looked up and got its addresses for */
};

static bool is_to_go(const void *data, const char *name)
{
	const struct forgetting *f = data;

	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->names[i]->text, name))
			return true;
	return model_is_private_name(f->m, name);
}

static void find_names(struct forgetting *f, const struct model *m, const struct device *device)
{
	*f = (struct forgetting){.m = m};
	if (device->wish == WISH_SHOWN)
		return;
	for (const struct device_address *a = device->addresses; a && f->n < ELEMENTS_OF(f->names);
	     a = a->next) {
		struct answered *answered = answers_find(&m->answers, &a->address);

		if (answered && answered->name)
			f->names[f->n++] = name_share(answered->name);
	}
}

static int compare(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

	return a < b ? -1 : a > b;
}

/* Its lookups, to be freed; NULL without memory, or when there are none. */
static uint32_t *list_lookups(const struct lookups *l, const struct device *device, size_t *ret_n)
{
	uint32_t *ids = calloc(device ? device->shares[QUOTA_LOOKUPS].held + 1 : 1, sizeof(*ids));

	*ret_n = 0;
	ROW_TABLE_FOR_EACH(r, &l->table)
	if (ids && CONTAINER_OF(r, struct lookup, row)->device == device)
		ids[(*ret_n)++] = r->id;
	if (ids)
		qsort(ids, *ret_n, sizeof(*ids), compare);
	return ids;
}

/* Remotes are called as others looked them up. */
static void rename_remotes(struct model *m)
{
	for (size_t at = 0; at < m->remotes.map.n_buckets; at++)
		for (struct map_node *n = m->remotes.map.buckets[at]; n; n = n->next) {
			struct remote *remote = CONTAINER_OF(n, struct remote, node);

			if (remote->answered && remote->answered->name)
				remote_answered(&m->remotes, remote, remote->answered);
			else if (remote->answered)
				remote_forget_name(&m->remotes, remote);
		}
}

/* device: whose lookups go; or NULL. */
static void forget_names(struct model *m, struct device *device, const struct forgetting *f)
{
	_cleanup_(cleanup_free) uint32_t *ids = NULL;
	size_t n;

	ids = list_lookups(&m->lookups, device, &n);
	answers_forget(&m->answers, device, ids, n, is_to_go, f);
	if (device)
		lookups_device_leaves(&m->lookups, device);
	lookups_forget_names(&m->lookups, is_to_go, f);
	history_forget_names(&m->history, is_to_go, f);
	conversations_forget_names(&m->conversations, is_to_go, f);
	rename_remotes(m);
	answers_sweep(&m->answers);
}

void model_forget_private_names(struct model *m)
{
	const struct forgetting f = {.m = m};

	forget_names(m, NULL, &f);
}

static void forget_lookups(struct model *m, struct device *device)
{
	struct forgetting f;

	find_names(&f, m, device);
	forget_names(m, device, &f);
	for (size_t i = 0; i < f.n; i++)
		names_drop(&m->names, f.names[i]);
}

/* What it had moved is nobody's, or that of all that are left out. */
static void forget_traffic(struct model *m, struct device *device, enum wish wish)
{
	const struct sum_facts none = {};
	struct sum_amounts amounts = {};

	conversations_forget_device(&m->conversations, device, &amounts);
	if (wish_is_out(wish))
		traffic_add(&m->apart, &amounts.traffic);
	else if (amounts.conversations || traffic_moved(&amounts.traffic))
		sums_add(&m->conversations.sums, NULL, &none, &amounts);
}

static void forget_as_remote(struct model *m, const struct device *device)
{
	for (const struct device_address *a = device->addresses; a; a = a->next) {
		struct remote *remote = remotes_find(&m->remotes, &a->address);

		if (remote)
			conversations_forget_remote(&m->conversations, remote);
	}
}

void model_set_wish(struct model *m, struct ct_table *table, struct device *device, enum wish wish,
		    model_moved moved, void *data)
{
	release(m, table, device);
	forget_traffic(m, device, wish);
	history_forget_device(&m->history, device);
	forget_as_remote(m, device);
	device->successor = NULL;
	room_device_leaves(&m->room, device);
	m->forgotten = model_now(m) ? model_now(m) : 1;
	devices_set_wish(&m->devices, device, wish, model_now(m));
	forget_lookups(m, device);
	settle(m, table, moved, data);
}

void model_device_leaves(void *data, struct device *device)
{
	struct model *m = data;

	/* It turned out to be one that does not want to be seen. */
	if (device->successor && device->successor->wish != WISH_SHOWN) {
		forget_traffic(m, device, device->successor->wish);
		history_forget_device(&m->history, device);
		device->successor = NULL;
		forget_lookups(m, device);
	}
	conversations_device_leaves(&m->conversations, device);
	lookups_device_leaves(&m->lookups, device);
	answers_device_leaves(&m->answers, device);
	history_device_leaves(&m->history, device);
	room_device_leaves(&m->room, device);
}
