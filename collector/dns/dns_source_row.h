/* SPDX-License-Identifier: MIT */
/* The row of one input (the journal, or a log file) in the table of sources: how it does, in a sentence. */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "dns_line.h"
#include "source.h"

struct dns_source_row {
	struct source source;
	uint64_t lines, broken, long_lines, lost, queries, serials;
	int save_error;
	int said;	/* what the row says, one of dns_source_row.c's own numbers */
	unsigned quiet; /* seconds since the start without a question */
	bool journal;
	char what[PATH_MAX]; /* for people: the path, or "the journal" */
};

/* what: a path; empty for the journal; NULL: nothing is configured. Adds the row. */
void dns_source_row_init(struct dns_source_row *r, struct row_table *sources, const char *what);

/* A line was read. */
void dns_source_row_count(struct dns_source_row *r, const struct dns_line *line);

/* Once a second. error: of the input, see dns_journal_error and dns_log_error. numbers: take over what was
 * counted, too. True when the row says something else than before. */
bool dns_source_row_update(struct dns_source_row *r, struct row_table *sources, int error, bool numbers);
