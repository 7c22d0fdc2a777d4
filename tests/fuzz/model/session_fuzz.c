/* SPDX-License-Identifier: MIT */
/* A saved session is taken over, saved again, and taken over by another collector. */
#include <stdlib.h>

#include "model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct model *make(struct row_watch *watch)
{
	const struct model_options options = {
	    .site = "fuzz",
	    .max_devices = 8,
	    .max_remotes = 8,
	    .conversations = {.max = 8, .max_ended = 8, .max_sums = 8, .max_high_ports = 8},
	    .max_lookups = 16,
	    .max_answers = 16,
	};
	struct model *m;

	if (model_new(&m, watch, &options) < 0)
		abort();
	return m;
}

static void save(struct model *m, char **ret, size_t *ret_length)
{
	static const struct ct_listener listener;
	struct session_snapshot *snapshot;
	struct ct_table *table;

	if (ct_table_new(&table, 8, &listener, NULL) < 0 || session_snapshot_new(&snapshot, m, table) < 0 ||
	    session_snapshot_write(snapshot, ret, ret_length) < 0)
		abort();
	session_snapshot_free(snapshot, m);
	ct_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct row_watch watch = {};
	struct model *m = make(&watch), *next;
	char *text;
	size_t length;

	if (session_restore(m, (const char *)data, size, UINT64_MAX) == 0) {
		save(m, &text, &length);
		next = make(&watch);
		if (session_restore(next, text, length, UINT64_MAX) < 0)
			abort();
		model_free(next);
		free(text);
	}
	model_free(m);
	return 0;
}
