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

/* The device that stands for this machine. NULL when there is no room. */
struct device *device_get_self(struct devices *d, int64_t now);
/* mac may be NULL: then it will have the address a. NULL when it does not fit. */
struct device *device_new(struct devices *d, const uint8_t mac[6], const struct address *a, int64_t now);
void device_set_mac(struct devices *d, struct device *device, const uint8_t mac[6]);

/* These columns of its row, or of the one of its identity, are other ones. */
void device_changed(struct devices *d, struct device *device, uint64_t columns);
void device_identified(struct devices *d, struct device *device, uint64_t columns);
/* Where its row, the one of its identity, and those of its addresses are. */
struct row_table *devices_table_of(struct devices *d, const struct device *device);
struct row_table *devices_identities_of(struct devices *d, const struct device *device);
struct row_table *devices_addresses_of(struct devices *d, const struct device *device);
/* As of device_wisher. */
enum wish devices_wish(const struct devices *d, const uint8_t mac[6], const struct address *a);

/* What it is has turned out, or that it is something else: of whoever has not chosen, that may change how it is seen.
 * wish_due is set then. */
void device_ask_unchosen(struct devices *d, struct device *device);
