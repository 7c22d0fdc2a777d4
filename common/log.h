/* SPDX-License-Identifier: MIT */
/*
 * The daemons' log: whole sentences, one line each, to standard error. Under systemd ($JOURNAL_STREAM names
 * our standard error, see systemd.exec(5)) each line carries its priority as "<N>" (sd-daemon(3)); elsewhere
 * the program's name and the level in words.
 *
 * Errors are returned, and a daemon's app/ says them, once. log_debug alone may stand anywhere in a daemon's folders
 * (never in common/), at each decision that one would ask about: it costs a comparison when it is off.
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

/* Messages above it are dropped from now on. */
void log_set_level(enum log_level max_level);

/* Set by the two above; read only. */
extern enum log_level log_max_level;

/* For what costs something to say. */
static inline bool log_is_on(enum log_level level)
{
	return level <= log_max_level;
}

__attribute__((format(printf, 2, 3))) void log_write(enum log_level level, const char *format, ...);

/* One that is whole already. */
void log_sentence(enum log_level level, const char *sentence);

#define log_error(...) log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_write(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_write(LOG_LEVEL_INFO, __VA_ARGS__)
/* The arguments are evaluated only when it is on. */
#define log_debug(...) (log_is_on(LOG_LEVEL_DEBUG) ? log_write(LOG_LEVEL_DEBUG, __VA_ARGS__) : (void)0)
