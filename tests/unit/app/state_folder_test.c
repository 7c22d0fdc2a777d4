/* SPDX-License-Identifier: MIT */
#include "state_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

#define NOBODY 65534

static char folder[] = "/tmp/connvis-state-folder-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s%s", folder, name);
	return path;
}

static void assert_says(const char *said, const char *expected)
{
	assert_non_null(said);
	assert_string_equal(said, expected);
}

static void test_good_ones(void **state)
{
	(void)state;
	assert_null(state_folder_check(""));
	assert_null(state_folder_check(folder));
	assert_null(state_folder_check(path_of("/")));
	assert_null(state_folder_check(path_of("/new")));
	assert_null(state_folder_check(path_of("//new//")));
	if (geteuid() == 0)
		assert_null(state_folder_check("/"));
}

static void test_wrong_ones(void **state)
{
	FILE *f = fopen(path_of("/file"), "w");

	(void)state;
	assert_non_null(f);
	fclose(f);
	assert_says(state_folder_check("state"), "the absolute path of a folder");
	assert_says(state_folder_check(path_of("/file")), "a folder, and this is something else");
	assert_says(state_folder_check(path_of("/file/x")), "the path of a folder");
	assert_says(state_folder_check(path_of("/no/where")),
		    "a folder that exists, or whose parent folder does (it is then created)");
	assert_int_equal(unlink(path_of("/file")), 0);
}

/* What access(2) says to root is always yes, so another user asks. */
static void test_forbidden_ones(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(chmod(folder, 0555), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (geteuid() == 0 && setuid(NOBODY) < 0)
			_exit(1);
		if (strcmp(state_folder_check(folder), "a folder that this user may write to") != 0)
			_exit(2);
		if (strcmp(state_folder_check(path_of("/new")), "a folder that this user may create") != 0)
			_exit(3);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(chmod(folder, 0700), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_it_is_created(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(state_folder_create(""), 0);
	assert_int_equal(state_folder_create(path_of("/new")), 0);
	assert_int_equal(stat(path_of("/new"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(state_folder_create(path_of("/new")), 0);
	assert_int_equal(state_folder_create(path_of("/no/where")), -ENOENT);
	assert_int_equal(rmdir(path_of("/new")), 0);
}

static void test_what_cannot_be_read_is_put_aside(void **state)
{
	FILE *f = fopen(path_of("/session"), "w");

	(void)state;
	assert_non_null(f);
	fclose(f);
	assert_true(state_folder_refuse("session", path_of("/session"), -EPROTO, "spoilt"));
	assert_int_equal(access(path_of("/session"), F_OK), 0);
	assert_false(state_folder_refuse("session", path_of("/session"), -EBADMSG, "spoilt"));
	assert_int_equal(access(path_of("/session"), F_OK), -1);
	assert_int_equal(unlink(path_of("/session.bad")), 0);
	/* It has gone meanwhile. */
	assert_false(state_folder_refuse("session", path_of("/session"), -EIO, "spoilt"));
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good_ones),
	    cmocka_unit_test(test_wrong_ones),
	    cmocka_unit_test(test_forbidden_ones),
	    cmocka_unit_test(test_it_is_created),
	    cmocka_unit_test(test_what_cannot_be_read_is_put_aside),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
