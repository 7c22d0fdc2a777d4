/* SPDX-License-Identifier: MIT */
/* A whole file, record by record: each step goes on, and each name that is taken is text. */
#include <stdlib.h>

#include "device.h"
#include "vendor_csv.h"
#include "vendor_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t at = 0, used;

	while (at < size) {
		struct vendor_record record;
		char name[DEVICE_VENDOR_MAX];
		int r = vendor_csv_read(&record, (const char *)data + at, size - at, &used);

		if (!used || used > size - at)
			abort();
		if (r == 0) {
			vendor_name(name, sizeof(name), record.name, record.length);
			for (const char *c = name; *c; c++)
				if ((unsigned char)*c < ' ' || *c == 0x7f)
					abort();
		}
		at += used;
	}
	return 0;
}
