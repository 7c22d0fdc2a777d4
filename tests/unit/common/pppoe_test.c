/* SPDX-License-Identifier: MIT */
#include "pppoe.h"

#include <string.h>

#include "cmocka_all.h"

static void assert_names(const char *text, const char *const *names)
{
	char name[IF_NAMESIZE];

	for (; *names; names++) {
		assert_true(pppoe_next(&text, name));
		assert_string_equal(name, *names);
	}
	assert_false(pppoe_next(&text, name));
}

/* As drivers/net/ppp/pppoe.c writes it. */
static void test_list(void **state)
{
	(void)state;
	assert_names("Id       Address              Device\n", (const char *const[]){NULL});
	assert_names("Id       Address              Device\n"
		     "0000A10B 00:90:1a:a0:00:01     eth1\n"
		     "00000001 02:00:00:00:00:07 enp12s0f1np1.7\n",
		     (const char *const[]){"eth1", "enp12s0f1np1.7", NULL});
}

/* Whatever a kernel may write one day: no name goes over its line or its place. */
static void test_something_else(void **state)
{
	(void)state;
	assert_names("", (const char *const[]){NULL});
	assert_names("\n\n0000A10B\n00:90:1a:a0:00:01\n0000A10B 00:90:1a:a0:00:01\neth1\n",
		     (const char *const[]){NULL});
	assert_names("0000A10B 00:90:1a:a0:00:01 eth1\n", (const char *const[]){"eth1", NULL});
	assert_names("0000A10B 00:90:1a:a0:00:01 averylonginterfacename\n",
		     (const char *const[]){"averylonginterf", NULL});
}

/* More lines than fit where they are read: of the last one a part is left, which may be another interface's name. */
static void test_cut(void **state)
{
	(void)state;
	assert_names("0000A10B 00:90:1a:a0:00:01     eth0\n"
		     "0000A10C 00:90:1a:a0:00:01     eth1",
		     (const char *const[]){"eth0", NULL});
	assert_names("0000A10C 00:90:1a:a0:00:01     eth1", (const char *const[]){NULL});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_list),
	    cmocka_unit_test(test_something_else),
	    cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
