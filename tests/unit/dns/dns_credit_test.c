/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
#include "dns_credit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "dns_prefix.h"
#include "heard.h"
#include "util.h"

#define START ((uint64_t)1795415854 * 1000)

static struct heard heard;
static struct dns_credit *credit;
static uint64_t now;

static int set_up(void **state)
{
	(void)state;
	now = START;
	heard = (struct heard){};
	return dns_credit_new(&credit, 64, heard_take, &heard);
}

static int tear_down(void **state)
{
	(void)state;
	credit = dns_credit_free(credit);
	return 0;
}

static void take_of(uint32_t pid, const char *text)
{
	struct dns_line line;

	dns_line_parse(&line, text, strlen(text));
	assert_int_not_equal(line.kind, DNS_LINE_BROKEN);
	dns_credit_take(credit, &line, pid, now, now);
}

static void take(const char *text)
{
	take_of(1, text);
}

static void forget(void)
{
	heard_text(&heard);
}

/* What was credited so far, addresses alone. */
static void assert_addresses(const char *expected)
{
	static char found[8192];
	const char *at = heard_text(&heard), *end;
	size_t used = 0;

	for (; (end = strchr(at, '\n')); at = end + 1)
		if (!strncmp(at, "address ", 8))
			used += (size_t)snprintf(found + used, sizeof(found) - used, "%.*s\n",
						 (int)(end - 10 - at), at + 8);
	found[used] = '\0';
	assert_string_equal(found, expected);
}

static void test_serials_interleaved(void **state)
{
	(void)state;
	take("1 10.0.0.1/1 query[A] one.org from 10.0.0.1");
	take("2 10.0.0.2/2 query[A] two.org from 10.0.0.2");
	take("2 10.0.0.2/2 reply two.org is <CNAME>");
	take("1 10.0.0.1/1 reply one.org is <CNAME>");
	take("2 10.0.0.2/2 reply cdn.net is 203.0.113.2");
	take("1 10.0.0.1/1 reply cdn.net is 203.0.113.1");
	take("2 10.0.0.2/2 reply cdn.net is 203.0.113.3");
	assert_string_equal(heard_text(&heard), "asked 10.0.0.1 one.org - -\n"
						"asked 10.0.0.2 two.org - -\n"
						"result 10.0.0.2 two.org - answered\n"
						"address 10.0.0.2 two.org 203.0.113.2 -\n"
						"result 10.0.0.1 one.org - answered\n"
						"address 10.0.0.1 one.org 203.0.113.1 -\n"
						"address 10.0.0.2 two.org 203.0.113.3 -\n");
	assert_int_equal(heard.time, START);
}

/* The same number again: another client's, another port's, a later question's, or nobody's. */
static void test_serials_again(void **state)
{
	(void)state;
	take("7 10.0.0.1/1 query[A] one.org from 10.0.0.1");
	take("7 10.0.0.1/2 query[A] two.org from 10.0.0.1");
	take("7 10.0.0.1/2 reply x is 203.0.113.2");
	take("7 10.0.0.1/1 query[A] three.org from 10.0.0.1");
	take("7 10.0.0.1/1 reply x is 203.0.113.3");
	take("7 10.0.0.9/1 reply x is 203.0.113.4");
	take("7 reply x is 203.0.113.5");
	take("8 10.0.0.1/1 reply x is 203.0.113.6");
	assert_addresses("10.0.0.1 two.org 203.0.113.2\n10.0.0.1 three.org 203.0.113.3\n");
	/* too late */
	now += 60000;
	take("7 10.0.0.1/1 reply x is 203.0.113.7");
	assert_addresses("");
}

static void test_duplicates(void **state)
{
	(void)state;
	take("1 10.0.0.1/1 query[A] one.org from 10.0.0.1");
	take("2 10.0.0.2/2 query[A] one.org from 10.0.0.2");
	take("3 10.0.0.3/3 query[AAAA] one.org from 10.0.0.3");
	take("4 10.0.0.4/4 query[A] two.org from 10.0.0.4");
	take("4 10.0.0.4/4 reply two.org is 203.0.113.4");
	forget();
	take("1 10.0.0.1/1 reply one.org is <CNAME>");
	take("1 10.0.0.1/1 reply cdn.net is 203.0.113.1");
	take("1 10.0.0.1/1 reply cdn.net is 203.0.113.2");
	take("2 10.0.0.2/2 reply query is duplicate");
	take("3 10.0.0.3/3 reply query is duplicate");
	assert_string_equal(heard_text(&heard), "result 10.0.0.1 one.org - answered\n"
						"address 10.0.0.1 one.org 203.0.113.1 -\n"
						"address 10.0.0.1 one.org 203.0.113.2 -\n"
						"result 10.0.0.2 one.org - answered\n"
						"address 10.0.0.2 one.org 203.0.113.1 -\n"
						"address 10.0.0.2 one.org 203.0.113.2 -\n");
}

