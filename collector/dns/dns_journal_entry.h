/* SPDX-License-Identifier: MIT */
/* What an entry of the journal says, the one at which it stands. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>

#include "text.h"

/* This machine and its boot; zero: unknown. */
struct dns_journal_ids {
	sd_id128_t boot, machine;
};

void dns_journal_ids_get(struct dns_journal_ids *ret);

/* Until the next call. False: it has none. */
bool dns_journal_field(sd_journal *j, const char *field, struct text *ret);
/* False also for what is no number up to max. */
bool dns_journal_number(sd_journal *j, const char *field, uint64_t max, uint64_t *ret);
/* When it was written, as dns_stamp_time has it: microseconds, 0 for unknown. */
uint64_t dns_journal_time(sd_journal *j, const struct dns_journal_ids *ids);
