/* SPDX-License-Identifier: MIT */
/* Each in a process of its own, which may become another user. */
#include "secrets_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

#define OTHER 4321 /* nobody */

static char folder[] = "/tmp/connvis-secrets-folder-XXXXXX";
static char why[SECRETS_FOLDER_WHY_MAX];

static int set_up(void **state)
{
	(void)state;
	memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/made", folder);
	unlink(path);
	return rmdir(folder);
}

/* Enters and makes a file there: the exit status is what came of it. */
static int enter_and_make(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		int r = secrets_folder_enter(folder, why);

		_exit(r < 0 ? -r : close(open("made", O_CREAT | O_WRONLY, 0666)) < 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static struct stat made(void)
{
	char path[128];
	struct stat st;

	snprintf(path, sizeof(path), "%s/made", folder);
	assert_int_equal(stat(path, &st), 0);
	return st;
}

static void test_own(void **state)
{
	(void)state;
	assert_int_equal(enter_and_make(), 0);
	assert_int_equal(made().st_uid, geteuid());
	/* nobody else may read what is made there */
	assert_int_equal(made().st_mode & 0777, 0600);
}

/* As of a service with a user of its own, whose parent folder is closed to that user (systemd's private). */
static void test_of_another(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(folder, OTHER, OTHER), 0);
	assert_int_equal(chmod(folder, 0700), 0);
	assert_int_equal(enter_and_make(), 0);
	assert_int_equal(made().st_uid, OTHER);
	assert_int_equal(made().st_gid, OTHER);
}

static void test_none(void **state)
{
	(void)state;
	assert_int_equal(secrets_folder_enter("/nowhere/at/all", why), -ENOENT);
	assert_non_null(strstr(why, "There is no folder /nowhere/at/all."));
	assert_int_equal(secrets_folder_enter("/dev/null", why), -ENOTDIR);
	assert_non_null(strstr(why, "Not a directory"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_own, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_of_another, set_up, tear_down),
	    cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
