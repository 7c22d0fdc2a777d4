/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "said.h"

static int asked;

static const char *costly(void)
{
	asked++;
	return "costly";
}

/* What a message of each level and one with control characters give. */
static void written(enum log_level level, char *text, size_t size)
{
	struct said said;

	said_begin(&said, STDERR_FILENO);
	log_open("test", level);
	log_error("one");
	log_sentence(LOG_LEVEL_WARNING, "two %s");
	log_info("three\nfour\x1b");
	log_debug("five %s", costly());
	said_end(&said, text, size);
}

static void test_levels(void **state)
{
	char text[1024];

	(void)state;
	unsetenv("JOURNAL_STREAM");
	written(LOG_LEVEL_ERROR, text, sizeof(text));
	assert_string_equal(text, "test: error: one\n");
	written(LOG_LEVEL_WARNING, text, sizeof(text));
	assert_string_equal(text, "test: error: one\ntest: warning: two %s\n");
	written(LOG_LEVEL_INFO, text, sizeof(text));
	assert_string_equal(text, "test: error: one\ntest: warning: two %s\ntest: three?four?\n");
}

static void test_debug_costs_nothing_when_off(void **state)
{
	char text[1024];

	(void)state;
	asked = 0;
	written(LOG_LEVEL_INFO, text, sizeof(text));
	assert_int_equal(asked, 0);
	assert_false(log_is_on(LOG_LEVEL_DEBUG));
	written(LOG_LEVEL_DEBUG, text, sizeof(text));
	assert_int_equal(asked, 1);
	assert_true(log_is_on(LOG_LEVEL_DEBUG));
	assert_non_null(strstr(text, "\ntest: debug: five costly\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_levels),
	    cmocka_unit_test(test_debug_costs_nothing_when_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
