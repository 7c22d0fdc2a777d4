/* SPDX-License-Identifier: MIT */
#include "cloud_file.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cloud_region.h"

#define MS_LENGTH 13 /* digits of a time in milliseconds */

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* The number of this region's area, made when it is new; 0 when it is no name of a region or does not fit;
 * -ENOMEM. */
static int area_of(struct cloud_file *f, const char *region)
{
	char label[CLOUD_LABEL_MAX];
	struct cloud_area *areas;

	if (region[strspn(region, "abcdefghijklmnopqrstuvwxyz0123456789-")] ||
	    snprintf(label, sizeof(label), "%s%s%s", f->company, *region ? " " : "", region) >=
		(int)sizeof(label))
		return 0;
	/* Records of a region stand together, mostly. */
	for (size_t i = f->n_areas; i-- > 0;)
		if (!strcmp(f->areas[i].label, label))
			return (int)i + 1;
	if (f->n_areas == CLOUD_AREAS_MAX)
		return 0;
	areas = realloc(f->areas, (f->n_areas + 1) * sizeof(*areas));
	if (!areas)
		return -ENOMEM;
	f->areas = areas;
	areas += f->n_areas++;
	*areas = (struct cloud_area){.region = cloud_region_find(f->company, region)};
	memcpy(areas->label, label, sizeof(label));
	f->placeless += *region && !areas->region;
	return (int)f->n_areas;
}

/* region: empty when none is named; then a range within one that is there already says nothing new. 0 or
 * -ENOMEM. */
static int add_range(struct cloud_file *f, const char *text, const char *region)
{
	unsigned length;
	struct network n;
	int r;

	if (network_parse(&n, text) < 0 || prefix_table_count(f->ranges) == CLOUD_RANGES_MAX) {
		f->broken++;
		return 0;
	}
	if (!*region && prefix_table_find(f->ranges, &n.base, &length) && length <= n.length)
		return 0;
	r = area_of(f, region);
	if (r == 0)
		f->broken++;
	if (r > 0)
		r = prefix_table_add(f->ranges, &n, (uint32_t)r);
	return r < 0 ? r : 0;
}

/* An array of records; key: of the range; region_key: of its region, or NULL. */
static int add_records(struct cloud_file *f, const json_t *records, const char *key, const char *region_key,
		       const char *nowhere)
{
	const json_t *record;
	size_t i;
	int r = 0;

	json_array_foreach(records, i, record)
	{
		const char *region = region_key ? text_of(record, region_key) : "";

		r = add_range(f, text_of(record, key), strcmp(region, nowhere) ? region : "");
		if (r < 0)
			break;
	}
	return r;
}

/* An array of ranges. */
static int add_texts(struct cloud_file *f, const json_t *texts, const char *region)
{
	const json_t *text;
	size_t i;
	int r = 0;

	json_array_foreach(texts, i, text)
	{
		r = add_range(f, json_is_string(text) ? json_string_value(text) : "", region);
		if (r < 0)
			break;
	}
	return r;
}

/* The time in syncToken: seconds (Amazon) or milliseconds (Google). */
static void take_sync_token(struct cloud_file *f, const json_t *root)
{
	const char *token = text_of(root, "syncToken");
	uint64_t time = strtoull(token, NULL, 10);

	f->built = strlen(token) >= MS_LENGTH ? time / 1000 : time;
}

static int read_amazon(struct cloud_file *f, const json_t *root)
{
	int r = add_records(f, json_object_get(root, "prefixes"), "ip_prefix", "region", "GLOBAL");

	take_sync_token(f, root);
	if (r >= 0)
		r = add_records(f, json_object_get(root, "ipv6_prefixes"), "ipv6_prefix", "region", "GLOBAL");
	return r;
}

static int read_google(struct cloud_file *f, const json_t *root)
{
	const json_t *record;
	size_t i;
	int r = 0;

	take_sync_token(f, root);
	json_array_foreach(json_object_get(root, "prefixes"), i, record)
	{
		const char *range = text_of(record, "ipv4Prefix"), *scope = text_of(record, "scope");

		if (!*range)
			range = text_of(record, "ipv6Prefix");
		r = add_range(f, range, strcmp(scope, "global") ? scope : "");
		if (r < 0)
			break;
	}
	return r;
}

/* Those with a region first, so that a service's ranges without one hide none. */
static int read_microsoft_pass(struct cloud_file *f, const json_t *values, bool with_region)
{
	const json_t *value;
	size_t i;
	int r = 0;

	json_array_foreach(values, i, value)
	{
		const json_t *properties = json_object_get(value, "properties");
		const char *region = text_of(properties, "region");

		if (!*region == with_region)
			continue;
		r = add_texts(f, json_object_get(properties, "addressPrefixes"), region);
		if (r < 0)
			break;
	}
	return r;
}

