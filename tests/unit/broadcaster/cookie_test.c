/* SPDX-License-Identifier: MIT */
#include "cookie.h"

#include <string.h>

#include "cmocka_all.h"
#include "util.h"

#define A "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define B "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB-"

static void test_find(void **state)
{
	static const struct {
		const char *header;
		bool secure;
		const char *token; /* NULL: none */
	} all[] = {
	    {"connvis=" A, false, A},
	    {"__Host-connvis=" A, true, A},
	    /* neither is taken for the other */
	    {"connvis=" A, true, NULL},
	    {"__Host-connvis=" A, false, NULL},
	    {"connvis=" A "; __Host-connvis=" B, true, B},
	    {"__Host-connvis=" B "; connvis=" A, false, A},
	    /* among others', and as some write them */
	    {"a=b; connvis=" A "; c=d", false, A},
	    {"a=b;connvis=" A ";c=d", false, A},
	    {" ;; connvis=" A " ;", false, NULL},
	    {"xconnvis=" A, false, NULL},
	    {"connvis2=" A, false, NULL},
	    {"Connvis=" A, false, NULL},
	    /* what is no token is passed by */
	    {"connvis=; connvis=" A, false, A},
	    {"connvis=" A "A; connvis=" B, false, B},
	    {"connvis=\"" A "\"", false, NULL},
	    {"connvis", false, NULL},
	    {"=", false, NULL},
	    {"", false, NULL},
	    {";;;", false, NULL},
	};
	char token[TOKEN_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++) {
		assert_int_equal(cookie_find(token, all[i].header, all[i].secure), all[i].token != NULL);
		if (all[i].token)
			assert_string_equal(token, all[i].token);
	}
}

static void test_write(void **state)
{
	char line[COOKIE_LINE_MAX];

	(void)state;
	cookie_write(line, A, true, 60);
	assert_string_equal(line, "Set-Cookie: __Host-connvis=" A
				  "; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure\r\n");
	cookie_write(line, A, false, 34560000);
	assert_string_equal(line, "Set-Cookie: connvis=" A
				  "; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict\r\n");
	cookie_write(line, NULL, false, 60);
	assert_string_equal(line, "Set-Cookie: connvis=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
