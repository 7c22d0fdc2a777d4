/* SPDX-License-Identifier: MIT */
/*
 * The daemons' log: whole sentences, one line each, to standard error. Under systemd ($JOURNAL_STREAM names
 * our standard error, see systemd.exec(5)) each line carries its priority as "<N>" (sd-daemon(3)); elsewhere
 * the program's name and the level in words. Only the daemons log: libraries return errors.
 */
#pragma once

#include <stdbool.h>

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7,
};

/* name is borrowed for the life of the program. Messages above max_level are dropped. */
void log_open(const char *name, enum log_level max_level);

__attribute__((format(printf, 2, 3))) void log_write(enum log_level level, const char *format, ...);

#define log_error(...) log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_write(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_write(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_LEVEL_DEBUG, __VA_ARGS__)
