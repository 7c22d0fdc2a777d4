/* SPDX-License-Identifier: MIT */
/* Whatever a line of a list holds: a name that comes out of it is one, and is in the line. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "list_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct line {
	const char *start;
	size_t length;
	size_t items;
};

static void check_name(const struct line *line, const struct list_item *item)
{
	if (item->name < line->start || item->name + item->length > line->start + line->length)
		abort();
	if (!item->length || item->length > 253 || item->name[0] == '.' ||
	    item->name[item->length - 1] == '.')
		abort();
	for (size_t i = 0; i < item->length; i++)
		if (!memchr("abcdefghijklmnopqrstuvwxyz0123456789-_.", item->name[i], 39))
			abort();
}

static int take(void *data, const struct list_item *item)
{
	struct line *line = data;

	line->items++;
	if (item->kind != LIST_NETWORK)
		check_name(line, item);
	else if (item->network.length == 0 || item->network.length > 128)
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1);
	struct line line = {.start = copy, .length = size};
	int result;

	if (!copy)
		return 0;
	memcpy(copy, data, size);
	result = list_line_read(copy, size, take, &line);
	if (result < LIST_LINE_EMPTY || result > LIST_LINE_BROKEN)
		abort();
	if ((result == LIST_LINE_TAKEN) != (line.items > 0) && result != LIST_LINE_BROKEN)
		abort();
	free(copy);
	return 0;
}
