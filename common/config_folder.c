/* SPDX-License-Identifier: MIT */
#include "config_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

#define ENDING ".conf"

static int is_drop_in(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > strlen(ENDING) &&
	       !strcmp(entry->d_name + length - strlen(ENDING), ENDING);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int add(struct config_folder *folder, const char *path, struct dirent **entries, size_t n)
{
	char **paths = reallocarray(folder->paths, folder->n + n + 1, sizeof(*paths));

	if (!paths)
		return -ENOMEM;
	folder->paths = paths;
	for (size_t i = 0; i < n; i++) {
		if (asprintf(&paths[folder->n], "%s/%s", path, entries[i]->d_name) < 0)
			return -ENOMEM;
		folder->n++;
	}
	return 0;
}

int config_folder_add(struct config_folder *folder, const char *file, char **ret_path)
{
	struct dirent **entries = NULL;
	char *path;
	int n, r;

	*ret_path = NULL;
	if (asprintf(&path, "%s.d", file) < 0)
		return -ENOMEM;
	n = scandir(path, &entries, is_drop_in, by_bytes);
	if (n >= 0)
		r = add(folder, path, entries, (size_t)n);
	else
		r = errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
	for (int i = 0; i < n; i++)
		free(entries[i]);
	free(entries);
	if (r < 0 && r != -ENOMEM)
		*ret_path = path;
	else
		free(path);
	return r;
}

void config_folder_free(struct config_folder *folder)
{
	for (size_t i = 0; i < folder->n; i++)
		free(folder->paths[i]);
	free(folder->paths);
	*folder = (struct config_folder){};
}
