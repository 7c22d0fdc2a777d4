/* SPDX-License-Identifier: MIT */
/* The registrable domain of a name, by the Public Suffix List (https://publicsuffix.org), private section
 * too. */
#pragma once

struct domain;

/* path: a newer list than libpsl's own, empty: none. 0; -ENOENT or -EINVAL when that list cannot be used
 * (then libpsl's own is); -ENOMEM. */
int domain_new(struct domain **ret, const char *path);
struct domain *domain_free(struct domain *d);

/* A part of name: one label more than its public suffix; NULL when there is none. */
const char *domain_of(const struct domain *d, const char *name);
