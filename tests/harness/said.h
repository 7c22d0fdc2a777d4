/* SPDX-License-Identifier: MIT */
/* What a tested function writes to standard output or standard error. */
#pragma once

#include <stddef.h>

struct said {
	int fd;	  /* STDOUT_FILENO or STDERR_FILENO */
	int kept; /* where it leads otherwise */
	int file; /* where it leads meanwhile */
};

void said_begin(struct said *s, int fd);
/* The text is what was written since, its first size - 1 bytes, with a null byte behind it. */
void said_end(struct said *s, char *text, size_t size);
/* How often the words are in the text. */
size_t said_count(const char *text, const char *words);
