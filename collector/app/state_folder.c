/* SPDX-License-Identifier: MIT */
#include "state_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

static bool is_forbidden(const char *folder)
{
	return access(folder, W_OK | X_OK) < 0 && errno == EACCES;
}

/* The folder that path would be created in. */
static const char *check_parent(const char *path)
{
	char parent[PATH_MAX];
	struct stat st;
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n > 1 && path[n - 1] != '/')
		n--;
	snprintf(parent, sizeof(parent), "%.*s", (int)n, path);
	if (stat(parent, &st) < 0 || !S_ISDIR(st.st_mode))
		return "a folder that exists, or whose parent folder does (it is then created)";
	return is_forbidden(parent) ? "a folder that this user may create" : NULL;
}

const char *state_folder_check(const char *path)
{
	struct stat st;

	if (!*path)
		return NULL;
	if (*path != '/')
		return "the absolute path of a folder";
	if (stat(path, &st) < 0)
		return errno == ENOENT	 ? check_parent(path)
		       : errno == EACCES ? "a folder that this user may write to"
					 : "the path of a folder";
	if (!S_ISDIR(st.st_mode))
		return "a folder, and this is something else";
	return is_forbidden(path) ? "a folder that this user may write to" : NULL;
}

int state_folder_create(const char *path)
{
	return *path && mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

bool state_folder_refuse(const char *what, const char *path, int error, const char *spoilt)
{
	char aside[PATH_MAX + 8];
	const char *why = error == -EBADMSG ? spoilt : strerror(-error);

	if (error == -EPROTO) {
		log_warning(
		    "The %s in %s was saved by a newer connvis: it is not read, and nothing is saved there.",
		    what, path);
		return true;
	}
	snprintf(aside, sizeof(aside), "%s.bad", path);
	if (rename(path, aside) < 0)
		log_warning("The %s saved in %s cannot be read (%s): a new one begins.", what, path, why);
	else
		log_warning(
		    "The %s saved in %s cannot be read (%s): it is put aside as %s, and a new one begins.",
		    what, path, why, aside);
	return false;
}
