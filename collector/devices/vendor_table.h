/* SPDX-License-Identifier: MIT */
/* The makers of devices by the prefix of their MACs: filled, then settled, then asked. Nothing here is shared, so a
 * thread of its own may fill it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "vendor_csv.h"

struct vendor_table;

/* 0 or -ENOMEM. */
int vendor_table_new(struct vendor_table **ret);
/* NULL is taken. */
struct vendor_table *vendor_table_free(struct vendor_table *t);

/* record: borrowed. What does not fit is counted as broken. */
void vendor_table_add(struct vendor_table *t, const struct vendor_record *record);
/* One that could not be read. */
void vendor_table_note_broken(struct vendor_table *t);
/* Nothing more is added: from now on it can be asked. */
void vendor_table_settle(struct vendor_table *t);

/* The maker, by the longest prefix; NULL: unknown, or the MAC is a random one (locally administered, IEEE 802). Lives
 * as long as t. */
const char *vendor_table_find(const struct vendor_table *t, const uint8_t mac[6]);

size_t vendor_table_count(const struct vendor_table *t);
uint64_t vendor_table_broken(const struct vendor_table *t);
/* Bytes of memory. */
size_t vendor_table_bytes(const struct vendor_table *t);