/* A text or a record of another type is no address, whatever it looks like. */
static void test_only_addresses(void **state)
{
	(void)state;
	take("1 10.0.0.1/1 query[TXT] one.org from 10.0.0.1");
	take("1 10.0.0.1/1 reply one.org is good.org is 203.0.113.1");
	take("query[TXT] two.org from 10.0.0.1");
	take("forwarded two.org to 192.0.2.1");
	take("reply two.org is 203.0.113.1");
	take("reply two.org is good.org is 203.0.113.1");
	take("query[AAAA] three.org from 10.0.0.1");
	take("config three.org is 203.0.113.1");
	assert_addresses("- two.org 203.0.113.1\n");
}

static void test_results(void **state)
{
	(void)state;
	take("1 10.0.0.1/1 query[A] a from 10.0.0.1");
	take("1 10.0.0.1/1 reply a is NXDOMAIN");
	take("2 10.0.0.1/1 query[A] b from 10.0.0.1");
	take("2 10.0.0.1/1 reply error is SERVFAIL (EDE: network error)");
	take("3 10.0.0.1/1 query[A] c from 10.0.0.1");
	take("3 10.0.0.1/1 config c is 0.0.0.0");
	take("4 10.0.0.1/1 query[HTTPS] d from 10.0.0.1");
	take("4 10.0.0.1/1 reply d is <HTTPS>");
	take("query[A] e from 10.0.0.1");
	take("config error is REFUSED");
	take("query[PTR] 1.2.0.192.in-addr.arpa from 10.0.0.1");
	take("/etc/hosts 192.0.2.1 is router");
	take("query[HTTPS] f from 10.0.0.1");
	take("gravity blocked f is NODATA");
	take("query[A] g from 10.0.0.1");
	take("forwarded g to 192.0.2.1");
	take("validation g is BOGUS (EDE: DNSKEY missing)");
	assert_string_equal(heard_text(&heard), "asked 10.0.0.1 a - -\nresult 10.0.0.1 a - nxdomain\n"
						"asked 10.0.0.1 b - -\nresult 10.0.0.1 b - failed\n"
						"asked 10.0.0.1 c - -\nresult 10.0.0.1 c - blocked\n"
						"asked 10.0.0.1 d - -\nresult 10.0.0.1 d - answered\n"
						"asked 10.0.0.1 e - -\nresult 10.0.0.1 e - failed\n"
						"asked 10.0.0.1 1.2.0.192.in-addr.arpa - -\n"
						"result 10.0.0.1 1.2.0.192.in-addr.arpa - answered\n"
						"asked 10.0.0.1 f - -\nresult 10.0.0.1 f - blocked\n"
						"asked 10.0.0.1 g - -\nresult 10.0.0.1 g - failed\n");
}

/* A device asks for all types at once: what came of the one that matters stays. */
static void test_types_together(void **state)
{
	(void)state;
	take("1 10.0.0.1/1 query[A] a from 10.0.0.1");
	take("2 10.0.0.1/2 query[AAAA] a from 10.0.0.1");
	take("3 10.0.0.1/3 query[HTTPS] a from 10.0.0.1");
	take("4 10.0.0.2/3 query[AAAA] a from 10.0.0.2");
	forget();
	take("3 10.0.0.1/3 reply a is NODATA");
	take("1 10.0.0.1/1 reply a is 203.0.113.1");
	take("2 10.0.0.1/2 reply a is NODATA-IPv6");
	take("4 10.0.0.2/3 reply a is NODATA-IPv6");
	assert_string_equal(heard_text(&heard), "result 10.0.0.1 a - nodata\n"
						"result 10.0.0.1 a - answered\n"
						"address 10.0.0.1 a 203.0.113.1 -\n"
						"result 10.0.0.2 a - nodata\n");
}

static void test_order_local(void **state)
{
	(void)state;
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[A] one.org from 10.0.0.2");
	take("cached one.org is <CNAME>");
	take("cached cdn.net is 203.0.113.1");
	take("cached cdn.net is 203.0.113.2");
	/* not an answer to this question */
	take("query[A] two.org from 10.0.0.2");
	take("cached three.org is 203.0.113.3");
	take("query[A] four.org from 10.0.0.2");
	take("forwarded four.org to 192.0.2.1");
	take("cached four.org is 203.0.113.4");
	assert_addresses("10.0.0.2 one.org 203.0.113.1\n10.0.0.2 one.org 203.0.113.2\n");
}

