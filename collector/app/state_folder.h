/* SPDX-License-Identifier: MIT */
/* The folder of state.folder, where the collector keeps what outlives it. */
#pragma once

#include <stdbool.h>

/* For config_option.check: NULL when path is empty, or a folder that this user may write to, or one that it
 * may create. A read-only file system is no fault of the configuration: saving says so later. */
const char *state_folder_check(const char *path);

/*
 * Says that what was saved in the file cannot be used, for an error of -errno, and moves the file aside: all goes on
 * without. what: "session", …; spoilt: what is said for -EBADMSG. True: it is of a newer connvis (-EPROTO), which is said,
 * and has to be left alone.
 */
bool state_folder_refuse(const char *what, const char *path, int error, const char *spoilt);

/* Creates the folder if it is missing, for this user alone. path: absolute or empty. 0 or -errno. */
int state_folder_create(const char *path);
