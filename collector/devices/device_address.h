/* SPDX-License-Identifier: MIT */
/* The addresses beneath the devices: shared by device.c and device_*.c alone. */
#pragma once

#include "device.h"

/* A new address of a device (borrowed), owned by it; NULL without memory. */
struct device_address *device_address_new(struct devices *d, const struct address *a, struct device *device);
void device_address_move(struct devices *d, struct device_address *a, struct device *to);
void device_address_free(struct devices *d, struct device_address *a);
/* The kernel sees it on the network. */
bool device_has_neighbour(const struct device *device);

/* mac may be NULL. NULL when it does not fit. */
/* The device that stands for this machine. NULL when there is no room. */
struct device *device_get_self(struct devices *d, int64_t now);
struct device *device_new(struct devices *d, const uint8_t mac[6], int64_t now);
void device_set_mac(struct devices *d, struct device *device, const uint8_t mac[6]);
