/* SPDX-License-Identifier: MIT */
/* Names that others ask for and that tell of a device at home which does not want to be seen. Pure. */
#pragma once

#include <stdbool.h>

#include "address.h"

/* The name's first part is this host name, in small or large letters. */
bool private_name_is_host(const char *name, const char *host);
/* The name is that of an address for a reverse lookup (RFC 1035, 3.5; RFC 3596, 2.5), which is set. */
bool private_name_reverse(struct address *ret, const char *name);
