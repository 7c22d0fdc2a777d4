/* SPDX-License-Identifier: MIT */
#include "dns_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "heard.h"
#include "journal.h"
#include "settle.h"
#include "util.h"

static char folder[64], path[128];
static struct heard heard;
static struct row_watch watch;
static struct row_table sources;
static sd_event *event;
static struct dns_source *source;
static unsigned reports;
static char said[sizeof(((struct source *)0)->detail)], said_of[256];

static void take_report(void *data, const struct source *s, const char *good)
{
	assert_ptr_equal(data, &heard);
	reports++;
	snprintf(said, sizeof(said), "%s", s->detail);
	snprintf(said_of, sizeof(said_of), "%s", good);
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/dns_source_test.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/dnsmasq.log", folder);
	heard = (struct heard){};
	watch = (struct row_watch){};
	row_table_init(&sources, &watch);
	row_table_clean(&sources);
	reports = 0;
	return sd_event_new(&event);
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	source = dns_source_free(source);
	assert_int_equal(sources.count, 0);
	row_table_done(&sources);
	event = sd_event_unref(event);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static int begin_with(bool journal, const char **logs, size_t n)
{
	const struct config_list list = {.n = n, .items = logs};
	const struct dns_options options = {.journal = journal,
					    .unit = "",
					    .journal_folder = folder,
					    .logs = &list,
					    .past = true,
					    .state_folder = ""};

	return dns_source_new(&source, event, &sources, &options, heard_take, take_report, &heard);
}

/* log: empty for none. */
static int begin(bool journal, const char *log)
{
	return begin_with(journal, &log, *log != '\0');
}

static void run(void)
{
	settle(event);
	dns_source_check(source);
}

static void append(uint64_t age_seconds, const char *message)
{
	_cleanup_(cleanup_fclose) FILE *f = fopen(path, "a");
	time_t when = time(NULL) - (time_t)age_seconds;
	struct tm tm;
	char date[32];

	assert_non_null(f);
	localtime_r(&when, &tm);
	strftime(date, sizeof(date), "%b %e %H:%M:%S", &tm);
	fprintf(f, "%s dnsmasq[7]: %s\n", date, message);
}

static const struct source *row(unsigned n)
{
	ROW_FOR_EACH(r, &sources.dirty)
		if (!n--)
			return (const struct source *)r;
	fail();
	return NULL;
}

static void test_nothing(void **state)
{
	(void)state;
	assert_int_equal(begin(false, ""), 0);
	assert_int_equal(sources.count, 1);
	assert_string_equal(row(0)->kind, "dns");
	assert_string_equal(row(0)->state, "off");
	assert_non_null(strstr(row(0)->detail, "dns.logs"));
	run();
	assert_int_equal(reports, 0);
}

static void test_log(void **state)
{
	struct dns_status status;

	(void)state;
	append(100000, "query[A] yesterday.org from 10.0.0.1");
	append(1000, "query[A] one.org from 10.0.0.1");
	append(1000, "config one.org is 203.0.113.1");
	append(1000, "query[A] cut off fr");
	assert_int_equal(begin(false, path), 0);
	assert_int_equal(reports, 0);
	assert_string_equal(row(0)->state, "missing");
	run();
	assert_string_equal(row(0)->state, "ok");
	assert_string_equal(row(0)->name, "dnsmasq.log");
	assert_int_equal(reports, 1);
	assert_non_null(strstr(said_of, path));
	assert_non_null(strstr(said, "log-queries=extra"));
	assert_string_equal(heard_text(&heard), "asked 10.0.0.1 one.org - -\n"
						"result 10.0.0.1 one.org - answered\n"
						"address 10.0.0.1 one.org 203.0.113.1 -\n");
	assert_in_range(heard.time, clock_unix_ms() - 1005000, clock_unix_ms() - 995000);
	/* news has the time 0, for it is now */
	append(0, "1 10.0.0.1/1 query[A] two.org from 10.0.0.1");
	append(0, "overflow: 5 log entries lost");
	run();
	assert_int_equal(heard.time, 0);
	assert_int_equal(heard.lost, 5);
	assert_int_equal(reports, 2);
	assert_string_equal(said, "");
	dns_source_get_status(source, &status);
	assert_int_equal(status.lines, 5);
	assert_int_equal(status.broken, 1);
	assert_int_equal(status.lost, 5);
	for (int i = 0; i < 5; i++)
		dns_source_check(source);
	assert_int_equal(row(0)->entries, 5);
	assert_int_equal(row(0)->broken, 1);
}

static void append_of_zone(const char *writer, const char *text, const char *reader)
{
	setenv("TZ", writer, 1);
	tzset();
	append(0, text);
	setenv("TZ", reader, 1);
	tzset();
}

/* A container that logs in UTC, on a machine that lives elsewhere: what it writes now is of now, and its past
 * is where it was. */
static void test_log_of_another_zone(void **state)
{
	static const char *const zones[] = {"EAST-2", "WEST+5", "NEPAL-5:45", "NFLD+3:30", "UTC0"};
	const char *tz = getenv("TZ");
	char *before = tz ? strdup(tz) : NULL;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(zones); i++) {
		heard = (struct heard){};
		unlink(path);
		setenv("TZ", "UTC0", 1);
		tzset();
		append(100000, "query[A] yesterday.org from 10.0.0.1");
		append(1000, "query[A] one.org from 10.0.0.1");
		append(1000, "config one.org is 203.0.113.1");
		append(0, "using nameserver 192.0.2.1#53");
		setenv("TZ", zones[i], 1);
		tzset();
		assert_int_equal(begin(false, path), 0);
		run();
		assert_string_equal(heard_text(&heard), "asked 10.0.0.1 one.org - -\n"
							"result 10.0.0.1 one.org - answered\n"
							"address 10.0.0.1 one.org 203.0.113.1 -\n");
		assert_in_range(heard.time, clock_unix_ms() - 1005000, clock_unix_ms());
		append_of_zone("UTC0", "1 10.0.0.1/1 query[A] two.org from 10.0.0.1", zones[i]);
		run();
		assert_int_equal(heard.time, 0);
		source = dns_source_free(source);
		/* nor does it take a past to learn the zone from */
		unlink(path);
		assert_int_equal(begin(false, path), 0);
		run();
		heard.time = 1;
		append_of_zone("UTC0", "2 10.0.0.1/1 query[A] three.org from 10.0.0.1", zones[i]);
		run();
		assert_int_equal(heard.asked, 3);
		assert_int_equal(heard.time, 0);
		source = dns_source_free(source);
	}
	if (before)
		setenv("TZ", before, 1);
	else
		unsetenv("TZ");
	free(before);
	tzset();
}

