/* SPDX-License-Identifier: MIT */
/*
 * Networks with a small number each; the longest prefix of an address is found. A thread may fill a table
 * that no other one reads.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "address.h"

struct prefix_table;

/* 0 or -ENOMEM. */
int prefix_table_new(struct prefix_table **ret);
struct prefix_table *prefix_table_free(struct prefix_table *t);

/* value: above 0. 0; 1 when it is there already (and keeps its value); -EINVAL; -ENOMEM. */
int prefix_table_add(struct prefix_table *t, const struct network *n, uint32_t value);

/* Gives back the memory that was meant for more networks. They may be added all the same. */
void prefix_table_settle(struct prefix_table *t);

/* The value of the longest prefix that holds a; 0: none does. *ret_length (may be NULL): as in struct
 * network. */
uint32_t prefix_table_find(const struct prefix_table *t, const struct address *a, unsigned *ret_length);

size_t prefix_table_count(const struct prefix_table *t);
/* Bytes that it takes. */
size_t prefix_table_bytes(const struct prefix_table *t);
