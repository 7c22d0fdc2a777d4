/* SPDX-License-Identifier: MIT */
#include "command_answer.h"

#include "cmocka_all.h"

static void test_from_a_reply(void **state)
{
	static const char done[] = "b-1 ok {\"device\":3}", refused[] = "b-1 error name-taken Another one.";
	char text[COMMAND_ANSWER_MAX];
	struct command_reply reply;

	(void)state;
	assert_int_equal(command_reply_read(&reply, done, strlen(done)), 0);
	assert_int_equal(command_answer_write(text, 7, &reply),
			 strlen("{\"answer\":7,\"ok\":{\"device\":3}}"));
	assert_string_equal(text, "{\"answer\":7,\"ok\":{\"device\":3}}");
	assert_int_equal(command_reply_read(&reply, refused, strlen(refused)), 0);
	command_answer_write(text, UINT32_MAX, &reply);
	assert_string_equal(text,
			    "{\"answer\":4294967295,\"error\":\"name-taken\",\"sentence\":\"Another one.\"}");
}

static void test_of_our_own(void **state)
{
	char text[COMMAND_ANSWER_MAX];
	size_t n = command_answer_write_fault(text, 8, COMMAND_FAULT_TOO_LONG);

	(void)state;
	assert_string_equal(text, "{\"answer\":8,\"error\":\"too-long\",\"sentence\":\"This is too long.\"}");
	assert_int_equal(n, strlen(text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_from_a_reply),
	    cmocka_unit_test(test_of_our_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
