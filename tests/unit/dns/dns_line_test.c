/* SPDX-License-Identifier: MIT */
#include "dns_line.h"

#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static struct dns_line line;

static void parse(const char *text)
{
	dns_line_parse(&line, text, strlen(text));
}

static const char *text_of(const struct address *a)
{
	static char text[ADDRESS_TEXT_MAX];

	return address_format(a, text);
}

static void assert_query(const char *text, enum dns_type type, const char *name, const char *client)
{
	parse(text);
	assert_int_equal(line.kind, DNS_LINE_QUERY);
	assert_int_equal(line.type, type);
	assert_string_equal(line.name, name);
	assert_int_equal(line.name_length, strlen(name));
	assert_true(line.has_client && line.about_name && line.exact);
	assert_string_equal(text_of(&line.client), client);
}

static void test_query(void **state)
{
	(void)state;
	assert_query("query[A] example.org from 192.0.2.7", DNS_TYPE_A, "example.org", "192.0.2.7");
	assert_false(line.has_serial);
	assert_query("query[AAAA] Example.ORG from fe80::1%eth0\n", DNS_TYPE_AAAA, "example.org", "fe80::1");
	assert_query("query[HTTPS] example.org from 192.0.2.7", DNS_TYPE_OTHER, "example.org", "192.0.2.7");
	assert_query("query[type=65400] example.org from ::1", DNS_TYPE_OTHER, "example.org", "::1");
	assert_query("query[ANY] example.org from 192.0.2.7", DNS_TYPE_ANY, "example.org", "192.0.2.7");
	assert_query("query[PTR] 7.2.0.192.in-addr.arpa from 192.0.2.7", DNS_TYPE_PTR,
		     "7.2.0.192.in-addr.arpa", "192.0.2.7");
	assert_query("query[NS] . from 192.0.2.7", DNS_TYPE_OTHER, ".", "192.0.2.7");
	/* 2.92: of a zone that dnsmasq is the authority for, and of type 0 */
	assert_query("auth[A] example.org from 192.0.2.7", DNS_TYPE_A, "example.org", "192.0.2.7");
	assert_query("query example.org from 192.0.2.7", DNS_TYPE_OTHER, "example.org", "192.0.2.7");
}

static void test_serial(void **state)
{
	(void)state;
	assert_query("4711 192.0.2.7/53210 query[A] example.org from 192.0.2.7", DNS_TYPE_A, "example.org",
		     "192.0.2.7");
	assert_true(line.has_serial);
	assert_int_equal(line.serial, 4711);
	assert_int_equal(line.port, 53210);
	assert_query("UDP 4294967295 2001:db8::7/1 query[A] a from 2001:db8::7", DNS_TYPE_A, "a",
		     "2001:db8::7");
	assert_true(line.has_serial && line.serial == 4294967295u && line.port == 1);
	assert_query("TCP 7 192.0.2.7/53210 query[A] a from 192.0.2.7", DNS_TYPE_A, "a", "192.0.2.7");
	assert_int_equal(line.serial, 7);
	parse("12 dnssec-query[DS] org to 203.0.113.1");
	assert_int_equal(line.kind, DNS_LINE_OTHER);
	/* the answer to what dnsmasq asked for itself: no client (2.86), or one that is no client of this
	 * line (2.85) */
	parse("12 reply org is DS for keytag 26974, algo 8, digest 2");
	assert_int_equal(line.kind, DNS_LINE_REPLY);
	assert_true(line.has_serial && !line.has_client);
	parse("* 192.0.2.7/53210 reply org is DS keytag 26974, algo 8, digest 2");
	assert_int_equal(line.kind, DNS_LINE_REPLY);
	assert_false(line.has_serial || line.has_client);
	parse("4294967296 192.0.2.7/53210 query[A] a from 192.0.2.7");
	assert_int_equal(line.kind, DNS_LINE_OTHER);
}

struct answer {
	const char *text;
	enum dns_line_kind kind;
	enum dns_line_value value;
	uint8_t family;
	const char *name; /* NULL: the line is about none */
	const char *address;
};

