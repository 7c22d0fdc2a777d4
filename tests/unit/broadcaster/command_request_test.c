/* SPDX-License-Identifier: MIT */
#include "command_request.h"

#include <errno.h>

#include "cmocka_all.h"
#include "util.h"

static int read_text(struct command_request *ret, const char *text)
{
	return command_request_read(ret, ROLE_PARTICIPANT, text, strlen(text));
}

static void assert_arguments(const struct command_request *q, const char *text)
{
	assert_int_equal(q->arguments.length, strlen(text));
	assert_memory_equal(q->arguments.at, text, strlen(text));
}

static void test_good(void **state)
{
	struct command_request q;

	(void)state;
	assert_int_equal(read_text(&q, "command home 7 name 12 Aino's phone"), 0);
	assert_string_equal(q.site, "home");
	assert_int_equal(q.number, 7);
	assert_int_equal(q.command, COMMAND_NAME);
	assert_arguments(&q, "12 Aino's phone");
	assert_int_equal(read_text(&q, "command lab-2 4294967295 me"), 0);
	assert_int_equal(q.number, UINT32_MAX);
	assert_int_equal(q.command, COMMAND_ME);
	assert_arguments(&q, "");
	assert_int_equal(read_text(&q, "command home 1 name 12 "), 0);
	assert_arguments(&q, "12 ");
	assert_int_equal(q.epoch.start + q.epoch.random, 0);
	assert_int_equal(read_text(&q, "command home 1 1764262429123-7 name 12 x"), 0);
	assert_int_equal(q.epoch.start, 1764262429123);
	assert_int_equal(q.epoch.random, 7);
	assert_int_equal(q.command, COMMAND_NAME);
	assert_arguments(&q, "12 x");
	assert_true(command_request_is("command x", 9));
	assert_false(command_request_is("command", 7));
	assert_false(command_request_is("commands x", 10));
	assert_false(command_request_is("watch home overview", 19));
	assert_false(command_request_is("", 0));
}

static void test_faults(void **state)
{
	struct command_request q;
	char longest[256];

	(void)state;
	assert_int_equal(read_text(&q, "command home 7"), COMMAND_FAULT_UNKNOWN_COMMAND);
	assert_int_equal(q.number, 7);
	assert_int_equal(read_text(&q, "command home 8 dance"), COMMAND_FAULT_UNKNOWN_COMMAND);
	assert_int_equal(q.number, 8);
	assert_string_equal(q.site, "home");
	assert_int_equal(read_text(&q, "command home 8  me"), COMMAND_FAULT_UNKNOWN_COMMAND);
	assert_int_equal(read_text(&q, "command home 9 me x"), COMMAND_FAULT_TOO_LONG);
	assert_int_equal(read_text(&q, "command home 10 name 1 \xff"), COMMAND_FAULT_NOT_TEXT);
	assert_int_equal(q.number, 10);
	snprintf(longest, sizeof(longest), "command home 11 name 1 %0200d", 0);
	assert_int_equal(read_text(&q, longest), COMMAND_FAULT_TOO_LONG);
	assert_int_equal(command_request_read(&q, ROLE_DISPLAY, "command home 1 me", 17),
			 COMMAND_FAULT_ONLY_WATCHING);
	assert_int_equal(command_request_read(&q, ROLE_GUEST, "command home 1 name 1 x", 23),
			 COMMAND_FAULT_ONLY_WATCHING);
}

static void test_nobody_to_answer(void **state)
{
	static const char *const bad[] = {
	    "",
	    "command",
	    "command ",
	    "command home",
	    "command home ",
	    "command home me",
	    "command  1 me",
	    "command home 0 me",
	    "command home 01 me",
	    "command home -1 me",
	    "command home 1x me",
	    "command home 4294967296 me",
	    "command Home 1 me",
	    "command 012345678901234567890123456789012 1 me",
	    "Command home 1 me",
	    " command home 1 me",
	    "watch home overview",
	};
	struct command_request q = {.site = "untouched"};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(read_text(&q, bad[i]), -EBADMSG);
	assert_string_equal(q.site, "untouched");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_nobody_to_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
