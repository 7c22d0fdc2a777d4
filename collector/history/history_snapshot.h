/* SPDX-License-Identifier: MIT */
/* What a saving writes: copied on the loop, written as text in a thread, freed anywhere. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "history.h"

struct history_snapshot;

/*
 * whole: all that is over, for a new file; else what is over and in no snapshot yet, as a block to be added to the file.
 * 0; 1: there is nothing to write; -ENOMEM.
 */
int history_snapshot_new(struct history_snapshot **ret, struct history *h, bool whole);
/* NULL is taken. */
struct history_snapshot *history_snapshot_free(struct history_snapshot *s);
/* The text, to be freed. 0 or -ENOMEM. */
int history_snapshot_write(const struct history_snapshot *s, char **ret, size_t *ret_length);
