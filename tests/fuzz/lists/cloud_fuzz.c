/* SPDX-License-Identifier: MIT */
/* Whatever a file of cloud ranges holds: what comes out of it can be asked and freed, and its labels are
 * plain. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cloud_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_plain(const char *label)
{
	for (; *label; label++)
		if (*label < ' ' || *label > '~')
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cloud_file *f;
	struct address a = {};

	if (cloud_file_read(&f, (const char *)data, size) < 0)
		return 0;
	if (!prefix_table_count(f->ranges) || !f->n_areas)
		abort();
	for (size_t i = 0; i < f->n_areas; i++)
		if (!is_plain(f->areas[i].label))
			abort();
	memcpy(a.bytes, data, size < sizeof(a.bytes) ? size : sizeof(a.bytes));
	cloud_file_find(f, &a, NULL);
	cloud_file_free(f);
	return 0;
}
