/* SPDX-License-Identifier: MIT */
#include "collector_private.h"
#include "log.h"

enum wish collector_wishes_of(void *data, const uint8_t mac[6], const struct address *a)
{
	const struct collector *collector = data;

	return alias_store_wish(collector->aliases, mac, a);
}

bool collector_wishes_tell(void *data, const char *name)
{
	const struct collector *collector = data;

	return alias_store_tells(collector->aliases, name);
}

static void count(struct collector *collector)
{
	collector->model->devices.wishes = alias_store_has_wishes(collector->aliases);
}

void collector_wishes_make(struct collector *collector)
{
	const struct collector_options *o = &collector->options;

	alias_store_set_unchosen(collector->aliases,
				 o->privacy == ROOM_PRIVACY_ROOM ? (enum wish)o->unchosen : WISH_SHOWN);
	count(collector);
}

void collector_wishes_change(struct collector *collector)
{
	bool before = collector->model->devices.wishes;

	collector_wishes_make(collector);
	devices_ask_wishes(&collector->model->devices);
	collector_wishes_settle(collector);
	/* Who it is at an address has to be known first, or has not any more. */
	if (collector->model->devices.wishes != before)
		collector_refresh(collector, MODEL_CONNECTIONS);
}

static void on_moved(void *data, struct ct_connection *c)
{
	struct collector *collector = data;

	connections_moved(collector->connections, c);
}

static void carry_out(struct collector *collector, struct device *device, enum wish wish)
{
	/* From here on no frame may hold what it was. */
	feed_break_off(collector->feed);
	count(collector);
	model_set_wish(collector->model, collector->table, device, wish, on_moved, collector);
	/* Others may be known only now, or have to be known first. */
	collector_refresh(collector, MODEL_CONNECTIONS);
	collector_session_forget(collector);
}

bool collector_wishes_set(void *data, struct device *device, enum wish wish, bool by_holder)
{
	struct collector *collector = data;

	if (alias_store_set_wish(collector->aliases, device, wish, by_holder) < 0)
		return false;
	carry_out(collector, device, wish);
	alias_store_save(collector->aliases);
	return true;
}

void collector_wishes_settle(struct collector *collector)
{
	struct devices *d = &collector->model->devices;

	for (struct device *device; (device = devices_find_due(d));)
		carry_out(collector, device, devices_wish_of(d, device));
	if (!d->names_due)
		return;
	d->names_due = false;
	alias_store_note_hosts(collector->aliases, d);
	feed_break_off(collector->feed);
	model_forget_private_names(collector->model);
	collector_session_forget(collector);
}
