/* SPDX-License-Identifier: MIT */
/* Whatever the kernel's list holds: each name is a word of one of its whole lines, in their order, and fits its place. */
#include "pppoe.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Between the two there is a line, and the name is in the last one. */
static void check_name(const char *name, const char *before, const char *after)
{
	const char *line = after - 1, *at;
	size_t n = strlen(name);

	if (after <= before || *line != '\n' || n < 1 || n >= IF_NAMESIZE || strpbrk(name, " \t\n\v\f\r"))
		abort();
	while (line > before && line[-1] != '\n')
		line--;
	at = strstr(line, name);
	if (!at || at + n >= after)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *list = malloc(size + 1), name[IF_NAMESIZE];
	const char *text = list, *before = list;

	if (!list)
		return 0;
	memcpy(list, data, size);
	list[size] = '\0';
	while (pppoe_next(&text, name)) {
		check_name(name, before, text);
		before = text;
	}
	free(list);
	return 0;
}
