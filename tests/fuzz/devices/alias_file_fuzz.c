/* SPDX-License-Identifier: MIT */
/* What is read from a file of names is written as it is read again. */
#include <stdlib.h>
#include <string.h>

#include "alias_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool again(void *data, const struct alias_entry *entry)
{
	if (memcmp(&entry->key, &((const struct alias_entry *)data)->key, sizeof(entry->key)) != 0 ||
	    entry->wish != ((const struct alias_entry *)data)->wish ||
	    entry->chooser != ((const struct alias_entry *)data)->chooser ||
	    strcmp(entry->alias, ((const struct alias_entry *)data)->alias) != 0)
		abort();
	return true;
}

static bool on_line(void *data, const struct alias_entry *entry)
{
	char text[3 * ALIAS_FILE_LINE];
	size_t length = alias_file_head(text, alias_file_version(entry));

	(void)data;
	length += alias_file_entry(text + length, entry);
	length += alias_file_end(text + length, 1);
	if (alias_file_read(text, length, again, (void *)entry) != 0)
		abort();
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	alias_file_read((const char *)data, size, on_line, NULL);
	return 0;
}
