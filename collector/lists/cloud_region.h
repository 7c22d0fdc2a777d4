/* SPDX-License-Identifier: MIT */
/* Where the regions of cloud providers are: cloud_regions.tsv, built in. */
#pragma once

#include "known.h"

/* company: as in companies.tsv; region: as the provider's own file of address ranges calls it. NULL
 * when it is not known. */
const struct known_region *cloud_region_find(const char *company, const char *region);
