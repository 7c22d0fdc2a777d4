/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct {
	const char *name;
	bool journal;
} state = {.name = "connvis"};

enum log_level log_max_level = LOG_LEVEL_INFO;

static bool stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat s;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && fstat(2, &s) == 0 &&
	       s.st_dev == (dev_t)device && s.st_ino == (ino_t)inode;
}

void log_open(const char *name, enum log_level max_level)
{
	state.name = name;
	log_max_level = max_level;
	state.journal = stderr_is_journal();
}

void log_set_level(enum log_level max_level)
{
	log_max_level = max_level;
}

static const char *level_word(enum log_level level)
{
	switch (level) {
	case LOG_LEVEL_ERROR:
		return "error: ";
	case LOG_LEVEL_WARNING:
		return "warning: ";
	case LOG_LEVEL_DEBUG:
		return "debug: ";
	default:
		return "";
	}
}

void log_write(enum log_level level, const char *format, ...)
{
	char line[2048];
	va_list arguments;

	if (!log_is_on(level))
		return;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	/* what came from outside must not fake a line or drive a terminal */
	for (char *c = line; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	if (state.journal)
		fprintf(stderr, "<%d>%s\n", (int)level, line);
	else
		fprintf(stderr, "%s: %s%s\n", state.name, level_word(level), line);
}

void log_sentence(enum log_level level, const char *sentence)
{
	log_write(level, "%s", sentence);
}
