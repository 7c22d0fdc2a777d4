/* SPDX-License-Identifier: MIT */
/* Which special network an address is in (IANA's registries of special-purpose addresses, RFC 6890). */
#pragma once

#include "remote_facts.h"

/* SPECIAL_NONE for an ordinary address. Never SPECIAL_HOME: what is home is not in the address. */
enum special special_of(const struct address *a);

/* The IPv4 address that an address of NAT64's well-known prefix 64:ff9b::/96 stands for (RFC 6052, 2.1); else a
 * itself. */
struct address special_behind_nat64(const struct address *a);

/* The word for the feed, NULL for SPECIAL_NONE. */
const char *special_word(enum special s);
