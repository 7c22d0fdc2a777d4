/* SPDX-License-Identifier: MIT */
/* Names that people give their devices: what will do as one. */
#pragma once

#include "device.h"

/*
 * Copies text without the blanks at its ends into ret. NULL when it will do as the name of device; else a
 * sentence, static, that says what is wrong with it. Names that look alike are
 * the same (name_look.h).
 */
const char *given_name_check(char ret[DEVICE_ALIAS_MAX], const struct devices *d, const struct device *device,
			     const char *text);
