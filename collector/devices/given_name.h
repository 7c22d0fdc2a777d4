/* SPDX-License-Identifier: MIT */
/* Names that people give their devices: what will do as one. */
#pragma once

#include "command.h"
#include "device.h"

/*
 * Copies text without the blanks at its ends into ret. None when it will do as the name of device; else what is wrong
 * with it. Names that look alike are the same (name_look.h).
 */
enum command_fault given_name_check(char ret[DEVICE_ALIAS_MAX], const struct devices *d,
				    const struct device *device, const char *text);
