/* SPDX-License-Identifier: MIT */
#include "list_line.h"

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

struct told {
	char text[1024];
	int result;
};

static int take(void *data, const struct list_item *item)
{
	struct told *t = data;
	size_t used = strlen(t->text);
	char network[ADDRESS_TEXT_MAX];

	if (item->kind == LIST_NETWORK)
		snprintf(t->text + used, sizeof(t->text) - used, "[%s]",
			 network_format(&item->network, network));
	else
		snprintf(t->text + used, sizeof(t->text) - used, "%s%.*s;",
			 item->kind == LIST_EXCEPTION ? "!" : "", (int)item->length, item->name);
	return t->result;
}

static void check(const char *line, int result, const char *items)
{
	struct told told = {};
	char copy[1024];

	snprintf(copy, sizeof(copy), "%s", line);
	if (list_line_read(copy, strlen(copy), take, &told) != result || strcmp(told.text, items) != 0)
		fail_msg("\"%s\" gave %s", line, told.text);
}

static void test_names(void **state)
{
	(void)state;
	check("ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check("  Ads.Example.ORG.  # comment\r", LIST_LINE_TAKEN, "ads.example.org;");
	check("ads.example.org#comment", LIST_LINE_TAKEN, "ads.example.org;");
	check("*.ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check(".ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check("xn--mll-0qa.example", LIST_LINE_TAKEN, "xn--mll-0qa.example;");
	check("_dmarc.example.org", LIST_LINE_TAKEN, "_dmarc.example.org;");
	check("org", LIST_LINE_BROKEN, "");
	check("a..example.org", LIST_LINE_BROKEN, "");
	check("two words.example.org", LIST_LINE_BROKEN, "");
	check("m\xc3\xb6ll.example", LIST_LINE_BROKEN, "");
	check("<html>", LIST_LINE_BROKEN, "");
	check("1.2.3", LIST_LINE_BROKEN, "");
	check("http://example.org/", LIST_LINE_BROKEN, "");
}

static void test_what_is_too_long(void **state)
{
	char line[600];

	(void)state;
	memset(line, 'a', sizeof(line));
	for (size_t i = 60; i < sizeof(line); i += 61)
		line[i] = '.';
	line[253] = '\0';
	{
		struct told told = {};

		assert_int_equal(list_line_read(line, 253, take, &told), LIST_LINE_TAKEN);
		memset(line + 253, 'a', 7);
		assert_int_equal(list_line_read(line, 260, take, &told), LIST_LINE_BROKEN);
		memset(line, 'a', 64);
		assert_int_equal(list_line_read(line, 100, take, &told), LIST_LINE_BROKEN);
	}
}

static void test_hosts_format(void **state)
{
	(void)state;
	check("0.0.0.0 ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check("127.0.0.1\ta.example.org  b.example.org # both", LIST_LINE_TAKEN,
	      "a.example.org;b.example.org;");
	check("::1 ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check("127.0.0.1 localhost localhost.localdomain", LIST_LINE_EMPTY, "");
	check("::1 ip6-localhost ip6-loopback", LIST_LINE_EMPTY, "");
	check("0.0.0.0 0.0.0.0", LIST_LINE_EMPTY, "");
	check("0.0.0.0 a.example.org not/a/name", LIST_LINE_BROKEN, "a.example.org;");
	check("192.0.2.0/24 ads.example.org", LIST_LINE_BROKEN, "");
	/* a comment needs no blank before it, a scope says where a local address is meant */
	check("0.0.0.0 ads.example.org#comment", LIST_LINE_TAKEN, "ads.example.org;");
	check("fe80::1%lo0 localhost", LIST_LINE_EMPTY, "");
	check("fe80::1%lo0", LIST_LINE_BROKEN, "");
	check("fe80::1%lo0 ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check("0.0.0.0 ip6-tracker.example", LIST_LINE_TAKEN, "ip6-tracker.example;");
}

static void test_networks(void **state)
{
	(void)state;
	check("192.0.2.7", LIST_LINE_TAKEN, "[192.0.2.7/32]");
	check("192.0.2.0/24 ; a comment", LIST_LINE_TAKEN, "[192.0.2.0/24]");
	check("2001:DB8::/32", LIST_LINE_TAKEN, "[2001:db8::/32]");
	check("192.0.2.0/33", LIST_LINE_BROKEN, "");
	check("0.0.0.0/0", LIST_LINE_BROKEN, "");
	check("::/0", LIST_LINE_BROKEN, "");
}

static void test_adblock_rules(void **state)
{
	(void)state;
	check("||ads.example.org^", LIST_LINE_TAKEN, "ads.example.org;");
	check("||ads.example.org", LIST_LINE_TAKEN, "ads.example.org;");
	check("||*.example.org^", LIST_LINE_TAKEN, "example.org;");
	check("||zip^", LIST_LINE_TAKEN, "zip;");
	check("||ads.example.org^$third-party,important", LIST_LINE_TAKEN, "ads.example.org;");
	check("@@||example.org^", LIST_LINE_TAKEN, "!example.org;");
	check("@@||example.org^|", LIST_LINE_TAKEN, "!example.org;");
	check("||ads.example.org^$script", LIST_LINE_OTHER, "");
	check("||ads.example.org^$domain=example.com", LIST_LINE_OTHER, "");
	check("||example.org/ads/", LIST_LINE_OTHER, "");
	check("||ads*.example.org^", LIST_LINE_OTHER, "");
	check("@@example", LIST_LINE_OTHER, "");
	check("|https://example.org", LIST_LINE_OTHER, "");
	check("/banner[0-9]+/", LIST_LINE_OTHER, "");
	check("example.org##.ad", LIST_LINE_OTHER, "");
	check("example.org#@#.ad", LIST_LINE_OTHER, "");
	check("-advert-^", LIST_LINE_OTHER, "");
	check("||", LIST_LINE_OTHER, "");
}

static void test_comments(void **state)
{
	(void)state;
	check("", LIST_LINE_EMPTY, "");
	check(" \t\r", LIST_LINE_EMPTY, "");
	check("# comment", LIST_LINE_EMPTY, "");
	check("! comment", LIST_LINE_EMPTY, "");
	check("; comment", LIST_LINE_EMPTY, "");
	check("[Adblock Plus 2.0]", LIST_LINE_EMPTY, "");
}

static void test_who_takes_may_end_it(void **state)
{
	struct told told = {.result = -12};
	char line[] = "0.0.0.0 a.example.org b.example.org";

	(void)state;
	assert_int_equal(list_line_read(line, strlen(line), take, &told), -12);
	assert_string_equal(told.text, "a.example.org;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_what_is_too_long),
	    cmocka_unit_test(test_hosts_format),
	    cmocka_unit_test(test_networks),
	    cmocka_unit_test(test_adblock_rules),
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_who_takes_may_end_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
