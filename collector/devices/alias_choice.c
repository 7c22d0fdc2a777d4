/* SPDX-License-Identifier: MIT */
/* Which made-up name a device gets. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "alias_names.h"
#include "alias_store_private.h"
#include "util.h"

bool alias_is_here(const struct devices *d, const struct device *device, const char *alias)
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
	return alias_is_here(d, device, alias);
}

/* FNV-1a with a last mixing: the same on every machine and in every version, which map_hash is not. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	while (length--)
		hash = (hash ^ *at++) * 0x100000001b3u;
	return hash;
}

/* The first of a name, "a name 2", … that nobody has. */
static void take_free(const struct alias_store *s, const struct devices *d, const struct device *device,
		      const struct alias_key *key, const char *name, char alias[DEVICE_ALIAS_MAX])
{
	snprintf(alias, DEVICE_ALIAS_MAX, "%s", name);
	for (unsigned number = 2; is_taken(s, d, device, key, alias); number++)
		snprintf(alias, DEVICE_ALIAS_MAX, "%s %u", name, number);
}

static uint64_t hash_of(const struct alias_store *s, const struct alias_key *key)
{
	uint64_t hash = hash_bytes(0xcbf29ce484222325u, s->site, strlen(s->site));

	hash = hash_bytes(hash, key->bytes, key->is_mac ? 6 : 16);
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccdu;
	return hash ^ hash >> 33;
}

/* By chance, but never the one that the key gives. */
static const char *any_but(const char *own)
{
	uint32_t chance = 0;
	const char *name;

	/* Without chance it is the same one for all: that says nothing either. */
	if (getrandom(&chance, sizeof(chance), GRND_NONBLOCK) < 0)
		chance = 0;
	name = alias_names[chance % alias_n_names];
	return strcmp(name, own) != 0 ? name : alias_names[(chance + 1) % alias_n_names];
}

void alias_choose(const struct alias_store *s, const struct devices *d, const struct device *device,
		  const struct alias_key *key, bool hidden, char alias[DEVICE_ALIAS_MAX])
{
	const char *own = alias_names[hash_of(s, key) % alias_n_names];

	take_free(s, d, device, key, hidden ? any_but(own) : own, alias);
}
