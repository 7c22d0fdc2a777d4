/* SPDX-License-Identifier: MIT */
/*
 * Domain names with a small number each; the longest suffix of a name is found, whole labels only. About 30
 * bytes an entry, no allocation for each. A thread may fill a table that no other one reads.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct suffix_table;

/* 0 or -ENOMEM. */
int suffix_table_new(struct suffix_table **ret);
struct suffix_table *suffix_table_free(struct suffix_table *t);

/* name[0..length), 1 to 253 bytes in small letters, without dot at either end: copied. value: above 0. 0; 1
 * when it is there already (and keeps its value); -EINVAL; -ENOSPC when the names have 4 GiB; -ENOMEM. */
int suffix_table_add(struct suffix_table *t, const char *name, size_t length, uint32_t value);

/* Gives back the memory that was meant for more names. They may be added all the same. */
void suffix_table_settle(struct suffix_table *t);

/* The value of the longest suffix of name that is in the table; 0: none is. *ret_length (may be NULL): its
 * length in bytes. */
uint32_t suffix_table_find(const struct suffix_table *t, const char *name, size_t *ret_length);

size_t suffix_table_count(const struct suffix_table *t);
/* Bytes that it takes. */
size_t suffix_table_bytes(const struct suffix_table *t);
