/* SPDX-License-Identifier: MIT */
#include "alias_store.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alias_file.h"
#include "alias_names.h"
#include "file.h"
#include "file_writer.h"
#include "map.h"
#include "util.h"

#define SAVE_EVERY 5000 /* ms between two savings */
#define SEEN_EVERY 3600 /* s: who is here is noted that often, so that a quiet home writes seldom */

struct kept {
	struct map_node node;
	struct alias_entry entry;
};

struct alias_store {
	const char *site;
	char path[PATH_MAX]; /* empty: nothing is saved */
	struct map map;
	struct kept **kept;
	size_t n, max;
	struct file_writer *writer; /* NULL: nothing is saved */
	bool dirty, newer;
	bool saving;	/* what was handed over is not on the disk yet */
	uint64_t saved; /* clock_ms() */
	struct row_table *sources;
	struct source source;
	source_report report;
	void *data;
};

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

static void forget(struct alias_store *s, size_t at)
{
	map_take(&s->map, &s->kept[at]->node);
	free(s->kept[at]);
	s->kept[at] = s->kept[--s->n];
}

static void make_room(struct alias_store *s)
{
	size_t oldest = 0;

	for (size_t i = 1; i < s->n; i++) {
		const struct alias_entry *a = &s->kept[i]->entry, *b = &s->kept[oldest]->entry;

		if (a->given != b->given ? b->given : a->seen < b->seen)
			oldest = i;
	}
	forget(s, oldest);
}

/* What is kept of this key, new or as it is; NULL without memory. */
static struct kept *keep(struct alias_store *s, const struct alias_key *key)
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

static bool has_alias(const struct devices *d, const struct device *device, const char *alias)
{
	ROW_TABLE_FOR_EACH(r, &d->table)
	if (DEVICE_OF(r) != device && !strcasecmp(DEVICE_OF(r)->alias, alias))
		return true;
	return false;
}

/* Another device has it, here or in what is kept. */
static bool is_taken(const struct alias_store *s, const struct devices *d, const struct device *device,
		     const struct alias_key *key, const char *alias)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcasecmp(s->kept[i]->entry.alias, alias) &&
		    memcmp(&s->kept[i]->entry.key, key, sizeof(*key)) != 0)
			return true;
	return has_alias(d, device, alias);
}

/* FNV-1a with a last mixing: the same on every machine and in every version, which map_hash is not. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	while (length--)
		hash = (hash ^ *at++) * 0x100000001b3u;
	return hash;
}

static void choose(const struct alias_store *s, const struct devices *d, const struct device *device,
		   const struct alias_key *key, char alias[DEVICE_ALIAS_MAX])
{
	uint64_t hash = hash_bytes(0xcbf29ce484222325u, s->site, strlen(s->site));
	const char *name;

	hash = hash_bytes(hash, key->bytes, key->is_mac ? 6 : 16);
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccdu;
	hash ^= hash >> 33;
	name = alias_names[hash % alias_n_names];
	snprintf(alias, DEVICE_ALIAS_MAX, "%s", name);
	for (unsigned number = 2; is_taken(s, d, device, key, alias); number++)
		snprintf(alias, DEVICE_ALIAS_MAX, "%s %u", name, number);
}

static void apply(struct alias_store *s, struct devices *d, struct device *device, struct kept *k)
{
	k->entry.seen = clock_unix_ms() / 1000;
	s->dirty = true;
	device_set_alias(d, device, k->entry.alias);
	device_set_named(d, device, k->entry.given);
}

/* What was kept of its addresses, before its MAC became known, names nobody any more. */
static void forget_addresses(struct alias_store *s, const struct device *device)
{
	for (const struct device_address *a = device->addresses; device->has_mac && a; a = a->next) {
		struct alias_key key = {};

		memcpy(key.bytes, a->address.bytes, sizeof(key.bytes));
		for (size_t i = 0; i < s->n; i++)
			if (!memcmp(&s->kept[i]->entry.key, &key, sizeof(key)))
				forget(s, i);
	}
}

void alias_store_name(struct alias_store *s, struct devices *d, struct device *device)
{
	struct alias_key key = key_of(device);
	struct kept *k = find(s, &key);
	char alias[DEVICE_ALIAS_MAX];

	forget_addresses(s, device);
	if (k && !has_alias(d, device, k->entry.alias)) {
		apply(s, d, device, k);
		return;
	}
	choose(s, d, device, &key, alias);
	k = keep(s, &key);
	if (!k) {
		device_set_alias(d, device, alias);
		return;
	}
	memcpy(k->entry.alias, alias, sizeof(alias));
	k->entry.given = false;
	apply(s, d, device, k);
}

