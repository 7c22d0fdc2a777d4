/* SPDX-License-Identifier: MIT */
/* Each region lies in the country that it is said to be in: in a box around the country, west, south, east,
 * north in whole degrees, as any atlas shows them. */
#include "cloud_region.h"

#include <string.h>

#include "cmocka_all.h"

static const struct box {
	const char *country;
	float west, south, east, north;
} boxes[] = {
    {"AE", 51, 22, 57, 27},    {"AT", 9, 46, 18, 50},	   {"AU", 112, -44, 154, -10},
    {"BE", 2, 49, 7, 52},      {"BH", 50, 25, 51, 27},	   {"BR", -74, -34, -34, 6},
    {"CA", -141, 41, -52, 84}, {"CH", 5, 45, 11, 48},	   {"CL", -76, -56, -66, -17},
    {"CN", 73, 18, 135, 54},   {"CO", -80, -5, -66, 13},   {"DE", 5, 47, 16, 56},
    {"ES", -10, 36, 4, 44},    {"FI", 20, 59, 32, 71},	   {"FR", -5, 41, 10, 52},
    {"GB", -8, 49, 2, 61},     {"HK", 113, 22, 115, 23},   {"ID", 95, -11, 141, 6},
    {"IE", -11, 51, -5, 56},   {"IL", 34, 29, 36, 34},	   {"IN", 68, 6, 98, 36},
    {"IT", 6, 36, 19, 48},     {"JP", 122, 24, 146, 46},   {"KR", 125, 33, 130, 39},
    {"MX", -118, 14, -86, 33}, {"MY", 99, 0, 120, 8},	   {"NL", 3, 50, 8, 54},
    {"NO", 4, 57, 32, 72},     {"NZ", 166, -48, 179, -34}, {"PL", 14, 49, 25, 55},
    {"QA", 50, 24, 52, 27},    {"RS", 18, 42, 24, 47},	   {"SA", 34, 16, 56, 33},
    {"SE", 10, 55, 25, 70},    {"SG", 103, 1, 105, 2},	   {"TH", 97, 5, 106, 21},
    {"TW", 119, 21, 123, 26},  {"US", -125, 24, -66, 50},  {"ZA", 16, -35, 33, -22},
};

static const struct box *box_of(const char *country)
{
	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++)
		if (!strcmp(boxes[i].country, country))
			return &boxes[i];
	fail_msg("there is no box for %s", country);
	return NULL;
}

static void test_each_lies_in_its_country(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_n_regions; i++) {
		const struct known_region *r = &known_regions[i];
		const struct box *b = box_of(r->country);

		if (r->longitude < b->west || r->longitude > b->east || r->latitude < b->south ||
		    r->latitude > b->north)
			fail_msg("%s %s is not in %s", r->company, r->region, r->country);
	}
}

static void check(const char *company, const char *region, const char *country, const char *city,
		  float latitude, float longitude)
{
	const struct known_region *r = cloud_region_find(company, region);

	assert_non_null(r);
	assert_string_equal(r->country, country);
	assert_string_equal(r->city, city);
	assert_true(r->latitude > latitude - 0.5f && r->latitude < latitude + 0.5f);
	assert_true(r->longitude > longitude - 0.5f && r->longitude < longitude + 0.5f);
}

static void test_some_that_are_well_known(void **state)
{
	(void)state;
	check("Amazon", "ap-south-1", "IN", "Mumbai", 19.1f, 72.9f);
	check("Amazon", "me-south-1", "BH", "", 26.1f, 50.6f);
	check("Amazon", "eu-north-1", "SE", "Stockholm", 59.3f, 18.1f);
	check("Google", "europe-north1", "FI", "Hamina", 60.6f, 27.2f);
	check("Microsoft", "swedencentral", "SE", "Gävle", 60.7f, 17.2f);
	check("Microsoft", "centralfrance", "FR", "Paris", 48.9f, 2.3f);
	check("Oracle", "eu-frankfurt-1", "DE", "Frankfurt", 50.1f, 8.7f);
	assert_null(cloud_region_find("Amazon", "europe-north1"));
	assert_null(cloud_region_find("Amazon", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_lies_in_its_country),
	    cmocka_unit_test(test_some_that_are_well_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
