/* SPDX-License-Identifier: MIT */
/* Takes over what an earlier run has saved. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "history.h"

/* What of it may be told now. Each NULL: all. */
struct history_filter {
	bool (*device)(void *data, const struct past_device *device);
	bool (*name)(void *data, const char *name); /* of a party */
	void *data;
};

/*
 * Before anything is counted, with the hours set. What is of a time that has not come yet, since a clock was set back, is
 * moved back by whole hours. As history_file_read.
 */
int history_restore(struct history *h, const char *text, size_t length, const struct history_filter *filter,
		    int64_t now);
