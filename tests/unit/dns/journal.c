/* SPDX-License-Identifier: MIT */
#include "journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "util.h"

#define PROGRAM "/usr/lib/systemd/systemd-journal-remote"

bool journal_can_write(void)
{
	return access(PROGRAM, X_OK) == 0;
}

void journal_write(const char *folder, const char *name, const struct journal_entry *entries, unsigned n)
{
	static uint64_t shift;
	char command[512];
	FILE *f;

	snprintf(command, sizeof(command), PROGRAM " -o %s/%s.journal - 2>/dev/null", folder, name);
	f = popen(command, "w");
	assert_non_null(f);
	for (unsigned i = 0; i < n; i++) {
		const struct journal_entry *e = &entries[i];
		uint64_t us = (clock_unix_ms() - e->age_ms) * 1000 + shift++ % 1000;

		fprintf(f, "__REALTIME_TIMESTAMP=%" PRIu64 "\n__MONOTONIC_TIMESTAMP=%" PRIu64 "\n", us,
			clock_ms() * 1000 + shift);
		fprintf(f, "_BOOT_ID=0123456789abcdef0123456789abcdef\nPRIORITY=6\nMESSAGE=%s\n", e->message);
		if (e->identifier)
			fprintf(f, "SYSLOG_IDENTIFIER=%s\n", e->identifier);
		if (e->unit)
			fprintf(f, "_SYSTEMD_UNIT=%s\n", e->unit);
		if (e->pid)
			fprintf(f, "_PID=%u\n", e->pid);
		fprintf(f, "%s\n", e->more ? e->more : "");
	}
	assert_int_equal(pclose(f), 0);
}
