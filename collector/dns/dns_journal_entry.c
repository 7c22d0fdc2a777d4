/* SPDX-License-Identifier: MIT */
#include "dns_journal_entry.h"

#include <string.h>

#include "dns_stamp.h"

void dns_journal_ids_get(struct dns_journal_ids *ret)
{
	*ret = (struct dns_journal_ids){};
	(void)sd_id128_get_boot(&ret->boot);
	(void)sd_id128_get_machine(&ret->machine);
}

bool dns_journal_field(sd_journal *j, const char *field, struct text *ret)
{
	const void *data;
	size_t length, skip = strlen(field) + 1;

	if (sd_journal_get_data(j, field, &data, &length) < 0 || length < skip)
		return false;
	*ret = (struct text){(const char *)data + skip, length - skip};
	return true;
}

bool dns_journal_number(sd_journal *j, const char *field, uint64_t max, uint64_t *ret)
{
	struct text s;

	return dns_journal_field(j, field, &s) && text_take_number(&s, max, ret) && !s.length;
}

static bool is_of_this_machine(sd_journal *j, const struct dns_journal_ids *ids)
{
	char machine[SD_ID128_STRING_MAX];
	struct text field;

	return !sd_id128_is_null(ids->machine) && dns_journal_field(j, "_MACHINE_ID", &field) &&
	       text_is(field, sd_id128_to_string(ids->machine, machine));
}

uint64_t dns_journal_time(sd_journal *j, const struct dns_journal_ids *ids)
{
	struct dns_stamp_now now;
	struct dns_stamp s = {};
	sd_id128_t boot;

	if (sd_journal_get_realtime_usec(j, &s.real) < 0)
		return 0;
	dns_stamp_look(&now);
	if (sd_journal_get_monotonic_usec(j, &s.monotonic, &boot) < 0)
		return s.real;
	if (!sd_id128_is_null(ids->boot) && sd_id128_equal(boot, ids->boot))
		s.boot = DNS_STAMP_THIS_BOOT;
	else if (s.real > now.real && is_of_this_machine(j, ids)) /* else its stamp is believed anyway */
		s.boot = DNS_STAMP_BEFORE;
	return dns_stamp_time(&now, &s);
}
