/* SPDX-License-Identifier: MIT */
/* The drop-ins of a configuration file: the files *.conf in the folder FILE.d beside it, as systemd has them. */
#pragma once

#include <stddef.h>

struct config_folder {
	char **paths; /* in the order of their bytes, whatever the locale */
	size_t n;
};

/*
 * Adds the drop-ins of file to folder (zeroed at first). A folder that is not there has none; hidden files, and those
 * with another ending, are none. 0; -ENOMEM; -errno when the folder cannot be read, with its path in ret_path, which is
 * the caller's then (or NULL).
 */
int config_folder_add(struct config_folder *folder, const char *file, char **ret_path);
void config_folder_free(struct config_folder *folder);
