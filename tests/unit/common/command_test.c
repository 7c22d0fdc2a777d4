/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>

#include "cmocka_all.h"
#include "util.h"

#define TEXT_OF(literal) ((struct text){literal, sizeof(literal) - 1})

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(command_find(TEXT_OF("me")), COMMAND_ME);
	assert_int_equal(command_find(TEXT_OF("name")), COMMAND_NAME);
	assert_int_equal(command_find(TEXT_OF("Name")), -ENOENT);
	assert_int_equal(command_find(TEXT_OF("nam")), -ENOENT);
	assert_int_equal(command_find(TEXT_OF("names")), -ENOENT);
	assert_int_equal(command_find(TEXT_OF("")), -ENOENT);
	for (int i = 0; i < ROLES; i++) {
		const char *name = command_role_name((enum role)i);

		assert_int_equal(command_find_role((struct text){name, strlen(name)}), i);
	}
	assert_int_equal(command_find_role(TEXT_OF("viewer")), -ENOENT);
	for (int i = 1; i < COMMAND_FAULTS; i++) {
		const char *code = command_fault_code((enum command_fault)i);

		assert_int_equal(command_find_fault((struct text){code, strlen(code)}), i);
		assert_true(strlen(command_fault_sentence((enum command_fault)i)) > 10);
	}
	assert_int_equal(command_find_fault(TEXT_OF("nothing")), -ENOENT);
	assert_int_equal(command_find_fault(TEXT_OF("")), -ENOENT);
}

#define FACILITATOR_ALONE                                                                                    \
	{                                                                                                    \
		COMMAND_MAY_NO, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO                              \
	}

/* Whoever adds a command says here, too, what a role may. */
static void test_who_may(void **state)
{
	static const struct {
		enum command command;
		enum command_may may[ROLES];
	} table[] = {
	    {COMMAND_ME, {COMMAND_MAY_OWN, COMMAND_MAY_OWN, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_ASKED, {COMMAND_MAY_OWN, COMMAND_MAY_OWN, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_NAME, {COMMAND_MAY_OWN, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_HIDE, {COMMAND_MAY_OWN, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_LEAVE_OUT, {COMMAND_MAY_OWN, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_SHOW, {COMMAND_MAY_OWN, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_END, {COMMAND_MAY_OWN, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_END_ALL, {COMMAND_MAY_OWN, COMMAND_MAY_ANY, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_FLUSH, FACILITATOR_ALONE},
	    {COMMAND_ROUND, FACILITATOR_ALONE},
	    {COMMAND_PLAY, FACILITATOR_ALONE},
	    {COMMAND_TIME_UP, FACILITATOR_ALONE},
	    {COMMAND_VOTE, {COMMAND_MAY_OWN, COMMAND_MAY_OWN, COMMAND_MAY_NO, COMMAND_MAY_NO}},
	    {COMMAND_ROUND_END, FACILITATOR_ALONE},
	    {COMMAND_MARK, FACILITATOR_ALONE},
	    {COMMAND_FREEZE, FACILITATOR_ALONE},
	    {COMMAND_RELEASE, FACILITATOR_ALONE},
	    {COMMAND_SPOTLIGHT, FACILITATOR_ALONE},
	    {COMMAND_WALL, FACILITATOR_ALONE},
	    {COMMAND_CLEAR, FACILITATOR_ALONE},
	    {COMMAND_LOCK_NAMES, FACILITATOR_ALONE},
	    {COMMAND_UNLOCK_NAMES, FACILITATOR_ALONE},
	};
	const struct text nothing = {"", 0};

	(void)state;
	assert_int_equal(ELEMENTS_OF(table), COMMANDS);
	for (size_t i = 0; i < ELEMENTS_OF(table); i++)
		for (int role = 0; role < ROLES; role++) {
			enum command command = table[i].command;
			bool none = table[i].may[role] == COMMAND_MAY_NO;

			assert_int_equal(command_rows[command].may[role], table[i].may[role]);
			assert_int_equal(command_check(command, (enum role)role, nothing),
					 none ? COMMAND_FAULT_ONLY_WATCHING : COMMAND_FAULT_NONE);
		}
}

static void test_arguments(void **state)
{
	static const struct text bad[] = {
	    TEXT_OF("1 a\0b"),	   TEXT_OF("1 \xff"),	      TEXT_OF("1 \xc3"),
	    TEXT_OF("1 \xc0\xaf"), TEXT_OF("1 \xed\xa0\x80"), TEXT_OF("1 \x80 abc"),
	};
	char longest[COMMAND_BYTES_MAX + 1];
	const size_t most = command_rows[COMMAND_NAME].bytes;

	(void)state;
	memset(longest, 'x', sizeof(longest));
	assert_int_equal(command_check(COMMAND_NAME, ROLE_PARTICIPANT, (struct text){longest, most}),
			 COMMAND_FAULT_NONE);
	assert_int_equal(command_check(COMMAND_NAME, ROLE_PARTICIPANT, (struct text){longest, most + 1}),
			 COMMAND_FAULT_TOO_LONG);
	assert_int_equal(command_check(COMMAND_ME, ROLE_PARTICIPANT, TEXT_OF("x")), COMMAND_FAULT_TOO_LONG);
	assert_int_equal(command_check(COMMAND_NAME, ROLE_PARTICIPANT, TEXT_OF("1 \xc3\x84iti \x07")),
			 COMMAND_FAULT_NONE);
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(command_check(COMMAND_NAME, ROLE_PARTICIPANT, bad[i]),
				 COMMAND_FAULT_NOT_TEXT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_who_may),
	    cmocka_unit_test(test_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
