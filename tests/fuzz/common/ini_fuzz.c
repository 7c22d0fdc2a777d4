/* SPDX-License-Identifier: MIT */
/* Whatever a file holds: each text is a part of it, whole and without blanks around it, and lines only count up. */
#include "ini.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text, const char *begin, size_t size)
{
	size_t n = strlen(text);

	/* the empty texts of the start are elsewhere */
	if (n && (text < begin || text + n > begin + size))
		abort();
	if (n && (strchr(" \t\r\v\f", text[0]) || strchr(" \t\r\v\f", text[n - 1])))
		abort();
	if (strchr(text, '\n'))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	unsigned line = 0;
	enum ini_line kind;
	struct ini ini;

	if (!text)
		return 0;
	memcpy(text, data, size);
	ini_begin(&ini, text, size);
	while ((kind = ini_next(&ini)) != INI_END) {
		if (ini.line <= line)
			abort();
		line = ini.line;
		if (kind == INI_WRONG) {
			if (!*ini.value)
				abort();
			continue;
		}
		check_text(ini.section, text, size);
		check_text(ini.name, text, size);
		check_text(ini.value, text, size);
		if (!*ini.section || !*ini.name || (kind == INI_MORE && !*ini.value))
			abort();
	}
	free(text);
	return 0;
}
