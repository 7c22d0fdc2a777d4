/* SPDX-License-Identifier: MIT */
/* A line: company, region, country, part of the country, city, latitude, longitude, source of the claim. "-":
 * not named. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tables.h"

static double read_degrees(struct tables *t, const char *text, double most)
{
	char *end;
	double degrees = strtod(text, &end);

	if (*end || end == text || !(degrees >= -most && degrees <= most))
		tables_die(t, "\"%s\" is no number of degrees from -%.0f to %.0f", text, most, most);
	return degrees;
}

static char *read_name(struct tables *t, const char *text)
{
	return tables_copy(t, strcmp(text, "-") ? text : "");
}

void regions_take(struct tables *t, char **fields)
{
	struct region r = {
	    .company = tables_copy(t, fields[0]),
	    .name = tables_copy(t, fields[1]),
	    .country = tables_copy(t, fields[2]),
	    .part = read_name(t, fields[3]),
	    .city = read_name(t, fields[4]),
	    .latitude = read_degrees(t, fields[5], 90),
	    .longitude = read_degrees(t, fields[6], 180),
	};

	if (strlen(r.country) != 2 || !isupper((unsigned char)r.country[0]) ||
	    !isupper((unsigned char)r.country[1]))
		tables_die(t, "\"%s\" is no country of two capital letters", r.country);
	if (strncmp(fields[7], "https://", 8) != 0)
		tables_die(t, "the source is no https address");
	for (size_t i = 0; i < t->n_regions; i++)
		if (!strcmp(t->regions[i].company, r.company) && !strcmp(t->regions[i].name, r.name))
			tables_die(t, "%s %s is there already", r.company, r.name);
	t->regions = tables_grow(t, t->regions, t->n_regions, sizeof(*t->regions));
	t->regions[t->n_regions++] = r;
}
