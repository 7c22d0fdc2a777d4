/* SPDX-License-Identifier: MIT */
#include "alias_store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alias_store_private.h"
#include "private_name.h"
#include "util.h"

#define SAVE_EVERY 5000 /* ms between two savings */
#define SETTLES                                                                                              \
	60000 /* ms in which a new device may turn out to be some thing: then nobody knows it by name yet */
#define SEEN_EVERY 3600 /* s: who is here is noted that often, so that a quiet home writes seldom */

static uint32_t hash_key(const struct alias_key *key)
{
	return map_hash(key, sizeof(*key));
}

static struct alias_key key_of(const struct device *device)
{
	struct alias_key key = {};

	if (device->has_mac) {
		memcpy(key.bytes, device->mac, sizeof(device->mac));
		key.is_mac = 1;
	} else if (device->addresses) {
		memcpy(key.bytes, device->addresses->address.bytes, sizeof(key.bytes));
	}
	return key;
}

static struct kept *find(const struct alias_store *s, const struct alias_key *key)
{
	for (struct map_node *n = map_find(&s->map, hash_key(key)); n; n = map_find_next(n)) {
		struct kept *k = CONTAINER_OF(n, struct kept, node);

		if (!memcmp(&k->entry.key, key, sizeof(*key)))
			return k;
	}
	return NULL;
}

void alias_forget(struct alias_store *s, size_t at)
{
	map_take(&s->map, &s->kept[at]->node);
	free(s->kept[at]);
	s->kept[at] = s->kept[--s->n];
}

/* What goes last: what somebody wished for. */
static int worth(const struct alias_entry *e)
{
	return e->wish ? 2 : e->given || e->chooser;
}

static void make_room(struct alias_store *s)
{
	size_t oldest = 0;

	for (size_t i = 1; i < s->n; i++) {
		const struct alias_entry *a = &s->kept[i]->entry, *b = &s->kept[oldest]->entry;

		if (worth(a) != worth(b) ? worth(a) < worth(b) : a->seen < b->seen)
			oldest = i;
	}
	alias_forget(s, oldest);
}

struct kept *alias_keep(struct alias_store *s, const struct alias_key *key)
{
	struct kept *k = find(s, key);

	if (k)
		return k;
	if (s->n == ALIAS_STORE_MAX)
		make_room(s);
	if (s->n == s->max) {
		size_t max = s->max ? s->max * 2 : 64;
		struct kept **kept = reallocarray(s->kept, max, sizeof(*kept));

		if (!kept)
			return NULL;
		s->kept = kept;
		s->max = max;
	}
	if (map_reserve(&s->map) < 0)
		return NULL;
	k = calloc(1, sizeof(*k));
	if (!k)
		return NULL;
	k->entry.key = *key;
	map_put(&s->map, &k->node, hash_key(key));
	s->kept[s->n++] = k;
	return k;
}

static void apply(struct alias_store *s, struct devices *d, struct device *device, struct kept *k)
{
	k->entry.seen = clock_unix_ms() / 1000;
	s->dirty = true;
	device_set_alias(d, device, wish_is_out(device->wish) ? "" : k->entry.alias);
	device_set_named(d, device, k->entry.given);
	device->told_since = k->entry.since;
}

/* What was kept of its addresses, before its MAC became known, names nobody any more. */
static void forget_addresses(struct alias_store *s, const struct device *device)
{
	for (const struct device_address *a = device->addresses; device->has_mac && a; a = a->next) {
		struct alias_key key = {};

		memcpy(key.bytes, a->address.bytes, sizeof(key.bytes));
		for (size_t i = 0; i < s->n; i++)
			if (!memcmp(&s->kept[i]->entry.key, &key, sizeof(key)))
				alias_forget(s, i);
	}
}

/* The wish was for its address: now that its MAC is known, it is for that. */
static struct kept *carry_wish(struct alias_store *s, const struct device *device,
			       const struct alias_key *key, struct kept *k)
{
	if (device->wish == WISH_SHOWN || !wish_is_chosen(device->wish) ||
	    (k && k->entry.wish == device->wish))
		return k;
	k = alias_keep(s, key);
	if (!k)
		return NULL;
	k->entry.wish = device->wish;
	k->entry.chooser = ALIAS_SOMEBODY;
	snprintf(k->entry.alias, sizeof(k->entry.alias), "%s", device->alias);
	return k;
}

