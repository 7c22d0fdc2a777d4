/* SPDX-License-Identifier: MIT */
/* A user's list, read from its file. Nothing here is shared, so a thread of its own may do it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "prefix_table.h"
#include "suffix_table.h"

#define LIST_ENTRIES_MAX 2000000 /* of one list */
#define LIST_FIRST_BROKEN 3	 /* lines that are named */

struct list_file {
	struct suffix_table *names, *exceptions;
	struct prefix_table *networks;
	uint64_t built; /* when it was made, as it says; seconds of Unix time, 0: it does not say */
	size_t entries;
	size_t other;				/* lines with rules for something else than whole names */
	size_t broken;				/* lines that cannot be read */
	size_t too_many;			/* entries that did not fit */
	size_t first_broken[LIST_FIRST_BROKEN]; /* their numbers, from 1 on; 0: there are not so many */
};

/* fd: borrowed, read from where it stands to its end. 0; -errno of read(2); -ENOMEM. */
int list_file_read(struct list_file **ret, int fd);
struct list_file *list_file_free(struct list_file *f);

/* True when name or what it is below is in the list, and nothing of that among the list's exceptions.
 * *ret_length: of the suffix that is in the list. */
bool list_file_has_name(const struct list_file *f, const char *name, size_t *ret_length);
/* *ret_length: of the prefix, as in struct network. */
bool list_file_has_address(const struct list_file *f, const struct address *a, unsigned *ret_length);
