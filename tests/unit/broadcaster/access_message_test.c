/* SPDX-License-Identifier: MIT */
#include "access_message.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

#define SENDER "0123456789abcdef"
#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void test_both_ways(void **state)
{
	struct access_message all = {.sender = SENDER, .all = true}, one = {.sender = SENDER}, read;
	char text[ACCESS_MESSAGE_MAX];
	size_t n;

	(void)state;
	n = access_message_write(&all, text);
	assert_string_equal(text, SENDER " signed-out");
	assert_int_equal(access_message_read(&read, text, n), 0);
	assert_true(read.all);
	assert_string_equal(read.sender, SENDER);
	one.ended = token_hash("abc");
	n = access_message_write(&one, text);
	assert_string_equal(text, SENDER " ended " HASH);
	assert_int_equal(access_message_read(&read, text, n), 0);
	assert_false(read.all);
	assert_true(token_hash_equal(&read.ended, &one.ended));
}

static void test_others(void **state)
{
	static const char *const bad[] = {
	    "",
	    " ",
	    SENDER,
	    SENDER " ",
	    SENDER " signed-out ",
	    SENDER " signed",
	    SENDER "  signed-out",
	    "0123456789ABCDEF signed-out",
	    "0123456789abcde signed-out",
	    "0123456789abcdef0 signed-out",
	    "signed-out",
	    SENDER " ended",
	    SENDER " ended ",
	    SENDER " ended " HASH "0",
	    SENDER " ended  " HASH,
	    SENDER " ended x",
	};
	struct access_message read;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(access_message_read(&read, bad[i], strlen(bad[i])), -EBADMSG);
	assert_int_equal(access_message_read(&read, "0123456789\0bcdef signed-out", 27), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_both_ways),
	    cmocka_unit_test(test_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
