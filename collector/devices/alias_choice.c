/* SPDX-License-Identifier: MIT */
/* Which name a device gets that nobody gave one. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "alias_names.h"
#include "alias_store_private.h"
#include "alias_words.h"
#include "util.h"

/* Bytes of a name with its NUL: behind it there is room for a blank and a number. */
#define NAME_MAX_BYTES (DEVICE_ALIAS_MAX - 11)

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
		      const struct alias_key *key, const char name[NAME_MAX_BYTES],
		      char alias[DEVICE_ALIAS_MAX])
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

/* How many names may be made up. */
static uint64_t count_names(const struct alias_store *s)
{
	const struct alias_words *words = &alias_words[s->style.language];

	return s->style.pairs ? (uint64_t)words->n_first * words->n_second : alias_n_names;
}

static void write_name(const struct alias_store *s, uint64_t at, char name[NAME_MAX_BYTES])
{
	const struct alias_words *words = &alias_words[s->style.language];

	if (s->style.pairs)
		snprintf(name, NAME_MAX_BYTES, "%s %s", words->first[at % words->n_first],
			 words->second[at / words->n_first]);
	else
		snprintf(name, NAME_MAX_BYTES, "%s", alias_names[at]);
}

/* By chance, but never the one that the key gives. */
static uint64_t any_but(uint64_t own, uint64_t n)
{
	uint32_t chance = 0;

	/* Without chance it is the same one for all: that says nothing either. */
	if (getrandom(&chance, sizeof(chance), GRND_NONBLOCK) < 0)
		chance = 0;
	return chance % n != own ? chance % n : (own + 1) % n;
}

void alias_choose(const struct alias_store *s, const struct devices *d, const struct device *device,
		  const struct alias_key *key, bool hidden, char alias[DEVICE_ALIAS_MAX])
{
	uint64_t n = count_names(s), own = hash_of(s, key) % n;
	char name[NAME_MAX_BYTES];

	if (!hidden && device->thing != THING_NONE)
		snprintf(name, sizeof(name), "%s", thing_name(device->thing, s->style.language));
	else
		write_name(s, hidden ? any_but(own, n) : own, name);
	take_free(s, d, device, key, name, alias);
}