void alias_store_give(struct alias_store *s, struct devices *d, struct device *device, const char *alias)
{
	struct alias_key key = key_of(device);
	struct kept *k = keep(s, &key);

	if (!k)
		return;
	if (alias)
		snprintf(k->entry.alias, sizeof(k->entry.alias), "%s", alias);
	else
		choose(s, d, device, &key, k->entry.alias);
	k->entry.given = alias;
	apply(s, d, device, k);
}

static void say(struct alias_store *s, const char *state, const char *text)
{
	struct source *source = &s->source;
	char good[PATH_MAX + 64];

	source->counted = true;
	source->entries = s->n;
	if (source->state == state && !strcmp(source->detail, text))
		return;
	source->state = state;
	snprintf(source->detail, sizeof(source->detail), "%s", text);
	row_change(s->sources, &source->row,
		   COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL) | COLUMN(SOURCE_ENTRIES));
	snprintf(good, sizeof(good), "The names of devices are kept in %s.", s->path);
	s->report(s->data, source, good);
}

static bool take_line(void *data, const struct alias_entry *entry)
{
	struct alias_store *s = data;
	struct kept *k;

	for (size_t i = 0; i < s->n; i++)
		if (!strcasecmp(s->kept[i]->entry.alias, entry->alias))
			return true;
	k = s->n < ALIAS_STORE_MAX ? keep(s, &entry->key) : NULL;
	if (k)
		k->entry = *entry;
	return k;
}

static void load(struct alias_store *s)
{
	_cleanup_(cleanup_free) char *text = NULL;
	char detail[sizeof(s->source.detail)] = "";
	size_t length = 0;
	int r = file_read(&text, &length, s->path, ALIAS_FILE_MOST);

	if (r == 0)
		r = alias_file_read(text, length, take_line, s);
	s->newer = r == -EPROTO;
	if (s->newer)
		snprintf(
		    detail, sizeof(detail),
		    "The names of devices in %.160s were saved by a newer connvis: they are not read, and nothing is saved there.",
		    s->path);
	else if (r == 1)
		snprintf(detail, sizeof(detail),
			 "Some of the names of devices in %.160s could not be read: the others are known.",
			 s->path);
	else if (r < 0 && r != -ENOENT)
		snprintf(detail, sizeof(detail),
			 "The names of devices in %.160s cannot be read (%.60s): they begin anew.", s->path,
			 r == -EBADMSG ? "it is another kind of file" : strerror(-r));
	say(s, r < 0 && r != -ENOENT ? "broken" : "ok", detail);
}

static void on_saved(void *data, int error)
{
	struct alias_store *s = data;
	char detail[sizeof(s->source.detail)] = "";

	s->saving = false;
	s->dirty |= error < 0;
	if (error < 0)
		snprintf(detail, sizeof(detail), "The names of devices cannot be saved in %.160s: %.60s.",
			 s->path, strerror(-error));
	say(s, error < 0 ? "broken" : "ok", detail);
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
		r = file_writer_new(&s->writer, worker, s->path, on_saved, s);
	if (r < 0) {
		free(s);
		return r;
	}
	s->source = (struct source){.kind = "aliases", .state = "off"};
	row_add(sources, &s->source.row);
	if (s->path[0])
		load(s);
	*ret = s;
	return 0;
}

static void save(struct alias_store *s)
{
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length = strlen(alias_file_head);
	int r = -ENOMEM;

	s->saved = clock_ms();
	if (!s->writer || s->newer || !s->dirty)
		return;
	text = malloc(length + (s->n + 1) * ALIAS_FILE_LINE);
	if (text) {
		memcpy(text, alias_file_head, length);
		for (size_t i = 0; i < s->n; i++)
			length += alias_file_entry(text + length, &s->kept[i]->entry);
		length += alias_file_end(text + length, s->n);
		r = file_writer_write(s->writer, text, length);
	}
	s->dirty = false;
	s->saving = r >= 0;
	if (r < 0)
		on_saved(s, r);
}

struct alias_store *alias_store_free(struct alias_store *s)
{
	if (!s)
		return NULL;
	save(s);
	file_writer_free(s->writer);
	row_remove(s->sources, &s->source.row);
	while (s->n)
		forget(s, s->n - 1);
	free(s->kept);
	map_done(&s->map);
	free(s);
	return NULL;
}

static void note_seen(struct alias_store *s, const struct devices *d, uint64_t now)
{
	ROW_TABLE_FOR_EACH(r, &d->table)
	{
		struct alias_key key = key_of(DEVICE_OF(r));
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
	save(s);
}
