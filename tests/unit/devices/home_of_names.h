/* SPDX-License-Identifier: MIT */
/* A home whose devices are named by a store, for tests. */
#pragma once

#include "alias_store.h"
#include "cmocka_all.h"
#include "folder.h"

struct home_of_names {
	struct folder folder;
	struct devices devices;
	struct alias_store *store;
};

static inline void name(void *data, struct devices *d, struct device *device)
{
	alias_store_name(((struct home_of_names *)data)->store, d, device);
}

static inline void start(struct home_of_names *h)
{
	devices_init(&h->devices, &h->folder.watch, 1000, name, h);
	assert_int_equal(alias_store_new(&h->store, h->folder.worker, "home", h->folder.path,
					 &h->folder.sources, folder_report, &h->folder),
			 0);
}

static inline void stop(struct home_of_names *h)
{
	alias_store_free(h->store);
	folder_flush(&h->folder);
	devices_done(&h->devices);
}

static inline struct device *arrive(struct home_of_names *h, unsigned address, unsigned number)
{
	const uint8_t mac[6] = {0, 1, 2, 3, (uint8_t)(number >> 8), (uint8_t)number};
	char text[32];
	struct address a;

	snprintf(text, sizeof(text), "10.0.%u.%u", address >> 8, address & 255);
	assert_int_equal(address_parse(&a, text), 0);
	devices_neighbour(&h->devices, &a, mac, 0);
	return devices_find_mac(&h->devices, mac);
}
