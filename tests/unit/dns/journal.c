/* SPDX-License-Identifier: MIT */
#include "journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <systemd/sd-id128.h>
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
		uint64_t real = e->clock_ms ? e->clock_ms : clock_unix_ms() - e->age_ms;
		uint64_t monotonic = clock_ms() - (e->this_boot ? e->age_ms : 0);
		char boot[SD_ID128_STRING_MAX] = "0123456789abcdef0123456789abcdef";
		sd_id128_t id;

		if (e->this_boot) {
			assert_int_equal(sd_id128_get_boot(&id), 0);
			sd_id128_to_string(id, boot);
		}
		fprintf(f, "__REALTIME_TIMESTAMP=%" PRIu64 "\n__MONOTONIC_TIMESTAMP=%" PRIu64 "\n",
			real * 1000 + shift % 1000, monotonic * 1000 + shift % 1000);
		shift++;
		fprintf(f, "_BOOT_ID=%s\nPRIORITY=6\nMESSAGE=%s\n", boot, e->message);
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
