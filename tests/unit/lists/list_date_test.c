/* SPDX-License-Identifier: MIT */
#include "list_date.h"

#include <string.h>

#include "cmocka_all.h"

/* 2026-03-12 11:04:19 UTC, and without seconds, and the day alone. */
#define SECOND 1773313459
#define MINUTE 1773313440
#define DAY 1773273600

static void test_dates(void **state)
{
	static const struct {
		const char *line;
		uint64_t time;
	} cases[] = {
	    {"# Date: 12 March 2026 11:04:19 (UTC)", SECOND},
	    {"# Last updated: 2026-03-12 11:04:19 (UTC)                      #", SECOND},
	    {"# TimeUpdated: 2026-03-12T11:04:19+00:00", SECOND},
	    {"# TimeUpdated: 2026-03-12T13:04:19.123+02:00", SECOND},
	    {"# Updated: Thu, 12 Mar 2026 07:34:19 -0330", SECOND},
	    {"! Last modified: 12 Mar 2026 11:04 UTC", MINUTE},
	    {"! Version: 202603121104", MINUTE},
	    {"// VERSION: 2026-03-12_11-04-19_UTC", SECOND},
	    {"# last change: 2026-03-12\r", DAY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (list_date_read(cases[i].line, strlen(cases[i].line)) != cases[i].time)
			fail_msg("%s gave %lu", cases[i].line,
				 (unsigned long)list_date_read(cases[i].line, strlen(cases[i].line)));
}

static void test_what_is_no_date(void **state)
{
	static const char *const lines[] = {
	    "",
	    "#",
	    "# Date:",
	    "# Date: soon",
	    "# Version: 3.14.2",
	    "# Expires: 2026-03-12",
	    "# Date: 0001-01-01",
	    "# Date: 9999-01-01",
	    "Date: 2026-03-12",
	    "0.0.0.0 date:2026-03-12",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (list_date_read(lines[i], strlen(lines[i])))
			fail_msg("\"%s\" gave a date", lines[i]);
	/* It ends where the line does. */
	assert_int_equal(list_date_read("# Date: 2026-03-12", 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_dates),
	    cmocka_unit_test(test_what_is_no_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