/* Two dnsmasq of two containers: both have the number 1, and their lines come in turns. */
static void test_two_with_one_number(void **state)
{
	(void)state;
	take("query[A] news.example from 10.0.0.1");
	take("query[A] shop.example from 10.0.0.2");
	take("cached shop.example is <CNAME>");
	take("cached news.example is <CNAME>");
	take("cached a.cdn.net is 203.0.113.1");
	take("cached b.cdn.net is 203.0.113.2");
	assert_addresses("");
	/* with their serials they are told apart */
	take("1 10.0.0.1/1 query[A] news.example from 10.0.0.1");
	take("1 10.0.0.2/2 query[A] shop.example from 10.0.0.2");
	take("1 10.0.0.2/2 cached shop.example is <CNAME>");
	take("1 10.0.0.1/1 cached news.example is <CNAME>");
	take("1 10.0.0.1/1 cached a.cdn.net is 203.0.113.1");
	take("1 10.0.0.2/2 cached b.cdn.net is 203.0.113.2");
	assert_addresses("10.0.0.1 news.example 203.0.113.1\n10.0.0.2 shop.example 203.0.113.2\n");
}

static void test_order_upstream(void **state)
{
	(void)state;
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[AAAA] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[A] one.org from 10.0.0.2");
	take("query[A] two.org from 10.0.0.3");
	take("forwarded two.org to 192.0.2.1");
	take("reply one.org is <CNAME>");
	take("reply cdn.net is 203.0.113.1");
	take("reply cdn.net is 203.0.113.2");
	take("reply one.org is <CNAME>");
	take("reply cdn.net is 2001:db8::1");
	take("reply two.org is 203.0.113.3");
	/* asked and answered: nobody waits */
	take("reply one.org is 203.0.113.9");
	/* after a pause this is no part of an answer */
	take("reply two.org is <CNAME>");
	now += 5000;
	take("reply cdn.net is 203.0.113.10");
	assert_addresses("10.0.0.2 one.org 203.0.113.1\n10.0.0.1 one.org 203.0.113.1\n"
			 "10.0.0.2 one.org 203.0.113.2\n10.0.0.1 one.org 203.0.113.2\n"
			 "10.0.0.1 one.org 2001:db8::1\n"
			 "10.0.0.3 two.org 203.0.113.3\n"
			 "- one.org 203.0.113.9\n"
			 "- cdn.net 203.0.113.10\n");
}

/* The alias's target is a name that somebody waits for: it may be either's answer. */
static void test_order_doubt(void **state)
{
	(void)state;
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[A] cdn.net from 10.0.0.2");
	take("forwarded cdn.net to 192.0.2.1");
	take("reply one.org is <CNAME>");
	take("reply cdn.net is 203.0.113.1");
	take("reply cdn.net is 203.0.113.2");
	assert_addresses("- cdn.net 203.0.113.1\n- cdn.net 203.0.113.2\n");
	/* nobody waits for an IPv6 address of one.org: no doubt */
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[AAAA] cdn.net from 10.0.0.2");
	take("forwarded cdn.net to 192.0.2.1");
	take("reply one.org is <CNAME>");
	take("reply cdn.net is 2001:db8::1");
	assert_addresses("10.0.0.2 cdn.net 2001:db8::1\n");
	/* a text that looks like an answer does not go on with an alias */
	take("query[A] three.org from 10.0.0.1");
	take("forwarded three.org to 192.0.2.1");
	take("reply three.org is <CNAME>");
	take("reply evil.org is x is 203.0.113.6");
	assert_addresses("");
}

/* An answer of one family follows another's of the same target at once. */
static void test_order_families(void **state)
{
	(void)state;
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[AAAA] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("query[AAAA] cdn.net from 10.0.0.2");
	take("forwarded cdn.net to 192.0.2.1");
	take("reply one.org is <CNAME>");
	take("reply cdn.net is 203.0.113.1");
	take("reply cdn.net is 2001:db8::2");
	assert_addresses("10.0.0.1 one.org 203.0.113.1\n10.0.0.2 cdn.net 2001:db8::2\n");
}

/* An error does not say whose it is. Who asks after it is asked for anew, and the first client has no part in
 * that. */
static void test_order_error(void **state)
{
	(void)state;
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("reply error is SERVFAIL");
	take("query[A] one.org from 10.0.0.2");
	take("forwarded one.org to 192.0.2.1");
	take("reply one.org is 203.0.113.1");
	assert_addresses("10.0.0.2 one.org 203.0.113.1\n");
}

