/* SPDX-License-Identifier: MIT */
/* The texts have the shape that the providers' files have; their ranges are those of documentation. */
#include "cloud_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

static struct cloud_file *read_text(const char *text)
{
	struct cloud_file *f;

	assert_int_equal(cloud_file_read(&f, text, strlen(text)), 0);
	return f;
}

static const char *label_of(const struct cloud_file *f, const char *text)
{
	const struct cloud_area *area;
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	area = cloud_file_find(f, &a, NULL);
	return area ? area->label : "";
}

static void test_amazon(void **state)
{
	struct cloud_file *f =
	    read_text("{\"syncToken\":\"1753388594\",\"createDate\":\"2025-07-24-20-23-14\",\"prefixes\":["
		      "{\"ip_prefix\":\"192.0.2.0/24\",\"region\":\"eu-north-1\",\"service\":\"AMAZON\","
		      "\"network_border_group\":\"eu-north-1\"},"
		      "{\"ip_prefix\":\"192.0.2.0/24\",\"region\":\"eu-north-1\",\"service\":\"EC2\"},"
		      "{\"ip_prefix\":\"198.51.100.0/25\",\"region\":\"GLOBAL\",\"service\":\"CLOUDFRONT\"},"
		      "{\"ip_prefix\":\"203.0.113.0/24\",\"region\":\"xx-new-9\",\"service\":\"S3\"},"
		      "{\"ip_prefix\":\"no range\",\"region\":\"eu-north-1\"},"
		      "{\"ip_prefix\":\"203.0.113.0/25\",\"region\":\"<b>\"},"
		      "{\"ip_prefix\":7,\"region\":[]},null,3],"
		      "\"ipv6_prefixes\":[{\"ipv6_prefix\":\"2001:db8::/40\",\"region\":\"ap-south-1\"}]}");
	const struct cloud_area *area;
	struct address a;

	(void)state;
	assert_string_equal(f->company, "Amazon");
	assert_string_equal(label_of(f, "192.0.2.9"), "Amazon eu-north-1");
	assert_string_equal(label_of(f, "198.51.100.9"), "Amazon");
	assert_string_equal(label_of(f, "198.51.100.200"), "");
	assert_string_equal(label_of(f, "203.0.113.7"), "Amazon xx-new-9");
	assert_string_equal(label_of(f, "2001:db8::1"), "Amazon ap-south-1");
	assert_int_equal(f->built, 1753388594);
	assert_int_equal(f->broken, 5);
	assert_int_equal(f->placeless, 1);
	assert_int_equal(address_parse(&a, "2001:db8::1"), 0);
	area = cloud_file_find(f, &a, NULL);
	assert_string_equal(area->region->city, "Mumbai");
	assert_string_equal(area->region->country, "IN");
	cloud_file_free(f);
}

static void test_google(void **state)
{
	struct cloud_file *f = read_text("{\"syncToken\":\"1753409788780\",\"prefixes\":["
					 "{\"ipv4Prefix\":\"192.0.2.0/24\",\"service\":\"Google Cloud\","
					 "\"scope\":\"europe-north1\"},"
					 "{\"ipv6Prefix\":\"2001:db8::/44\",\"scope\":\"global\"}]}");

	(void)state;
	assert_string_equal(label_of(f, "192.0.2.9"), "Google europe-north1");
	assert_string_equal(label_of(f, "2001:db8::1"), "Google");
	assert_int_equal(f->built, 1753409788);
	cloud_file_free(f);
}

/* Others (OpenAI's crawlers, say) publish their ranges in the same form. */
static void test_like_google(void **state)
{
	static const char text[] = "{\"creationTime\":\"2026-01-05T10:00:00.000000\","
				   "\"prefixes\":[{\"ipv4Prefix\":\"192.0.2.0/28\"}]}";
	struct cloud_file *f;

	(void)state;
	assert_int_equal(cloud_file_read(&f, text, strlen(text)), -EBADMSG);
}

