/* SPDX-License-Identifier: MIT */
/* One option's text into its place in the settings, and what of it is good. */
#pragma once

#include <stdio.h>

#include "config.h"

/* What is wrong: VALUE, but it must be EXPECTED. */
struct config_fault {
	char value[104]; /* of a list: the item; its beginning when it is long */
	char expected[320];
};

/*
 * Reads text as o's type into settings; a list gets the items of text beside those that it has. 0; -ENOMEM;
 * -EINVAL, or -E2BIG for one item too many, with *ret_fault set: settings is then as before, but a list may
 * have got some of the items.
 */
int config_value_set(const struct config_option *o, void *settings, const char *text,
		     struct config_fault *ret_fault);

/* Does o hold several items, so that it may be given several times and over several lines? */
bool config_value_is_list(const struct config_option *o);
/* How many items a list holds. */
size_t config_value_count(const struct config_option *o, const void *settings);
/* Empties a list. */
void config_value_clear(const struct config_option *o, void *settings);

/* Is o the same in both? */
bool config_value_equal(const struct config_option *o, const void *settings, const void *other);
/* Each gets o's value of the other. */
void config_value_swap(const struct config_option *o, void *settings, void *other);

/* Writes what may be given for o and is not in its help: "100 to 60000 ms", "yes or no"; nothing for a text.
 */
void config_value_limits(const struct config_option *o, FILE *out);
