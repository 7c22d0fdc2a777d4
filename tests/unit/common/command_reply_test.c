/* SPDX-License-Identifier: MIT */
#include "command_reply.h"

#include <errno.h>

#include "cmocka_all.h"
#include "util.h"

static int read_text(struct command_reply *ret, const char *text)
{
	return command_reply_read(ret, text, strlen(text));
}

static void assert_text(struct text s, const char *text)
{
	assert_int_equal(s.length, strlen(text));
	assert_memory_equal(s.at, text, s.length);
}

static void test_done(void **state)
{
	char buffer[COMMAND_REPLY_MAX];
	struct command_reply r;
	size_t n = command_reply_write(buffer, "a1", "{\"device\":3,\"alias\":\"\u00c4iti\"}");

	(void)state;
	assert_int_equal(n, strlen(buffer));
	assert_int_equal(command_reply_read(&r, buffer, n), 0);
	assert_text(r.request, "a1");
	assert_true(r.done);
	assert_text(r.result, "{\"device\":3,\"alias\":\"\u00c4iti\"}");
	assert_int_equal(read_text(&r, "a1 ok {}"), 0);
	assert_text(r.result, "{}");
}

static void test_every_fault_can_be_read(void **state)
{
	char buffer[COMMAND_REPLY_MAX];
	struct command_reply r;

	(void)state;
	for (int i = 1; i < COMMAND_FAULTS; i++) {
		size_t n = command_reply_write_fault(buffer, "a1", (enum command_fault)i);

		assert_int_equal(command_reply_read(&r, buffer, n), 0);
		assert_false(r.done);
		assert_text(r.request, "a1");
		assert_text(r.code, command_fault_code((enum command_fault)i));
		assert_text(r.sentence, command_fault_sentence((enum command_fault)i));
	}
	assert_int_equal(read_text(&r, "a1 error of-a-later-version It is so."), 0);
	assert_text(r.code, "of-a-later-version");
}

static void test_bad(void **state)
{
	static const char *const bad[] = {
	    "",
	    "a1",
	    "a1 ",
	    "a1 ok",
	    "a1 ok ",
	    "a1 ok {",
	    "a1 ok \"x\"",
	    "a1 ok [1]",
	    "a1 ok {}x",
	    "a1  ok {}",
	    "a1 OK {}",
	    "a1 ok {\"a\":\"\x01\"}",
	    "a1 ok {\n}",
	    "a1 ok {\"a\":\"\xff\"}",
	    "a1 ok {\"a\":\"\x7f\"}",
	    "a1 error",
	    "a1 error ",
	    "a1 error  It is so.",
	    "a1 error Code It is so.",
	    "a1 error code\"x It is so.",
	    "a1 error code It \"is\" so.",
	    "a1 error code It is so\\",
	    "a1 error code It is so\x80",
	    "a1 error abcdefghijklmnopqrstuvwxyzabcdefg x",
	};
	char longest[COMMAND_REPLY_MAX] = "a1 ok {";
	struct command_reply r;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(read_text(&r, bad[i]), -EBADMSG);
	assert_int_equal(command_reply_read(&r, "a1 ok {\0}", 9), -EBADMSG);
	memset(longest + strlen(longest), '}', sizeof(longest) - strlen(longest));
	assert_int_equal(command_reply_read(&r, longest, COMMAND_REPLY_MAX), -EBADMSG);
	assert_int_equal(command_reply_read(&r, longest, COMMAND_REPLY_MAX - 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_done),
	    cmocka_unit_test(test_every_fault_can_be_read),
	    cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