static const struct answer answers[] = {
    {"reply example.org is 203.0.113.5", DNS_LINE_REPLY, DNS_VALUE_ADDRESS, 4, "example.org", "203.0.113.5"},
    {"reply Example.org is 2001:db8::5", DNS_LINE_REPLY, DNS_VALUE_ADDRESS, 6, "example.org", "2001:db8::5"},
    {"9 192.0.2.7/5 reply a.b is 203.0.113.5 (DNSSEC signed)", DNS_LINE_REPLY, DNS_VALUE_ADDRESS, 4, "a.b",
     "203.0.113.5"},
    {"cached a.b is <CNAME>", DNS_LINE_LOCAL, DNS_VALUE_CNAME, 0, "a.b", NULL},
    {"cached-stale a.b is 203.0.113.5", DNS_LINE_LOCAL, DNS_VALUE_ADDRESS, 4, "a.b", "203.0.113.5"},
    {"reply a.b is <CNAME> (DNSSEC signed)", DNS_LINE_REPLY, DNS_VALUE_CNAME, 0, "a.b", NULL},
    {"config a.b is 0.0.0.0", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "a.b", NULL},
    {"config a.b is ::", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 6, "a.b", NULL},
    {"/etc/hosts printer.home is 192.0.2.9", DNS_LINE_LOCAL, DNS_VALUE_ADDRESS, 4, "printer.home",
     "192.0.2.9"},
    {"/srv/my lists/ads is it ads.b is 0.0.0.0", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "ads.b", NULL},
    {"/etc/hosts 192.0.2.9 is printer.home", DNS_LINE_LOCAL, DNS_VALUE_RECORD, 0, "192.0.2.9", NULL},
    {"DHCP phone.home is 192.0.2.8", DNS_LINE_LOCAL, DNS_VALUE_ADDRESS, 4, "phone.home", "192.0.2.8"},
    {"auth zone.b is <SOA>", DNS_LINE_LOCAL, DNS_VALUE_RECORD, 0, "zone.b", NULL},
    {"reply a.b is <HTTPS>", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "a.b", NULL},
    {"reply 203.0.113.5 is a.b", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "203.0.113.5", NULL},
    {"reply a.b is NXDOMAIN", DNS_LINE_REPLY, DNS_VALUE_NXDOMAIN, 0, "a.b", NULL},
    {"cached a.b is NODATA-IPv4", DNS_LINE_LOCAL, DNS_VALUE_NODATA, 4, "a.b", NULL},
    {"reply a.b is NODATA-IPv6 (DNSSEC signed)", DNS_LINE_REPLY, DNS_VALUE_NODATA, 6, "a.b", NULL},
    {"reply a.b is NODATA", DNS_LINE_REPLY, DNS_VALUE_NODATA, 0, "a.b", NULL},
    {"reply error is SERVFAIL", DNS_LINE_REPLY, DNS_VALUE_FAILED, 0, NULL, NULL},
    {"reply error is SERVFAIL (EDE: DNSSEC bogus)", DNS_LINE_REPLY, DNS_VALUE_FAILED, 0, NULL, NULL},
    {"reply error is REFUSED (EDE: blocked)", DNS_LINE_REPLY, DNS_VALUE_BLOCKED, 0, NULL, NULL},
    {"config error is not implemented", DNS_LINE_LOCAL, DNS_VALUE_FAILED, 0, NULL, NULL},
    {"config error is REFUSED (EDE: not ready)", DNS_LINE_LOCAL, DNS_VALUE_FAILED, 0, NULL, NULL},
    {"reply error is FORMERR", DNS_LINE_REPLY, DNS_VALUE_FAILED, 0, NULL, NULL},
    {"reply error is 9", DNS_LINE_REPLY, DNS_VALUE_FAILED, 0, NULL, NULL},
    {"reply a.b is 9", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "a.b", NULL},
    {"9 192.0.2.7/5 reply query is duplicate", DNS_LINE_REPLY, DNS_VALUE_DUPLICATE, 0, NULL, NULL},
    {"reply is truncated", DNS_LINE_REPLY, DNS_VALUE_NONE, 0, NULL, NULL},
    {"reply a.b is truncated", DNS_LINE_REPLY, DNS_VALUE_NONE, 0, "a.b", NULL},
    {"validation a.b is BOGUS (EDE: DNSKEY missing)", DNS_LINE_REPLY, DNS_VALUE_FAILED, 0, "a.b", NULL},
    {"possible DNS-rebind attack detected: a.b", DNS_LINE_REPLY, DNS_VALUE_BLOCKED, 0, "a.b", NULL},
    /* Pi-hole, now and before */
    {"gravity blocked ads.b is 0.0.0.0", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "ads.b", NULL},
    {"gravity blocked ads.b is NODATA", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 0, "ads.b", NULL},
    {"gravity blocked ads.b is 192.0.2.1", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "ads.b", NULL},
    {"gravity blocked (CNAME) ads.b is ::", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 6, "ads.b", NULL},
    {"regex denied ads.b is NXDOMAIN", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 0, "ads.b", NULL},
    {"regex blacklisted ads.b is NULL", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 0, "ads.b", NULL},
    {"exactly denied ads.b is 0.0.0.0", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "ads.b", NULL},
    {"exactly blacklisted ads.b is 0.0.0.0", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "ads.b", NULL},
    {"special domain use-application-dns.net is NXDOMAIN", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 0,
     "use-application-dns.net", NULL},
    {"Apple iCloud Private Relay domain mask.icloud.com is NODATA", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 0,
     "mask.icloud.com", NULL},
    {"reply ads.b is blocked during CNAME inspection", DNS_LINE_REPLY, DNS_VALUE_BLOCKED, 0, "ads.b", NULL},
    {"reply ads.b is blocked due to upstream response (known address)", DNS_LINE_REPLY, DNS_VALUE_BLOCKED, 0,
     "ads.b", NULL},
    {"<not set> ads.b is 0.0.0.0", DNS_LINE_LOCAL, DNS_VALUE_BLOCKED, 4, "ads.b", NULL},
    {"Rate-limiting a.b is REFUSED (EDE: blocked)", DNS_LINE_LOCAL, DNS_VALUE_FAILED, 0, "a.b", NULL},
    {"Pi-hole hostname pi.hole is 192.0.2.1", DNS_LINE_LOCAL, DNS_VALUE_ADDRESS, 4, "pi.hole", "192.0.2.1"},
    /* what looks like more than it is */
    {"reply a is b is 203.0.113.5", DNS_LINE_REPLY, DNS_VALUE_ADDRESS, 4, "a is b", "203.0.113.5"},
    {"reply a.b is 203.0.113.5.example", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "a.b", NULL},
    {"reply a.b is 203.0.113.05", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "a.b", NULL},
    {"reply a.b is 203.0.113.256", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "a.b", NULL},
    {"reply /a/b is 203.0.113.5", DNS_LINE_REPLY, DNS_VALUE_ADDRESS, 4, "/a/b", "203.0.113.5"},
    {"reply query[A] z is 203.0.113.5", DNS_LINE_REPLY, DNS_VALUE_ADDRESS, 4, "query[a] z", "203.0.113.5"},
    {"reply a.b is (EDE: blocked)", DNS_LINE_REPLY, DNS_VALUE_RECORD, 0, "a.b", NULL},
};

