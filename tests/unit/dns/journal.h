/* SPDX-License-Identifier: MIT */
/* Writes real journal files, with systemd-journal-remote(8) from the export format. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct journal_entry {
	const char *identifier; /* NULL: none */
	const char *unit;	/* NULL: none */
	unsigned pid;		/* 0: none */
	uint64_t age_ms;	/* before now */
	uint64_t clock_ms;	/* what a clock that was wrong said instead; 0: it was right */
	bool
	    this_boot; /* of this machine's boot, else of another machine's or, with _MACHINE_ID in more, of an
				   earlier one */
	const char *message;
	const char *more; /* further lines "NAME=value\n", NULL: none */
};

/* False where the program is not there. */
bool journal_can_write(void);

/* Appends to the file folder/name.journal, n entries, each a microsecond after the one before. */
void journal_write(const char *folder, const char *name, const struct journal_entry *entries, unsigned n);
