/* SPDX-License-Identifier: MIT */
#include "alias.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAMESAKES_MAX 1024 /* devices with one name that are told apart: as many as there may be devices */

struct namesake {
	struct device *device;
	uint64_t hash;
};

/* FNV-1a with a last mixing: the same on every machine and in every version, which map_hash is not. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	while (length--)
		hash = (hash ^ *at++) * 0x100000001b3u;
	return hash;
}

static uint64_t hash_device(const char *site, const struct device *device)
{
	uint64_t hash = hash_bytes(0xcbf29ce484222325u, site, strlen(site));

	if (device->has_mac)
		hash = hash_bytes(hash, device->mac, sizeof(device->mac));
	else if (device->addresses)
		hash = hash_bytes(hash, device->addresses->address.bytes, 16);
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccdu;
	return hash ^ hash >> 33;
}

static int compare(const void *a, const void *b)
{
	const struct namesake *x = a, *y = b;

	if (x->device->has_mac != y->device->has_mac)
		return x->device->has_mac ? -1 : 1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void collect(struct row *head, uint32_t index, const char *site, struct namesake *found, size_t *n)
{
	ROW_FOR_EACH(r, head)
	{
		struct device *device = (struct device *)r;

		if (device->named || device->alias_index != index || *n == NAMESAKES_MAX)
			continue;
		found[*n].device = device;
		found[*n].hash = hash_device(site, device);
		++*n;
	}
}

static bool is_given(const struct row *head, const char *alias)
{
	ROW_FOR_EACH(r, head)
	{
		const struct device *device = (const struct device *)r;

		if (device->named && !strcasecmp(device->alias, alias))
			return true;
	}
	return false;
}

/* The name with the next number that no person has given away. */
static unsigned next_free(const struct devices *d, const char *name, unsigned number,
			  char alias[DEVICE_ALIAS_MAX])
{
	do {
		if (++number > 1)
			snprintf(alias, DEVICE_ALIAS_MAX, "%s %u", name, number);
		else
			snprintf(alias, DEVICE_ALIAS_MAX, "%s", name);
	} while (is_given(&d->table.news, alias) || is_given(&d->table.settled, alias));
	return number;
}

void alias_assign(void *data, struct devices *d, struct device *device)
{
	const char *site = data;
	struct namesake found[NAMESAKES_MAX];
	uint32_t index = (uint32_t)(hash_device(site, device) % alias_n_names) + 1;
	unsigned number = 0;
	size_t n = 0;

	/* 0 stands for a device that has no name yet. */
	device->alias_index = index;
	collect(&d->table.news, index, site, found, &n);
	collect(&d->table.settled, index, site, found, &n);
	qsort(found, n, sizeof(found[0]), compare);
	for (size_t i = 0; i < n; i++) {
		char alias[DEVICE_ALIAS_MAX];

		number = next_free(d, alias_names[index - 1], number, alias);
		device_set_alias(d, found[i].device, alias);
	}
}