static void test_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(answers); i++) {
		const struct answer *a = &answers[i];

		parse(a->text);
		if (line.kind != a->kind || line.value != a->value || line.family != a->family)
			print_error("%s\n", a->text);
		assert_int_equal(line.kind, a->kind);
		assert_int_equal(line.value, a->value);
		assert_int_equal(line.family, a->family);
		assert_int_equal(line.about_name, a->name != NULL);
		if (a->name)
			assert_string_equal(line.name, a->name);
		if (a->address)
			assert_string_equal(text_of(&line.address), a->address);
	}
}

static void test_lost(void **state)
{
	(void)state;
	parse("overflow: 42 log entries lost");
	assert_int_equal(line.kind, DNS_LINE_LOST);
	assert_int_equal(line.count, 42);
	parse("7 overflow: 42 log entries lost");
	assert_int_equal(line.kind, DNS_LINE_OTHER);
	parse("overflow: 42 log entries lost, query[A] a from 192.0.2.7");
	assert_int_equal(line.kind, DNS_LINE_OTHER);
	parse("overflow: 4294967296 log entries lost");
	assert_int_equal(line.kind, DNS_LINE_OTHER);
}

static void test_other(void **state)
{
	static const char *const others[] = {
	    "",
	    "\n",
	    "started, version 2.90 cachesize 150",
	    "using nameserver 192.0.2.1#53",
	    "read /etc/hosts - 3 names",
	    "Maximum number of concurrent DNS queries reached (max: 150)",
	    "nameserver 192.0.2.1 refused to do a recursive query",
	    "ipset add home a.b is 203.0.113.5",
	    "nftset add 4#inet#home a.b is 203.0.113.5",
	    "dnssec-query[DS] org to 192.0.2.1",
	    "dnssec-retry[DNSKEY] org to 192.0.2.1",
	    "validation a.b is SECURE",
	    "validation result is TRUNCATED",
	    "non-query opcode 4 from 192.0.2.7",
	    "queries forwarded 28, queries answered locally 19",
	    "time 1795418918",
	    "<CNAME>",
	    "/",
	    "/etc/hosts is 192.0.2.1",
	    "this is 192.0.2.1",
	    "7 ",
	    "7 192.0.2.7/5 ",
	    "7 192.0.2.7/5",
	    "192.0.2.7/5 query[A] a from 192.0.2.7",
	    " query[A] a from 192.0.2.7",
	};
	static const char *const broken[] = {
	    "query[A] example.org from",
	    "query[A] example.org from 192.0.2",
	    "query[A] example.org",
	    "query[A example.org from 192.0.2.7",
	    "query[] example.org from 192.0.2.7",
	    "query[aaaaaaaaaaaaaaaaaaaaaaaaa] example.org from 192.0.2.7",
	    "query[A]",
	    "query[A] example.org from 192.0.2.7 and more",
	    "reply example.org",
	    "reply ",
	    "cached example.org is",
	    "gravity blocked example.org",
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(others); i++) {
		parse(others[i]);
		if (line.kind != DNS_LINE_OTHER)
			print_error("%s\n", others[i]);
		assert_int_equal(line.kind, DNS_LINE_OTHER);
	}
	for (size_t i = 0; i < ELEMENTS_OF(broken); i++) {
		parse(broken[i]);
		if (line.kind != DNS_LINE_BROKEN)
			print_error("%s\n", broken[i]);
		assert_int_equal(line.kind, DNS_LINE_BROKEN);
	}
	parse("forwarded example.org to 192.0.2.1#53");
	assert_int_equal(line.kind, DNS_LINE_FORWARDED);
}

