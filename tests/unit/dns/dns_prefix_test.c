/* SPDX-License-Identifier: MIT */
#include "dns_prefix.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmocka_all.h"
#include "util.h"

/* 2026-11-23 06:37:34 UTC */
#define NOW ((uint64_t)1795415854 * 1000)

struct prefix_case {
	const char *text;
	bool dnsmasq;
	uint32_t pid;
	uint64_t time;
	const char *message;
};

static const struct prefix_case cases[] = {
    /* dnsmasq's own, to a file and to its standard error */
    {"Nov 23 06:37:34 dnsmasq[123]: query[A] a from b", true, 123, NOW, "query[A] a from b"},
    {"Nov  3 06:37:34 dnsmasq[1]: x", true, 1, NOW - (uint64_t)20 * 86400000, "x"},
    {"dnsmasq[123]: x", true, 123, 0, "x"},
    {"dnsmasq: query[A] a from b", true, 0, 0, "query[A] a from b"},
    /* its other half */
    {"Nov 23 06:37:34 dnsmasq-dhcp[123]: DHCPACK(br0) 192.0.2.7", false, 123, NOW, "DHCPACK(br0) 192.0.2.7"},
    {"dnsmasq-dhcp: x", false, 0, 0, "x"},
    /* syslog daemons */
    {"Nov 23 06:37:34 router dnsmasq[123]: x", true, 123, NOW, "x"},
    {"<30>Nov 23 06:37:34 dnsmasq[123]: x", true, 123, NOW, "x"},
    {"2026-11-23T08:37:34.123456+02:00 router dnsmasq[123]: x", true, 123, NOW, "x"},
    {"2026-11-23T06:37:34Z router dnsmasq[123]: x", true, 123, NOW, "x"},
    {"2026-11-23T01:07:34-0530 router dnsmasq[123]: x", true, 123, NOW, "x"},
    {"Mon Nov 23 06:37:34 2026 daemon.info dnsmasq[123]: 5 192.0.2.7/1 x", true, 123, NOW, "5 192.0.2.7/1 x"},
    {"Nov 23 06:37:34 router sshd[55]: Accepted", false, 55, NOW, "Accepted"},
    {"Nov 23 06:37:34 router pihole-FTL[55]: x", true, 55, NOW, "x"},
    /* RFC 5424, with the tag of the older form in its message, without, and with structured data */
    {"<30>1 2026-11-23T06:37:34Z router dnsmasq 77 - - dnsmasq[77]: x", true, 77, NOW, "x"},
    {"<30>1 2026-11-23T08:37:34.123456+02:00 router dnsmasq 77 - - query[A] a from b", true, 77, NOW,
     "query[A] a from b"},
    {"<30>1 2026-11-23T06:37:34Z router dnsmasq - - [a b=\"]\\\"\"][c] query[A] a from b", true, 0, NOW,
     "query[A] a from b"},
    {"<30>1 - - pihole-FTL 5 ID - \xef\xbb\xbfx", true, 5, 0, "x"},
    {"<38>1 2026-11-23T06:37:34Z router sshd 55 - - Accepted", false, 55, NOW, "Accepted"},
    {"<30>1 2026-11-23T06:37:34Z router dnsmasq 77 - -", true, 77, NOW, ""},
    {"<30>1 2026-11-23T06:37:34Z router dnsmasq 77 - [a", true, 0, 0,
     "<30>1 2026-11-23T06:37:34Z router dnsmasq 77 - [a"},
    /* a date of last year has no year */
    {"Dec 24 06:37:34 dnsmasq[1]: x", true, 1, NOW - (uint64_t)334 * 86400000, "x"},
    /* no date, or none that can be read */
    {"Foo 23 06:37:34 dnsmasq[1]: x", true, 1, 0, "x"},
    {"Nov 32 06:37:34 dnsmasq[1]: x", true, 1, 0, "x"},
    {"Nov 23 26:37:34 dnsmasq[1]: x", true, 1, 0, "x"},
    {"2026-13-23T08:37:34+02:00 router dnsmasq[123]: x", true, 123, 0, "x"},
    {"2026-11-23T08:37:34+99:99 router dnsmasq[123]: x", true, 123, 0, "x"},
    /* bare */
    {"query[A] a from 192.0.2.7", true, 0, 0, "query[A] a from 192.0.2.7"},
    {"", true, 0, 0, ""},
    {"<30", true, 0, 0, "<30"},
    {"dnsmasq[12", true, 0, 0, "dnsmasq[12"},
    {"dnsmasq[x]: y", true, 0, 0, "dnsmasq[x]: y"},
    {"]: y", true, 0, 0, "]: y"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		const struct prefix_case *c = &cases[i];
		struct dns_prefix_clock clock = {};
		struct dns_prefix p;

		dns_prefix_parse(&p, &clock, c->text, strlen(c->text), NOW);
		if (p.dnsmasq != c->dnsmasq || p.pid != c->pid || p.time != c->time)
			print_error("%s\n", c->text);
		assert_int_equal(p.dnsmasq, c->dnsmasq);
		assert_int_equal(p.pid, c->pid);
		assert_int_equal(p.time, c->time);
		assert_int_equal(p.length, strlen(c->message));
		assert_memory_equal(p.message, c->message, p.length);
	}
}

/* The date is kept, and another one is read again. */
static void test_clock(void **state)
{
	static const char *const lines[] = {
	    "Nov 23 06:37:34 dnsmasq[1]: a", "Nov 23 06:37:34 dnsmasq[1]: b", "Nov 23 06:37:35 dnsmasq[1]: c",
	    "2026-11-23T06:37:36.9+00:00 r dnsmasq[1]: d", "2026-11-23T07:37:36.9+01:00 r dnsmasq[1]: e"};
	static const uint64_t times[] = {NOW, NOW, NOW + 1000, NOW + 2000, NOW + 2000};
	struct dns_prefix_clock clock = {};
	struct dns_prefix p;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(lines); i++) {
		dns_prefix_parse(&p, &clock, lines[i], strlen(lines[i]), NOW);
		assert_int_equal(p.time, times[i]);
	}
}

/* 2026-12-31 23:59:58 UTC, and the same time of the new year's first day. */
static void test_new_year(void **state)
{
	static const struct {
		uint64_t now;
		const char *text;
		uint64_t time;
	} at[] = {
	    {1798761598, "Dec 31 23:59:58 dnsmasq[1]: x", 1798761598},
	    {1798761598, "Jan  1 00:00:03 dnsmasq[1]: x", 1798761603},
	    {1798761598, "Jan  2 00:00:03 dnsmasq[1]: x", 1767312003},
	    {1798847998, "Dec 31 23:59:58 dnsmasq[1]: x", 1798761598},
	    {1798847998, "Jan  1 23:59:58 dnsmasq[1]: x", 1798847998},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(at); i++) {
		struct dns_prefix_clock clock = {};
		struct dns_prefix p;

		dns_prefix_parse(&p, &clock, at[i].text, strlen(at[i].text), at[i].now * 1000);
		assert_int_equal(p.time, at[i].time * 1000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_clock),
	    cmocka_unit_test(test_new_year),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
