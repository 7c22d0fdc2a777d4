/* SPDX-License-Identifier: MIT */
/* For the verbs that end connections. */
#pragma once

#include "commands.h"

/*
 * Ends the connections of a device that are alive: all but those with this machine, by one of which the page may be
 * there; or with only, those of that conversation. What is said: device, alias, and how many were ended, had gone by
 * themselves, were kept by the kernel, or are left, for which there was no room. A fault where nothing was done.
 */
enum command_fault connections_end(struct commands *c, const struct device *device,
				   const struct conversation *only, struct result *r);
