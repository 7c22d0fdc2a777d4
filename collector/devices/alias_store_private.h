/* SPDX-License-Identifier: MIT */
/* The inside of the store of names: what is kept (alias_store.c), which name it is (alias_choice.c), the file
 * (alias_saving.c). */
#pragma once

#include <limits.h>

#include "alias_file.h"
#include "alias_store.h"
#include "file_writer.h"
#include "map.h"

struct kept {
	struct map_node node;
	struct alias_entry entry;
	uint64_t made; /* clock_ms() when the name was made up for a new device; 0: it was saved, or given */
};

struct alias_store {
	const char *site;
	struct alias_style style;
	char path[PATH_MAX]; /* empty: nothing is saved */
	struct map map;
	struct kept **kept;
	size_t n, max;
	struct file_writer *writer; /* NULL: nothing is saved */
	bool dirty, newer;
	enum wish unchosen; /* as of alias_store_set_unchosen */
	bool saving;	    /* what was handed over is not on the disk yet */
	uint64_t saved;	    /* clock_ms() */
	struct row_table *sources;
	struct source source;
	source_report report;
	void *data;
};

/* alias_store.c. What is kept of this key, new or as it is; NULL without memory. */
struct kept *alias_keep(struct alias_store *s, const struct alias_key *key);
void alias_forget(struct alias_store *s, size_t at);

/* alias_choice.c. Another device that is here has it. */
bool alias_is_here(const struct devices *d, const struct device *device, const char *alias);
/* The name of this device, which has this key: what thing it is, where that is known, else a made-up one; hidden: one that says nothing of which device it is. */
void alias_choose(const struct alias_store *s, const struct devices *d, const struct device *device,
		  const struct alias_key *key, bool hidden, char alias[DEVICE_ALIAS_MAX]);

/* alias_saving.c. Reads what was saved. */
void alias_load(struct alias_store *s);
/* What has changed is saved, if anything has. */
void alias_save(struct alias_store *s);
/* As of file_writer. */
void alias_on_saved(void *data, int error);
