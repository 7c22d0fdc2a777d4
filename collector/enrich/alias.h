/* SPDX-License-Identifier: MIT */
/*
 * Memorable names for devices: a first name chosen by a hash of the site's name and the MAC (else the
 * address). Of several devices with the same name those with a MAC come first, then the smaller hash: the
 * second is "Aino 2". So the same devices always get the same names, whatever the order in which they came.
 */
#pragma once

#include "device.h"

extern const char *const alias_names[];
extern const unsigned alias_n_names;

/* A device_namer. data: the site's name (const char *). */
void alias_assign(void *data, struct devices *d, struct device *device);
