/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static int parse(struct command *ret, const char *text)
{
	return command_parse(ret, text, strlen(text));
}

static void test_good(void **state)
{
	struct command c;

	(void)state;
	assert_int_equal(parse(&c, "a-Z9 name 12 Aino's phone"), 0);
	assert_string_equal(c.request, "a-Z9");
	assert_int_equal(c.device, 12);
	assert_true(c.has_alias);
	assert_string_equal(c.alias, "Aino's phone");
	assert_int_equal(parse(&c, "1 name 4294967295"), 0);
	assert_int_equal(c.device, UINT32_MAX);
	assert_false(c.has_alias);
	/* An empty name is none that could be given; it is not the same as none. */
	assert_int_equal(parse(&c, "1 name 7 "), 0);
	assert_true(c.has_alias);
	assert_string_equal(c.alias, "");
	assert_int_equal(parse(&c, "1 name 7  x"), 0);
	assert_string_equal(c.alias, " x");
}

static void test_bad_but_can_be_answered(void **state)
{
	static const char *const bad[] = {
	    "r1",	    "r1 ",	    "r1 name",	    "r1 name ",		  "r1 Name 1 x",
	    "r1 names 1 x", "r1 name x",    "r1 name 0 x",  "r1 name 01 x",	  "r1 name -1",
	    "r1 name +1",   "r1 name 1x y", "r1 name  1 x", "r1 name 4294967296", "r1 name 12345678901",
	    "r1  name 1",   "r1 flush",
	};
	struct command c;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		assert_int_equal(parse(&c, bad[i]), -EBADMSG);
		assert_string_equal(c.request, "r1");
	}
	assert_int_equal(command_parse(&c, "r1 name 1 a\0b", 13), -EBADMSG);
}

static void test_nobody_to_answer(void **state)
{
	char longest[COMMAND_MAX + 2] = "r name 1 ";
	struct command c;

	(void)state;
	assert_int_equal(parse(&c, ""), -EINVAL);
	assert_int_equal(parse(&c, " name 1 x"), -EINVAL);
	assert_int_equal(parse(&c, "r_1 name 1 x"), -EINVAL);
	assert_int_equal(command_parse(&c, "r\0 name 1 x", 11), -EINVAL);
	assert_int_equal(parse(&c, "123456789012345678901234567890123 name 1 x"), -EINVAL);
	assert_int_equal(parse(&c, "12345678901234567890123456789012 name 1 x"), 0);
	memset(longest + 9, 'x', sizeof(longest) - 10);
	assert_int_equal(command_parse(&c, longest, COMMAND_MAX), 0);
	assert_int_equal(strlen(c.alias), COMMAND_MAX - 9);
	assert_int_equal(command_parse(&c, longest, COMMAND_MAX + 1), -EINVAL);
}

static void test_replies(void **state)
{
	char reply[COMMAND_REPLY_MAX];

	(void)state;
	assert_string_equal(command_format_reply(reply, "a1", NULL), "a1 ok");
	assert_string_equal(command_format_reply(reply, "a1", "No."), "a1 error No.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad_but_can_be_answered),
	    cmocka_unit_test(test_nobody_to_answer),
	    cmocka_unit_test(test_replies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
