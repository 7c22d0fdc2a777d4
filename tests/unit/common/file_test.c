/* SPDX-License-Identifier: MIT */
#include "file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

static void assert_holds(const char *path, const char *wanted)
{
	size_t length;
	char *text;

	assert_int_equal(file_read(&text, &length, path, 100), 0);
	assert_string_equal(text, wanted);
	assert_int_equal(length, strlen(wanted));
	free(text);
}

static void test_append(void **state)
{
	char folder[] = "/tmp/connvis-test-file-XXXXXX", path[PATH_MAX], link[PATH_MAX];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/kept", folder);
	snprintf(link, sizeof(link), "%s/link", folder);
	/* it makes none: whoever adds to a file has written its beginning */
	assert_int_equal(file_append(path, "more", 4), -ENOENT);
	assert_int_equal(file_replace(path, "first", 5), 0);
	assert_int_equal(file_append(path, " and more", 9), 0);
	assert_holds(path, "first and more");
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(file_append(link, "!", 1), -ELOOP);
	assert_int_equal(file_replace(path, "anew", 4), 0);
	assert_holds(path, "anew");
	unlink(link);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_append),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
