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
	    {"connvis-8080=" A, false, A},
	    {"__Host-connvis-8080=" A, true, A},
	    /* neither is taken for the other */
	    {"connvis-8080=" A, true, NULL},
	    {"__Host-connvis-8080=" A, false, NULL},
	    {"connvis-8080=" A "; __Host-connvis-8080=" B, true, B},
	    {"__Host-connvis-8080=" B "; connvis-8080=" A, false, A},
	    /* among others', and as some write them */
	    {"a=b; connvis-8080=" A "; c=d", false, A},
	    {"a=b;connvis-8080=" A ";c=d", false, A},
	    {" ;; connvis-8080=" A " ;", false, NULL},
	    {"xconnvis-8080=" A, false, NULL},
	    {"connvis=" A, false, NULL},
	    {"connvis-80=" A, false, NULL},
	    {"connvis-80801=" A, false, NULL},
	    /* of another one at the same host */
	    {"connvis-8081=" A "; connvis-8080=" B, false, B},
	    {"Connvis=" A, false, NULL},
	    /* what is no token is passed by */
	    {"connvis-8080=; connvis-8080=" A, false, A},
	    {"connvis-8080=" A "A; connvis-8080=" B, false, B},
	    {"connvis-8080=\"" A "\"", false, NULL},
	    {"connvis", false, NULL},
	    {"=", false, NULL},
	    {"", false, NULL},
	    {";;;", false, NULL},
	};
	char token[TOKEN_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++) {
		assert_int_equal(cookie_find(token, all[i].header, 8080, all[i].secure),
				 all[i].token != NULL);
		if (all[i].token)
			assert_string_equal(token, all[i].token);
	}
}

static void test_write(void **state)
{
	char line[COOKIE_LINE_MAX];

	(void)state;
	cookie_write(line, A, 8080, true, 60);
	assert_string_equal(line, "Set-Cookie: __Host-connvis-8080=" A
				  "; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure\r\n");
	cookie_write(line, A, 8080, false, 34560000);
	assert_string_equal(line, "Set-Cookie: connvis-8080=" A
				  "; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict\r\n");
	cookie_write(line, NULL, 8080, false, 60);
	assert_string_equal(line,
			    "Set-Cookie: connvis-8080=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