static void test_missing_log(void **state)
{
	(void)state;
	assert_int_equal(begin(false, path), 0);
	run();
	assert_string_equal(row(0)->state, "missing");
	assert_non_null(strstr(row(0)->detail, path));
	assert_int_equal(reports, 1);
	run();
	assert_int_equal(reports, 1);
	append(0, "1 10.0.0.1/1 query[A] two.org from 10.0.0.1");
	run();
	assert_string_equal(row(0)->state, "ok");
	assert_int_equal(reports, 2);
	assert_int_equal(heard.asked, 1);
}

/* A log without a question says how to have them; and again nothing once there is one. */
static void test_quiet(void **state)
{
	(void)state;
	append(0, "started, version 2.90 cachesize 150");
	assert_int_equal(begin(false, path), 0);
	run();
	assert_string_equal(said, "");
	for (int i = 0; i < 61; i++)
		dns_source_check(source);
	assert_non_null(strstr(said, "log-queries=extra"));
	assert_string_equal(row(0)->state, "ok");
	append(0, "1 10.0.0.1/1 query[A] two.org from 10.0.0.1");
	run();
	assert_string_equal(said, "");
}

static void test_no_plain_file(void **state)
{
	(void)state;
	assert_int_equal(begin(false, folder), 0);
	run();
	assert_string_equal(row(0)->state, "broken");
	assert_non_null(strstr(said_of, folder));
}

static void test_many(void **state)
{
	char paths[DNS_SOURCE_LOGS_MAX][144];
	const char *logs[DNS_SOURCE_LOGS_MAX + 1] = {[DNS_SOURCE_LOGS_MAX] = path};

	(void)state;
	for (int i = 0; i < DNS_SOURCE_LOGS_MAX; i++) {
		snprintf(paths[i], sizeof(paths[i]), "%s.%d", path, i);
		logs[i] = paths[i];
	}
	assert_int_equal(begin_with(true, logs, DNS_SOURCE_LOGS_MAX), 0);
	assert_int_equal(sources.count, DNS_SOURCE_LOGS_MAX + 1);
	source = dns_source_free(source);
	assert_int_equal(begin_with(true, logs, DNS_SOURCE_LOGS_MAX + 1), -EINVAL);
	assert_int_equal(begin(false, "dnsmasq.log"), -EINVAL);
	assert_int_equal(sources.count, 0);
}

/* The journal and a log at once: each is credited by itself. */
static void test_journal(void **state)
{
	static const struct journal_entry entries[] = {
	    {.identifier = "dnsmasq", .pid = 7, .age_ms = 60000, .message = "query[A] one.org from 10.0.0.1"},
	    {.identifier = "dnsmasq", .pid = 7, .age_ms = 60000, .message = "forwarded one.org to 192.0.2.1"},
	    {.identifier = "dnsmasq", .pid = 8, .age_ms = 60000, .message = "query[A] two.org from 10.0.0.2"},
	    {.identifier = "dnsmasq", .pid = 7, .age_ms = 60000, .message = "reply one.org is <CNAME>"},
	    {.identifier = "dnsmasq", .pid = 8, .age_ms = 60000, .message = "cached two.org is 203.0.113.2"},
	    {.identifier = "dnsmasq", .pid = 7, .age_ms = 60000, .message = "reply cdn.net is 203.0.113.1"},
	    /* as programs write it that do not know the journal */
	    {.identifier = "dnsmasq",
	     .pid = 9,
	     .message = "dnsmasq[9]: 5 10.0.0.3/1 query[A] three.org from 10.0.0.3"},
	    {.identifier = "dnsmasq", .pid = 9, .message = "dnsmasq-dhcp[9]: query[A] no.org from 10.0.0.3"},
	};

	(void)state;
	if (!journal_can_write())
		skip();
	journal_write(folder, "a", entries, ELEMENTS_OF(entries));
	assert_int_equal(begin(true, path), 0);
	run();
	assert_string_equal(heard_text(&heard), "asked 10.0.0.1 one.org - -\n"
						"asked 10.0.0.2 two.org - -\n"
						"result 10.0.0.2 two.org - answered\n"
						"address 10.0.0.2 two.org 203.0.113.2 -\n"
						"result 10.0.0.1 one.org - answered\n"
						"address 10.0.0.1 one.org 203.0.113.1 -\n"
						"asked 10.0.0.3 three.org - -\n");
	append(0, "reply one.org is 203.0.113.9");
	run();
	assert_string_equal(heard_text(&heard), "address - one.org 203.0.113.9 -\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_nothing),	    TEST(test_log),	TEST(test_log_of_another_zone),
	    TEST(test_missing_log), TEST(test_quiet),	TEST(test_no_plain_file),
	    TEST(test_many),	    TEST(test_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
