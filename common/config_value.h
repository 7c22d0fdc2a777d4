/* SPDX-License-Identifier: MIT */
/* One option's text into its place in the settings. */
#pragma once

#include "config.h"

/*
 * Reads text as o's type into settings. 0, or -EINVAL with "what it must be" written to expected (size
 * bytes); settings is then unchanged.
 */
int config_value_set(const struct config_option *o, void *settings, const char *text, char *expected,
		     size_t size);