static int read_microsoft(struct cloud_file *f, const json_t *root)
{
	const json_t *values = json_object_get(root, "values");
	int r = read_microsoft_pass(f, values, true);

	return r < 0 ? r : read_microsoft_pass(f, values, false);
}

static int read_oracle(struct cloud_file *f, const json_t *root)
{
	const json_t *region;
	struct tm time = {};
	size_t i;
	int r = 0;

	if (strptime(text_of(root, "last_updated_timestamp"), "%Y-%m-%dT%H:%M:%S", &time))
		f->built = (uint64_t)timegm(&time);
	json_array_foreach(json_object_get(root, "regions"), i, region)
	{
		const json_t *cidr;
		size_t k;

		json_array_foreach(json_object_get(region, "cidrs"), k, cidr)
		{
			r = add_range(f, text_of(cidr, "cidr"), text_of(region, "region"));
			if (r < 0)
				return r;
		}
	}
	return r;
}

static int read_cloudflare(struct cloud_file *f, const json_t *root)
{
	const json_t *result = json_object_get(root, "result");
	int r = add_texts(f, json_object_get(result, "ipv4_cidrs"), "");

	return r < 0 ? r : add_texts(f, json_object_get(result, "ipv6_cidrs"), "");
}

/* Cloudflare's texts: a range on each line and nothing else, and one that has always been theirs among them.
 */
static int read_cloudflare_text(struct cloud_file *f, const char *bytes, size_t length)
{
	bool theirs = false;
	int r = 0;

	f->company = "Cloudflare";
	for (const char *at = bytes, *end = bytes + length; r >= 0 && at < end;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((newline ? newline : end) - at);
		char line[ADDRESS_TEXT_MAX] = "";

		if (n >= sizeof(line))
			return -EBADMSG;
		memcpy(line, at, n);
		line[strcspn(line, "\r ")] = '\0';
		theirs |= !strcmp(line, "173.245.48.0/20") || !strcmp(line, "2400:cb00::/32");
		if (line[0])
			r = add_range(f, line, "");
		if (f->broken)
			return -EBADMSG;
		at += n + 1;
	}
	return r < 0 ? r : theirs ? 0 : -EBADMSG;
}

static bool has_array(const json_t *object, const char *key)
{
	return json_is_array(json_object_get(object, key));
}

static int read_root(struct cloud_file *f, const json_t *root)
{
	const json_t *first = json_array_get(json_object_get(root, "prefixes"), 0);

	if (has_array(root, "prefixes") &&
	    (has_array(root, "ipv6_prefixes") || json_object_get(first, "ip_prefix"))) {
		f->company = "Amazon";
		return read_amazon(f, root);
	}
	/* others publish their ranges in the same form, but without Google's token */
	if ((json_object_get(first, "ipv4Prefix") || json_object_get(first, "ipv6Prefix")) &&
	    json_is_string(json_object_get(root, "syncToken"))) {
		f->company = "Google";
		return read_google(f, root);
	}
	if (has_array(root, "values") && json_object_get(root, "changeNumber")) {
		f->company = "Microsoft";
		return read_microsoft(f, root);
	}
	if (has_array(root, "regions") &&
	    has_array(json_array_get(json_object_get(root, "regions"), 0), "cidrs")) {
		f->company = "Oracle";
		return read_oracle(f, root);
	}
	if (has_array(json_object_get(root, "result"), "ipv4_cidrs")) {
		f->company = "Cloudflare";
		return read_cloudflare(f, root);
	}
	return -EBADMSG;
}

int cloud_file_read(struct cloud_file **ret, const char *bytes, size_t length)
{
	struct cloud_file *f = calloc(1, sizeof(*f));
	int r = f ? prefix_table_new(&f->ranges) : -ENOMEM;

	if (r >= 0 && length && bytes[0] >= '0' && bytes[0] <= '9') {
		r = read_cloudflare_text(f, bytes, length);
	} else if (r >= 0) {
		/* The library bounds how deep it goes (2048). */
		json_t *root = json_loadb(bytes, length, 0, NULL);

		r = root ? read_root(f, root) : -EBADMSG;
		json_decref(root);
	}
	if (r >= 0 && !prefix_table_count(f->ranges))
		r = -EBADMSG;
	if (r < 0) {
		cloud_file_free(f);
		return r;
	}
	prefix_table_settle(f->ranges);
	*ret = f;
	return 0;
}

struct cloud_file *cloud_file_free(struct cloud_file *f)
{
	if (!f)
		return NULL;
	prefix_table_free(f->ranges);
	free(f->areas);
	free(f);
	return NULL;
}

const struct cloud_area *cloud_file_find(const struct cloud_file *f, const struct address *a,
					 unsigned *ret_length)
{
	uint32_t value = prefix_table_find(f->ranges, a, ret_length);

	return value ? &f->areas[value - 1] : NULL;
}
