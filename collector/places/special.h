/* SPDX-License-Identifier: MIT */
/* Which special network an address is in (IANA's registries of special-purpose addresses, RFC 6890). */
#pragma once

#include "remote_facts.h"

/* SPECIAL_NONE for an ordinary address. Never SPECIAL_HOME: what is home is not in the address. */
enum special special_of(const struct address *a);

/* The word for the feed, NULL for SPECIAL_NONE. */
const char *special_word(enum special s);
