/* SPDX-License-Identifier: MIT */
/* A lease that is taken holds an address and a name of harmless letters. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lease_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lease lease;

	if (lease_line_parse(&lease, (const char *)data, size) != 0)
		return 0;
	for (const char *c = lease.host_name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			abort();
	return 0;
}
