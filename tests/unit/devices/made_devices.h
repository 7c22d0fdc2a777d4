/* SPDX-License-Identifier: MIT */
/* What the tests of devices say to them, with addresses as text. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "device.h"
#include "util.h"

static const uint8_t mac_a[6] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55};
static const uint8_t mac_b[6] = {0x02, 0x11, 0x22, 0x33, 0x44, 0x66};

static struct row_watch watch;

static inline struct address parse(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return a;
}

static inline void name_by_number(void *data, struct devices *d, struct device *device)
{
	char alias[DEVICE_ALIAS_MAX];

	(void)data;
	snprintf(alias, sizeof(alias), "Device %u", device->row.id);
	device_set_alias(d, device, alias);
}

static inline struct device *device_of(struct devices *d, const char *text)
{
	struct address a = parse(text);
	struct device_address *known = devices_find_address(d, &a);

	return known ? known->device : NULL;
}

static inline bool neighbour(struct devices *d, const char *text, const uint8_t mac[6])
{
	struct address a = parse(text);

	return devices_neighbour(d, &a, mac, 1000);
}

static inline struct device *get(struct devices *d, const char *text)
{
	struct address a = parse(text);

	return devices_get(d, &a, false, 1000);
}
