/* SPDX-License-Identifier: MIT */
/* Whether the kernel counts packets and bytes (Documentation/networking/nf_conntrack-sysctl.rst). */
#pragma once

#include <stdbool.h>

/* Of the network namespace that this process is in. False, and nothing set, when it cannot be read: the file is there
 * once the kernel has conntrack, and may be hidden. */
bool ct_accounting_read(bool *ret_on);
