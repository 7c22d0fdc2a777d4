/* SPDX-License-Identifier: MIT */
/* Whatever a line at the head of a list holds: its date is none, or one of this century. */
#include <stdlib.h>

#include "list_date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t date = list_date_read((const char *)data, size);

	if (date && (date < 946684800 || date >= 4102444800))
		abort();
	return 0;
}