static void test_microsoft(void **state)
{
	/* A service without a region hides no region, whatever comes first. */
	struct cloud_file *f = read_text(
	    "{\"changeNumber\":363,\"cloud\":\"Public\",\"values\":["
	    "{\"name\":\"Service\",\"properties\":{\"region\":\"\",\"addressPrefixes\":[\"192.0.2.128/25\","
	    "\"198.51.100.0/24\",5]}},"
	    "{\"name\":\"AzureCloud.swedencentral\",\"properties\":{\"region\":\"swedencentral\","
	    "\"addressPrefixes\":[\"192.0.2.0/24\",\"2001:db8::/48\"]}}]}");

	(void)state;
	assert_string_equal(label_of(f, "192.0.2.200"), "Microsoft swedencentral");
	assert_string_equal(label_of(f, "2001:db8::1"), "Microsoft swedencentral");
	assert_string_equal(label_of(f, "198.51.100.1"), "Microsoft");
	assert_int_equal(f->broken, 1);
	cloud_file_free(f);
}

static void test_oracle(void **state)
{
	struct cloud_file *f = read_text(
	    "{\"last_updated_timestamp\":\"2025-07-21T07:13:25.457838\",\"regions\":[{\"region\":\"eu-frankfurt-1\","
	    "\"cidrs\":[{\"cidr\":\"192.0.2.0/24\",\"tags\":[\"OCI\"]},{\"cidr\":\"198.51.100.0/24\"}]}]}");

	(void)state;
	assert_string_equal(label_of(f, "198.51.100.1"), "Oracle eu-frankfurt-1");
	assert_int_equal(f->built, 1753082005);
	cloud_file_free(f);
}

static void test_cloudflare(void **state)
{
	struct cloud_file *f = read_text("{\"result\":{\"ipv4_cidrs\":[\"192.0.2.0/24\"],\"ipv6_cidrs\":"
					 "[\"2001:db8::/32\"]},\"success\":true}");

	(void)state;
	assert_string_equal(label_of(f, "2001:db8::1"), "Cloudflare");
	cloud_file_free(f);
	f = read_text("173.245.48.0/20\n192.0.2.0/24");
	assert_string_equal(label_of(f, "192.0.2.1"), "Cloudflare");
	cloud_file_free(f);
	f = read_text("2400:cb00::/32\r\n\n2001:db8::/32\n");
	assert_string_equal(label_of(f, "2001:db8::1"), "Cloudflare");
	cloud_file_free(f);
}

static void test_what_is_none_of_them(void **state)
{
	static const char *const texts[] = {
	    "",
	    "{}",
	    "[]",
	    "null",
	    "{\"prefixes\":[]}",
	    "{\"prefixes\":[],\"ipv6_prefixes\":[]}",
	    "{\"prefixes\":{\"ip_prefix\":\"192.0.2.0/24\"}}",
	    "{\"changeNumber\":1,\"values\":[7]}",
	    "{\"prefixes\":[{\"ip_prefix\":\"192.0.2.0/24\",\"region\":\"eu-north-1\"}",
	    "192.0.2.0/24\n198.51.100.0/24\n",
	    "173.245.48.0/20\nnot found\n",
	    "2\n",
	    "<html>",
	};
	struct cloud_file *f;
	char *deep;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(cloud_file_read(&f, texts[i], strlen(texts[i])), -EBADMSG);
	deep = malloc(1000000);
	assert_non_null(deep);
	memset(deep, '[', 1000000);
	assert_int_equal(cloud_file_read(&f, deep, 1000000), -EBADMSG);
	free(deep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_amazon),
	    cmocka_unit_test(test_google),
	    cmocka_unit_test(test_like_google),
	    cmocka_unit_test(test_microsoft),
	    cmocka_unit_test(test_oracle),
	    cmocka_unit_test(test_cloudflare),
	    cmocka_unit_test(test_what_is_none_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
