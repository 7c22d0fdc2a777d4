/* SPDX-License-Identifier: MIT */
/* This machine's interfaces, read at once: a few messages to and from the kernel, which answers without waiting. */
#pragma once

#include "interfaces.h"

/*
 * Reads links, addresses, routes and forwarding of this network namespace into ret, and settles them by what it held
 * before (zeroed at first). 0; -errno: ret is as before.
 */
int interfaces_read(struct interfaces *ret);