/* Questions over TCP are answered by processes of their own. */
static void test_processes(void **state)
{
	(void)state;
	take_of(1, "query[A] one.org from 10.0.0.1");
	take_of(1, "forwarded one.org to 192.0.2.1");
	take_of(2, "query[A] two.org from 10.0.0.2");
	take_of(1, "reply one.org is <CNAME>");
	take_of(2, "cached two.org is <CNAME>");
	take_of(1, "reply cdn.net is 203.0.113.1");
	take_of(2, "cached cdn.net is 203.0.113.2");
	assert_addresses("10.0.0.1 one.org 203.0.113.1\n10.0.0.2 two.org 203.0.113.2\n");
	/* each has its own answer to the same question */
	take_of(1, "query[A] one.org from 10.0.0.1");
	take_of(1, "forwarded one.org to 192.0.2.1");
	take_of(3, "query[A] one.org from 10.0.0.3");
	take_of(3, "forwarded one.org to 192.0.2.1");
	take_of(3, "reply one.org is 203.0.113.3");
	take_of(1, "reply one.org is 203.0.113.1");
	assert_addresses("10.0.0.3 one.org 203.0.113.3\n10.0.0.1 one.org 203.0.113.1\n");
}

static void test_gap(void **state)
{
	(void)state;
	take("query[A] one.org from 10.0.0.1");
	take("forwarded one.org to 192.0.2.1");
	take("reply one.org is <CNAME>");
	take("overflow: 12 log entries lost");
	take("reply cdn.net is 203.0.113.1");
	take("query[A] two.org from 10.0.0.1");
	dns_credit_gap(credit, 3, 0);
	take("cached two.org is 203.0.113.2");
	dns_credit_gap(credit, 0, 0);
	assert_addresses("- cdn.net 203.0.113.1\n");
	assert_int_equal(heard.lost, 15);
}

/* Far more questions than fit: the answered ones go first, and nothing breaks. */
static void test_bounds(void **state)
{
	char text[128];

	(void)state;
	take("1 10.0.0.1/1 query[A] keep.org from 10.0.0.1");
	for (unsigned i = 2; i < 5000; i++) {
		snprintf(text, sizeof(text), "%u 10.0.0.2/9 query[A] n%u.org from 10.0.0.2", i, i);
		take(text);
		snprintf(text, sizeof(text), "%u 10.0.0.2/9 reply n%u.org is 203.0.113.%u", i, i,
			 i % 250 + 1);
		take(text);
		if (i % 200 == 0)
			forget();
	}
	forget();
	take("1 10.0.0.1/1 reply keep.org is 203.0.113.1");
	assert_addresses("10.0.0.1 keep.org 203.0.113.1\n");
	for (unsigned i = 0; i < 200; i++) {
		snprintf(text, sizeof(text), "query[A] w%u.org from 10.0.0.2", i);
		take(text);
		take("forwarded x to 192.0.2.1");
	}
	forget();
	take("reply w0.org is 203.0.113.1");
	take("reply w199.org is 203.0.113.2");
	assert_addresses("- w0.org 203.0.113.1\n10.0.0.2 w199.org 203.0.113.2\n");
}

/* Logs of a real dnsmasq 2.90 that was asked over IPv4, IPv6 and TCP, one client after another and many at
 * once; the events beside them were compared with the answers by hand. */
static void run_recorded(const char *name)
{
	char path[256], text[2048], *expected = NULL;
	struct dns_prefix_clock clock = {};
	size_t room = 0;
	FILE *f;

	snprintf(path, sizeof(path), TEST_FOLDER "/recorded/%s.log", name);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(text, sizeof(text), f)) {
		struct dns_prefix p;

		dns_prefix_parse(&p, &clock, text, strlen(text), START);
		if (!p.dnsmasq)
			continue;
		now = p.time;
		text[strlen(text) - 1] = '\0';
		take_of(p.pid, p.message);
	}
	fclose(f);
	snprintf(path, sizeof(path), TEST_FOLDER "/recorded/%s.events", name);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_true(getdelim(&expected, &room, '\0', f) > 0);
	fclose(f);
	assert_string_equal(heard_text(&heard), expected);
	free(expected);
}

static void test_recorded(void **state)
{
	static const char *const names[] = {"plain", "extra", "rebind", "dnssec"};

	for (size_t i = 0; i < ELEMENTS_OF(names); i++) {
		tear_down(state);
		assert_int_equal(dns_credit_new(&credit, 4096, heard_take, &heard), 0);
		run_recorded(names[i]);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_serials_interleaved),
	    TEST(test_serials_again),
	    TEST(test_duplicates),
	    TEST(test_only_addresses),
	    TEST(test_results),
	    TEST(test_types_together),
	    TEST(test_order_local),
	    TEST(test_order_upstream),
	    TEST(test_two_with_one_number),
	    TEST(test_order_doubt),
	    TEST(test_order_families),
	    TEST(test_order_error),
	    TEST(test_processes),
	    TEST(test_gap),
	    TEST(test_bounds),
	    TEST(test_recorded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
