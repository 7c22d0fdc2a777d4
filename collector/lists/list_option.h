/* SPDX-License-Identifier: MIT */
/* One list of names.lists: FILE=CATEGORY[:NAME]. */
#pragma once

#include <stddef.h>

#define LIST_OPTION_PATH_MAX 256 /* bytes of a file's path with its NUL */

struct list_option {
	char path[LIST_OPTION_PATH_MAX];
	const char *category; /* of category_word; static */
	const char *name;     /* part of the text; empty: the file's own */
};

/* 0; -EINVAL when list_option_check has something to say. */
int list_option_parse(struct list_option *ret, const char *text);
/* For config_option.check: NULL when good. */
const char *list_option_check(const char *text);
