/* SPDX-License-Identifier: MIT */
/* What the process may do (capabilities(7)). */
#pragma once

#include <stdbool.h>

/* True when CAP_NET_ADMIN is effective. */
bool privileges_has_net_admin(void);

/* Keeps CAP_NET_ADMIN alone, for good (no_new_privs), where the process has more. 0 or -errno. */
int privileges_drop(void);
