/* SPDX-License-Identifier: MIT */
#include "token.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static void test_make(void **state)
{
	char a[TOKEN_MAX], b[TOKEN_MAX];
	bool seen[256] = {};
	unsigned different = 0;

	(void)state;
	assert_int_equal(token_make(a), 0);
	assert_true(token_valid(a, strlen(a)));
	for (int i = 0; i < 200; i++) {
		assert_int_equal(token_make(b), 0);
		assert_string_not_equal(a, b);
		for (size_t k = 0; k < TOKEN_LETTERS - 1; k++)
			different += !seen[(unsigned char)b[k]], seen[(unsigned char)b[k]] = true;
	}
	/* all letters come */
	assert_int_equal(different, 64);
}

static void test_valid(void **state)
{
	char token[TOKEN_MAX];

	(void)state;
	assert_int_equal(token_make(token), 0);
	assert_false(token_valid(token, TOKEN_LETTERS - 1));
	assert_false(token_valid(token, TOKEN_LETTERS + 1));
	token[5] = '+';
	assert_false(token_valid(token, TOKEN_LETTERS));
	token[5] = '\0';
	assert_false(token_valid(token, TOKEN_LETTERS));
}

static void test_hash(void **state)
{
	struct token_hash a = token_hash("abc"), b = token_hash("abd"), c;
	char text[TOKEN_HASH_TEXT_MAX];

	(void)state;
	/* FIPS 180-2, B.1 */
	assert_string_equal(token_hash_format(&a, text),
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_false(token_hash_equal(&a, &b));
	assert_int_equal(token_hash_parse(&c, text, strlen(text)), 0);
	assert_true(token_hash_equal(&a, &c));
	assert_int_equal(token_hash_parse(&c, text, strlen(text) - 1), -EBADMSG);
	text[7] = 'A';
	assert_int_equal(token_hash_parse(&c, text, strlen(text)), -EBADMSG);
	text[7] = '\0';
	assert_int_equal(token_hash_parse(&c, text, TOKEN_HASH_TEXT_MAX - 1), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_make),
	    cmocka_unit_test(test_valid),
	    cmocka_unit_test(test_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
