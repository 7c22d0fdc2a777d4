/* SPDX-License-Identifier: MIT */
#include "cloud_region.h"

#include <string.h>

const struct known_region *cloud_region_find(const char *company, const char *region)
{
	for (size_t i = 0; i < known_n_regions; i++)
		if (!strcmp(known_regions[i].company, company) && !strcmp(known_regions[i].region, region))
			return &known_regions[i];
	return NULL;
}
