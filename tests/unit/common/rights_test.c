/* SPDX-License-Identifier: MIT */
#include "rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"

#define NOBODY 65534

static char folder[] = "/tmp/connvis-rights-XXXXXX", file[64];

/* Root is let in everywhere. */
static void become_nobody(void)
{
	if (geteuid() == 0)
		assert_int_equal(seteuid(NOBODY), 0);
}

static void become_root(void)
{
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
}

static int set_up(void **state)
{
	FILE *f;

	(void)state;
	strcpy(strchr(folder, '\0') - 6, "XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(file, sizeof(file), "%s/log", folder);
	f = fopen(file, "w");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
	return 0;
}

static int take_down(void **state)
{
	(void)state;
	become_root();
	assert_int_equal(chmod(folder, 0700), 0);
	assert_int_equal(unlink(file), 0);
	return rmdir(folder);
}

static void give_to(const char *path, gid_t group, mode_t mode)
{
	assert_int_equal(chmod(path, mode), 0);
	if (geteuid() == 0)
		assert_int_equal(chown(path, 0, group), 0);
}

static const char *advice(void)
{
	static char text[RIGHTS_ADVICE_MAX];

	become_nobody();
	return rights_advice(text, file);
}

static void test_the_group_is_named(void **state)
{
	(void)state;
	give_to(folder, 4, 0755);
	give_to(file, geteuid() ? getegid() : 4, 0640);
	assert_non_null(strstr(advice(), "put the user of this program into the group "));
	if (getuid() == 0)
		/* Whatever group 4 is here, it is no group with the name of another. */
		assert_null(strstr(advice(), "root"));
}

static void test_a_group_without_the_right(void **state)
{
	char wanted[128];

	(void)state;
	give_to(folder, 4, 0755);
	give_to(file, 4, 0600);
	snprintf(wanted, sizeof(wanted), "(chmod g+r %s)", file);
	assert_non_null(strstr(advice(), wanted));
}

static void test_a_folder_that_is_closed(void **state)
{
	char wanted[128];

	(void)state;
	give_to(file, 4, 0644);
	give_to(folder, 4, getuid() ? 0 : 0700);
	snprintf(wanted, sizeof(wanted), "(chmod g+rx %s)", folder);
	assert_non_null(strstr(advice(), wanted));
}

static void test_the_group_of_root(void **state)
{
	(void)state;
	if (getuid() != 0)
		return;
	give_to(folder, 4, 0755);
	give_to(file, 0, 0640);
	assert_non_null(strstr(advice(), "to a group other than root (chgrp)"));
}

static void test_what_is_not_there(void **state)
{
	char text[RIGHTS_ADVICE_MAX];

	(void)state;
	assert_non_null(strstr(rights_advice(text, "/nowhere/at/all"), "look at its rights"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_the_group_is_named),	TEST(test_a_group_without_the_right),
	    TEST(test_a_folder_that_is_closed), TEST(test_the_group_of_root),
	    TEST(test_what_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
