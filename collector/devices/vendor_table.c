/* SPDX-License-Identifier: MIT */
#include "vendor_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "map.h"
#include "util.h"
#include "vendor_name.h"

#define ENTRIES_MAX 500000

struct entry {
	uint64_t key;  /* bits << 48 | prefix */
	uint32_t name; /* in text */
};

struct vendor_table {
	struct entry *entries;
	size_t n, max;
	char *text;
	uint32_t n_text, max_text;
	uint32_t *seen; /* open addressing over the names in text, 0: free; only while it is filled */
	size_t n_seen, max_seen;
	uint64_t broken;
};

int vendor_table_new(struct vendor_table **ret)
{
	*ret = calloc(1, sizeof(**ret));
	return *ret ? 0 : -ENOMEM;
}

struct vendor_table *vendor_table_free(struct vendor_table *t)
{
	if (!t)
		return NULL;
	free(t->entries);
	free(t->text);
	free(t->seen);
	free(t);
	return NULL;
}

static int grow_seen(struct vendor_table *t)
{
	size_t max = t->max_seen ? t->max_seen * 2 : 1024;
	uint32_t *seen;

	if (t->n_seen * 2 < t->max_seen)
		return 0;
	seen = calloc(max, sizeof(*seen));
	if (!seen)
		return -ENOMEM;
	for (size_t i = 0; i < t->max_seen; i++) {
		const char *name = t->text + t->seen[i];
		size_t k = t->seen[i] ? map_hash(name, strlen(name)) & (max - 1) : 0;

		if (!t->seen[i])
			continue;
		while (seen[k])
			k = (k + 1) & (max - 1);
		seen[k] = t->seen[i];
	}
	free(t->seen);
	t->seen = seen;
	t->max_seen = max;
	return 0;
}

/* Where name is in text, put there once; 0 without memory. */
static uint32_t intern(struct vendor_table *t, const char *name)
{
	size_t length = strlen(name) + 1, i;

	if (grow_seen(t) < 0)
		return 0;
	if (t->n_text + length + 1 > t->max_text) {
		uint32_t max = t->max_text ? t->max_text * 2 : 4096;
		char *text = realloc(t->text, max);

		if (!text)
			return 0;
		t->text = text;
		t->max_text = max;
		t->n_text += !t->n_text; /* 0 stands for no name */
	}
	for (i = map_hash(name, length - 1) & (t->max_seen - 1); t->seen[i]; i = (i + 1) & (t->max_seen - 1))
		if (!strcmp(t->text + t->seen[i], name))
			return t->seen[i];
	memcpy(t->text + t->n_text, name, length);
	t->seen[i] = t->n_text;
	t->n_seen++;
	t->n_text += (uint32_t)length;
	return t->seen[i];
}

void vendor_table_add(struct vendor_table *t, const struct vendor_record *record)
{
	char name[DEVICE_VENDOR_MAX];
	bool text = vendor_name(name, sizeof(name), record->name, record->length);
	uint32_t at;

	if (text && !name[0])
		return;
	if (t->n == t->max && t->max < ENTRIES_MAX) {
		size_t max = t->max ? t->max * 2 : 1024;
		struct entry *entries = reallocarray(t->entries, max, sizeof(*entries));

		if (entries) {
			t->entries = entries;
			t->max = max;
		}
	}
	at = name[0] && t->n < t->max ? intern(t, name) : 0;
	if (at)
		t->entries[t->n++] =
		    (struct entry){.key = (uint64_t)record->bits << 48 | record->prefix, .name = at};
	else
		t->broken++;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct entry *)a)->key, y = ((const struct entry *)b)->key;

	return x < y ? -1 : x > y;
}

void vendor_table_settle(struct vendor_table *t)
{
	free(t->seen);
	t->seen = NULL;
	t->max_seen = t->n_seen = 0;
	if (t->n)
		qsort(t->entries, t->n, sizeof(struct entry), by_key);
}

const char *vendor_table_find(const struct vendor_table *t, const uint8_t mac[6])
{
	static const unsigned bits[] = {36, 28, 24};
	uint64_t whole = 0;

	/* The second lowest bit of the first byte: locally administered; the lowest: a group. */
	if (!t->n || mac[0] & 3)
		return NULL;
	for (unsigned i = 0; i < 6; i++)
		whole = whole << 8 | mac[i];
	for (size_t i = 0; i < ELEMENTS_OF(bits); i++) {
		const struct entry key = {.key = (uint64_t)bits[i] << 48 | whole >> (48 - bits[i])};
		const struct entry *found = bsearch(&key, t->entries, t->n, sizeof(key), by_key);

		if (found)
			return t->text + found->name;
	}
	return NULL;
}

size_t vendor_table_count(const struct vendor_table *t)
{
	return t->n;
}

void vendor_table_note_broken(struct vendor_table *t)
{
	t->broken++;
}

uint64_t vendor_table_broken(const struct vendor_table *t)
{
	return t->broken;
}

size_t vendor_table_bytes(const struct vendor_table *t)
{
	return t->max * sizeof(struct entry) + t->max_text;
}
