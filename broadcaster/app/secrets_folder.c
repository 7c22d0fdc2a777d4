/* SPDX-License-Identifier: MIT */
#include "secrets_folder.h"

#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0 or -errno. */
static int become_owner(void)
{
	struct stat st;

	if (stat(".", &st) < 0)
		return -errno;
	if (geteuid() != 0 || !st.st_uid)
		return 0;
	return setgroups(0, NULL) < 0 || setgid(st.st_gid) < 0 || setuid(st.st_uid) < 0 ? -errno : 0;
}

int secrets_folder_enter(const char *path, char why[SECRETS_FOLDER_WHY_MAX])
{
	int r = chdir(path) < 0 ? -errno : become_owner();

	/* which belongs to its owner alone, whoever called */
	umask(077);
	if (r == -ENOENT)
		snprintf(
		    why, SECRETS_FOLDER_WHY_MAX,
		    "There is no folder %.200s. As a service connvis-broadcaster makes it: start that once. Elsewhere say which one it has, with --set access.folder=FOLDER.",
		    path);
	else if (r == -EACCES)
		snprintf(why, SECRETS_FOLDER_WHY_MAX,
			 "The folder %.200s is not for you: do this as root, with sudo.", path);
	else if (r < 0)
		snprintf(why, SECRETS_FOLDER_WHY_MAX, "The folder %.200s cannot be used: %s.", path,
			 strerror(-r));
	return r;
}
