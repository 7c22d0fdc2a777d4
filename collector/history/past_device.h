/* SPDX-License-Identifier: MIT */
/*
 * Devices that the history tells of, whether they are here or not. One that comes back, be it after a restart, is known
 * again by its MAC, else by the address that it had last; nobody is told these. It lives as long as something refers to
 * it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "device.h"
#include "row.h"

struct past_device {
	struct row row;
	uint32_t references;
	uint32_t device;     /* its row id among the devices, 0: it is not here */
	struct device *here; /* whose past it is; NULL likewise */
	bool has_mac, has_address;
	uint8_t mac[6];
	struct address address;
	uint32_t number; /* history_snapshot.c's own: in the one that is being made, 0: it is not in it */
	/* news.c's own, ms of the history's clock: */
	int64_t since, active;	       /* since when it is known; when it moved last */
	int64_t call_began, call_last; /* 0: it makes none */
	bool noted, present, call_told;
	char alias[DEVICE_ALIAS_MAX];
};

struct past_devices {
	struct row_table table;
	uint32_t max;
};

/* watch: borrowed. */
void past_devices_init(struct past_devices *p, struct row_watch *watch, uint32_t max);
/* All must have been dropped before. */
void past_devices_done(struct past_devices *p);

/* The one that device, which is shown as it is, was and is, with one more reference: what is known of it is taken over.
 * NULL where there are too many, or without memory. */
struct past_device *past_devices_take(struct past_devices *p, struct device *device);
/* That one, be the device it yet or not; borrowed, NULL: there is none. */
struct past_device *past_devices_find(const struct past_devices *p, const struct device *device);
/* The device is not here any more, or is to be known no more. */
void past_devices_leave(struct past_devices *p, struct device *device);

/* One of before this start, with one more reference. facts: its mac, address and alias, which are newer than what was
 * told before. NULL as above. */
struct past_device *past_devices_restore(struct past_devices *p, const struct past_device *facts);
/* NULL is taken by both. */
struct past_device *past_device_share(struct past_device *device);
void past_devices_drop(struct past_devices *p, struct past_device *device);

#define PAST_DEVICE_OF(row_pointer) CONTAINER_OF(row_pointer, struct past_device, row)
