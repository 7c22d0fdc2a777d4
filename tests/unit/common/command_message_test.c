/* SPDX-License-Identifier: MIT */
#include "command_message.h"

#include <errno.h>

#include "cmocka_all.h"
#include "util.h"

static int read_text(struct command_message *ret, const char *text)
{
	return command_message_read(ret, text, strlen(text));
}

static void assert_text(struct text s, const char *text)
{
	assert_int_equal(s.length, strlen(text));
	assert_memory_equal(s.at, text, s.length);
}

static void test_good(void **state)
{
	char buffer[COMMAND_MESSAGE_MAX];
	struct command_message m;
	struct address a;
	size_t n;

	(void)state;
	assert_int_equal(read_text(&m, "a-Z9 participant 192.0.2.7 name 12 Aino's phone"), 0);
	assert_string_equal(m.request, "a-Z9");
	assert_int_equal(m.role, ROLE_PARTICIPANT);
	assert_int_equal(address_parse(&a, "192.0.2.7"), 0);
	assert_true(address_equal(&m.address, &a));
	assert_int_equal(m.command, COMMAND_NAME);
	assert_text(m.arguments, "12 Aino's phone");
	n = command_message_write(&m, buffer);
	assert_int_equal(n, strlen(buffer));
	assert_string_equal(buffer, "a-Z9 participant 192.0.2.7 name 12 Aino's phone");

	assert_int_equal(read_text(&m, "1 facilitator 2001:db8::1 me"), 0);
	assert_int_equal(m.role, ROLE_FACILITATOR);
	assert_int_equal(m.command, COMMAND_ME);
	assert_text(m.arguments, "");
	command_message_write(&m, buffer);
	assert_string_equal(buffer, "1 facilitator 2001:db8::1 me");

	assert_int_equal(m.epoch.start + m.epoch.random, 0);

	assert_int_equal(read_text(&m, "1 facilitator ::1 1764262429123-4294967295 end 12"), 0);
	assert_int_equal(m.epoch.start, 1764262429123);
	assert_int_equal(m.epoch.random, UINT32_MAX);
	assert_int_equal(m.command, COMMAND_END);
	assert_text(m.arguments, "12");
	command_message_write(&m, buffer);
	assert_string_equal(buffer, "1 facilitator ::1 1764262429123-4294967295 end 12");

	/* blanks of the arguments stay */
	assert_int_equal(read_text(&m, "1 participant 192.0.2.7 name 12 "), 0);
	assert_text(m.arguments, "12 ");
	assert_int_equal(read_text(&m, "1 participant 192.0.2.7 name  12  x "), 0);
	assert_text(m.arguments, " 12  x ");
}

static void test_faults(void **state)
{
	static const struct {
		const char *text;
		enum command_fault fault;
	} bad[] = {
	    {"r1", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"r1 ", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"r1 name 12 Aino", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"r1 viewer 192.0.2.7 me", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"r1 participant 192.0.2.777 me", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"r1 participant me", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"r1 participant 192.0.2.7", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 dance", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7  me", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 1-2", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 1-2-3 me", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 1- me", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 1-4294967296 me", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 18446744073709551616-1 me", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 participant 192.0.2.7 1-2 1-2 me", COMMAND_FAULT_UNKNOWN_COMMAND},
	    {"r1 guest 192.0.2.7 me", COMMAND_FAULT_ONLY_WATCHING},
	    {"r1 display 192.0.2.7 name 1 x", COMMAND_FAULT_ONLY_WATCHING},
	    {"r1 participant 192.0.2.7 me x", COMMAND_FAULT_TOO_LONG},
	    {"r1 participant 192.0.2.7 name 1 \xff", COMMAND_FAULT_NOT_TEXT},
	};
	struct command_message m;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		assert_int_equal(read_text(&m, bad[i].text), bad[i].fault);
		assert_string_equal(m.request, "r1");
	}
}

static void test_nobody_to_answer(void **state)
{
	char longest[COMMAND_MESSAGE_MAX] = "r participant 192.0.2.7 name 1 ";
	struct command_message m;

	(void)state;
	assert_int_equal(read_text(&m, ""), -EBADMSG);
	assert_int_equal(read_text(&m, " participant 192.0.2.7 me"), -EBADMSG);
	assert_int_equal(read_text(&m, "r_1 participant 192.0.2.7 me"), -EBADMSG);
	assert_int_equal(command_message_read(&m, "r\0 participant 192.0.2.7 me", 27), -EBADMSG);
	assert_int_equal(read_text(&m, "123456789012345678901234567890123 guest ::1 me"), -EBADMSG);
	assert_int_equal(read_text(&m, "12345678901234567890123456789012 participant ::1 me"), 0);
	memset(longest + strlen(longest), 'x', sizeof(longest) - strlen(longest));
	assert_int_equal(command_message_read(&m, longest, COMMAND_MESSAGE_MAX), -EBADMSG);
	assert_int_equal(command_message_read(&m, longest, COMMAND_MESSAGE_MAX - 1), COMMAND_FAULT_TOO_LONG);
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
