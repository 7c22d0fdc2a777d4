/* SPDX-License-Identifier: MIT */
/* The folder of state.folder, where the collector keeps what outlives it. */
#pragma once

/* For config_option.check: NULL when path is empty, or a folder that this user may write to, or one that it
 * may create. A read-only file system is no fault of the configuration: saving says so later. */
const char *state_folder_check(const char *path);

/* Creates the folder if it is missing, for this user alone. path: absolute or empty. 0 or -errno. */
int state_folder_create(const char *path);