void alias_store_name(struct alias_store *s, struct devices *d, struct device *device)
{
	struct alias_key key = key_of(device);
	struct kept *k = carry_wish(s, device, &key, find(s, &key));
	char alias[DEVICE_ALIAS_MAX];

	forget_addresses(s, device);
	if (device->wish == WISH_UNCHOSEN_OUT && !k)
		return device_set_alias(d, device, "");
	/* What somebody called it before is kept, and not told. */
	if (device->wish == WISH_UNCHOSEN && k && k->entry.given) {
		alias_choose(s, d, device, &key, false, alias);
		device_set_alias(d, device, alias);
		return device_set_named(d, device, false);
	}
	if (k &&
	    (wish_is_out(device->wish) || (k->entry.alias[0] && !alias_is_here(d, device, k->entry.alias)))) {
		apply(s, d, device, k);
		return;
	}
	alias_choose(s, d, device, &key, device->wish == WISH_HIDDEN, alias);
	k = alias_keep(s, &key);
	if (!k) {
		device_set_alias(d, device, alias);
		return;
	}
	memcpy(k->entry.alias, alias, sizeof(alias));
	k->entry.given = false;
	k->made = clock_ms();
	apply(s, d, device, k);
}

/* By now it is known what it is: a name that was made up just now was a guess. */
static void name_thing(struct alias_store *s, struct devices *d, struct device *device, uint64_t now)
{
	struct alias_key key = key_of(device);
	struct kept *k = find(s, &key);

	if (!k || k->entry.given || !k->made || now - k->made > SETTLES || device->wish != WISH_SHOWN)
		return;
	alias_choose(s, d, device, &key, false, k->entry.alias);
	apply(s, d, device, k);
}

void alias_store_name_things(struct alias_store *s, struct devices *d)
{
	uint64_t now = clock_ms();

	if (!d->things_due)
		return;
	d->things_due = false;
	ROW_TABLE_FOR_EACH_TO_CHANGE(r, &d->table)
	if (DEVICE_OF(r)->thing_due) {
		DEVICE_OF(r)->thing_due = false;
		name_thing(s, d, DEVICE_OF(r), now);
	}
}

void alias_store_give(struct alias_store *s, struct devices *d, struct device *device, const char *alias)
{
	struct alias_key key = key_of(device);
	struct kept *k = alias_keep(s, &key);

	if (!k)
		return;
	if (alias)
		snprintf(k->entry.alias, sizeof(k->entry.alias), "%s", alias);
	else
		alias_choose(s, d, device, &key, device->wish == WISH_HIDDEN, k->entry.alias);
	k->entry.given = alias;
	apply(s, d, device, k);
}

int alias_store_new(struct alias_store **ret, struct worker *worker, const char *site, const char *folder,
		    struct row_table *sources, source_report report, void *data)
{
	struct alias_store *s = calloc(1, sizeof(*s));
	int r = 0;

	if (!s)
		return -ENOMEM;
	*s = (struct alias_store){.site = site, .sources = sources, .report = report, .data = data};
	if (folder[0] && snprintf(s->path, sizeof(s->path), "%s/names", folder) >= (int)sizeof(s->path))
		r = -ENAMETOOLONG;
	if (r >= 0 && folder[0])
		r = file_writer_new(&s->writer, worker, s->path, alias_on_saved, s);
	if (r < 0) {
		free(s);
		return r;
	}
	s->source = (struct source){.kind = "aliases", .state = "off"};
	row_add(sources, &s->source.row);
	if (s->path[0])
		alias_load(s);
	*ret = s;
	return 0;
}

void alias_store_set_style(struct alias_store *s, const struct alias_style *style)
{
	s->style = *style;
}

struct alias_store *alias_store_free(struct alias_store *s)
{
	if (!s)
		return NULL;
	alias_save(s);
	file_writer_free(s->writer);
	row_remove(s->sources, &s->source.row);
	while (s->n)
		alias_forget(s, s->n - 1);
	free(s->kept);
	map_done(&s->map);
	free(s);
	return NULL;
}

void alias_store_set_unchosen(struct alias_store *s, enum wish unchosen)
{
	s->unchosen = unchosen;
}