/* Names that want to be something else. */
static void test_hostile_names(void **state)
{
	char text[1200], name[1024];
	static const char raw[] = "query[A] a\x1b[31m\0b\xc3\xa4.ORG from 192.0.2.7";

	(void)state;
	assert_query("query[A] a from 10.0.0.1 from 192.0.2.7", DNS_TYPE_A, "a from 10.0.0.1", "192.0.2.7");
	assert_query("query[A] good.org is 6.6.6.6 from 192.0.2.7", DNS_TYPE_A, "good.org is 6.6.6.6",
		     "192.0.2.7");
	assert_query("query[A] query[AAAA] b from 192.0.2.7", DNS_TYPE_A, "query[aaaa] b", "192.0.2.7");
	assert_query("query[A] <script>alert(1)</script> from 192.0.2.7", DNS_TYPE_A,
		     "<script>alert(1)</script>", "192.0.2.7");
	dns_line_parse(&line, raw, sizeof(raw) - 1);
	assert_int_equal(line.kind, DNS_LINE_QUERY);
	assert_string_equal(line.name, "a?[31m?b??.org");
	assert_false(line.exact);
	parse("query[A] <name unprintable> from 192.0.2.7");
	assert_int_equal(line.kind, DNS_LINE_QUERY);
	assert_false(line.exact);
	for (size_t length = 250; length < sizeof(name); length += length < 260 ? 1 : 97) {
		memset(name, 'x', length);
		name[length] = '\0';
		snprintf(text, sizeof(text), "query[A] %s from 192.0.2.7", name);
		parse(text);
		assert_int_equal(line.kind, DNS_LINE_QUERY);
		assert_int_equal(line.name_length, length < DNS_NAME_MAX ? length : DNS_NAME_MAX - 1);
		assert_int_equal(strlen(line.name), line.name_length);
		assert_int_equal(line.exact, length < DNS_NAME_MAX);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_query), cmocka_unit_test(test_serial), cmocka_unit_test(test_answer),
	    cmocka_unit_test(test_lost),  cmocka_unit_test(test_other),	 cmocka_unit_test(test_hostile_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
