/* SPDX-License-Identifier: MIT */
#include "ini.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

/* What all lines of a text say: "LINE section.name=value", "LINE +value" or "LINE !fault", one after the other. */
static void read_all(const char *text, char *said, size_t size)
{
	size_t length = strlen(text), used = 0;
	char *copy = malloc(length + 1);
	enum ini_line kind;
	struct ini ini;

	assert_non_null(copy);
	memcpy(copy, text, length);
	said[0] = '\0';
	ini_begin(&ini, copy, length);
	while ((kind = ini_next(&ini)) != INI_END) {
		if (kind == INI_VALUE)
			used += (size_t)snprintf(said + used, size - used, "%u %s.%s=%s\n", ini.line,
						 ini.section, ini.name, ini.value);
		else
			used += (size_t)snprintf(said + used, size - used, "%u %c%.20s\n", ini.line,
						 kind == INI_MORE ? '+' : '!', ini.value);
	}
	free(copy);
}

static void check(const char *text, const char *expected)
{
	char said[2048];

	read_all(text, said, sizeof(said));
	assert_string_equal(said, expected);
}

static void test_values(void **state)
{
	(void)state;
	check("", "");
	check("\n\n", "");
	check("[a]\nb=c", "2 a.b=c\n");
	check("[a]\nb = c d \n e = f\n[ g h ]\n\ti:j=k\n", "2 a.b=c d\n3 +e = f\n5 g h.i=j=k\n");
	check("[a]\nb =\n  c\n\n\td\n", "2 a.b=\n3 +c\n5 +d\n");
	check("[a]\r\nb = c\r\n", "2 a.b=c\n");
	check("\xef\xbb\xbf[a]\nb=\xef\xbb\xbf\n", "2 a.b=\xef\xbb\xbf\n");
}

static void test_comments(void **state)
{
	(void)state;
	check("; x\n # x\n[a] # x\nb = c ; x\nd = e;f#g\nh =;\ni = #\n  # x\n  j # x\n",
	      "4 a.b=c\n5 a.d=e;f#g\n6 a.h=;\n7 a.i=\n9 +j\n");
}

static void test_faults(void **state)
{
	(void)state;
	check("a = b\n[c]\nd = e\n", "1 !has a key, but no [s\n3 c.d=e\n");
	check("[a\n[a]b\n[]\nc=d\n",
	      "1 !is not a [section]: \n2 !is not a [section]: \n4 !has a key, but no [s\n");
	check("[a]\nb\n=c\n", "2 !is neither a [sectio\n3 !is neither a [sectio\n");
}

static void test_a_nul_byte(void **state)
{
	char text[] = "[a]\nb = c\0d\ne = f";
	struct ini ini;

	(void)state;
	ini_begin(&ini, text, sizeof(text) - 1);
	assert_int_equal(ini_next(&ini), INI_WRONG);
	assert_int_equal(ini.line, 2);
	assert_non_null(strstr(ini.value, "NUL"));
	assert_int_equal(ini_next(&ini), INI_VALUE);
	assert_string_equal(ini.value, "f");
	assert_int_equal(ini_next(&ini), INI_END);
	assert_int_equal(ini_next(&ini), INI_END);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_a_nul_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