static enum wish wish_of(const struct alias_store *s, const struct kept *k)
{
	return k && k->entry.chooser ? k->entry.wish : s->unchosen;
}

enum wish alias_store_wish(const struct alias_store *s, const uint8_t mac[6], const struct address *a)
{
	struct alias_key key = {.is_mac = mac != NULL};

	memcpy(key.bytes, mac ? mac : a->bytes, mac ? 6 : sizeof(key.bytes));
	return wish_of(s, find(s, &key));
}

bool alias_store_is_room(const struct alias_store *s)
{
	return s->unchosen != WISH_SHOWN;
}

bool alias_store_asks(const struct alias_store *s, const struct device *device)
{
	struct alias_key key = key_of(device);
	const struct kept *k = find(s, &key);

	return alias_store_is_room(s) && !(k && k->entry.chooser == ALIAS_HOLDER);
}

/* What others may not look up. True: it is another one. */
static bool note_host(const struct alias_store *s, struct kept *k, const struct device *device)
{
	const char *host = wish_of(s, k) ? device->host_name : "";
	struct alias_entry *e = &k->entry;

	/* of which it could not be read again */
	if (strpbrk(host, " :") || !strcmp(e->host, host))
		return false;
	snprintf(e->host, sizeof(e->host), "%s", host);
	return true;
}

void alias_store_note_hosts(struct alias_store *s, const struct devices *d)
{
	for (const struct device *device = NULL; (device = devices_next(d, device));) {
		struct alias_key key = key_of(device);
		struct kept *k = find(s, &key);

		/* one that has not chosen, and is left out, has no name to be kept */
		if (!k && device->host_name[0] && device->wish == WISH_UNCHOSEN_OUT)
			k = alias_keep(s, &key);
		if (k && device->host_name[0] && note_host(s, k, device))
			s->dirty = true;
	}
}

bool alias_store_tells(const struct alias_store *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (wish_of(s, s->kept[i]) && private_name_is_host(name, s->kept[i]->entry.host))
			return true;
	return false;
}

/* At home one is shown unless somebody says otherwise. */
static enum alias_chooser chooser_of(const struct alias_store *s, enum wish wish, bool by_holder)
{
	if (!alias_store_is_room(s))
		return wish ? ALIAS_SOMEBODY : ALIAS_NOBODY;
	return by_holder ? ALIAS_HOLDER : ALIAS_SOMEBODY;
}

int alias_store_set_wish(struct alias_store *s, const struct device *device, enum wish wish, bool by_holder)
{
	struct alias_key key = key_of(device);
	struct kept *k = alias_keep(s, &key);

	if (!k)
		return -ENOMEM;
	/* Its name told who it was, or would. */
	k->entry.alias[0] = '\0';
	k->entry.given = false;
	k->entry.wish = wish;
	k->entry.chooser = chooser_of(s, wish, by_holder);
	note_host(s, k, device);
	k->entry.seen = clock_unix_ms() / 1000;
	/* What was looked up before that is not told, when the log is read again either. */
	k->entry.since = alias_store_is_room(s) ? k->entry.seen : 0;
	s->dirty = true;
	return 0;
}

bool alias_store_has_wishes(const struct alias_store *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->kept[i]->entry.wish)
			return true;
	return alias_store_is_room(s);
}

bool alias_store_keeps(const struct alias_store *s)
{
	return s->writer && !s->newer && strcmp(s->source.state, "ok") == 0;
}

void alias_store_save(struct alias_store *s)
{
	/* What is under way has to be on the disk first: the next look saves the rest. */
	if (!s->saving)
		alias_save(s);
}

static void note_seen(struct alias_store *s, const struct devices *d, uint64_t now)
{
	for (const struct device *device = NULL; (device = devices_next(d, device));) {
		struct alias_key key = key_of(device);
		struct kept *k = find(s, &key);

		if (k && k->entry.seen + SEEN_EVERY < now) {
			k->entry.seen = now;
			s->dirty = true;
		}
	}
}

void alias_store_check(struct alias_store *s, const struct devices *d)
{
	if (s->saving || clock_ms() - s->saved < SAVE_EVERY)
		return;
	note_seen(s, d, clock_unix_ms() / 1000);
	alias_save(s);
}
