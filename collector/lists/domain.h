/* SPDX-License-Identifier: MIT */
/* The registrable domain of a name, by the Public Suffix List (https://publicsuffix.org), private section
 * too. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct domain;

/* file: a newer list than libpsl's own, borrowed; NULL: libpsl's own. 0; -EBADMSG when it is no such list;
 * -ENOMEM. */
int domain_new(struct domain **ret, FILE *file);
struct domain *domain_free(struct domain *d);

/* A part of name: one label more than its public suffix; NULL when there is none. */
const char *domain_of(const struct domain *d, const char *name);

/* How many suffixes it knows. */
size_t domain_count(const struct domain *d);
/* When the list was made, seconds of Unix time; 0: unknown. */
uint64_t domain_built(const struct domain *d);
