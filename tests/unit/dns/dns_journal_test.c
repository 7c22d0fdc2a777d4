/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
#include "dns_journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <systemd/sd-id128.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "journal.h"
#include "settle.h"
#include "util.h"

#define DROPPED "MESSAGE_ID=a596d6fe7bfa4994828e72309e95d61e\n"

static struct worker *writer;
static char folder[64], state_folder[128];
static char lines[262144];
static size_t used;
static unsigned n_lines;
static uint64_t lost, last_age;
static sd_event *event;
static struct dns_journal *journal;

static void take_line(void *data, const char *text, size_t length, uint64_t when)
{
	uint64_t now = clock_unix_ms();

	(void)data;
	assert_true(when <= now && when + 2 * DNS_JOURNAL_PAST_MS > now);
	last_age = now - when;
	n_lines++;
	if (used + length + 32 < sizeof(lines))
		used += (size_t)snprintf(lines + used, sizeof(lines) - used, "%u %.*s|",
					 dns_journal_pid(journal), (int)length, text);
}

static void take_loss(void *data, uint64_t count, uint64_t when)
{
	(void)data;
	(void)when;
	lost += count;
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/dns_journal_test.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(state_folder, sizeof(state_folder), "%s.state", folder);
	used = n_lines = 0;
	lost = 0;
	return mkdir(state_folder, 0700) < 0 ? -1 : sd_event_new(&event);
}

/* As at the program's end. */
static void stop(void)
{
	journal = dns_journal_free(journal);
	writer = worker_free(writer, true, 10000);
}

static int tear_down(void **state)
{
	char command[256];

	(void)state;
	stop();
	event = sd_event_unref(event);
	snprintf(command, sizeof(command), "rm -rf %s %s", folder, state_folder);
	return system(command);
}

static void follow_unit(bool past, const char *unit)
{
	static const struct dns_journal_listener listener = {take_line, take_loss};
	struct dns_journal_options options = {
	    .unit = unit, .folder = folder, .state_folder = state_folder, .past = past};

	if (!writer)
		assert_int_equal(worker_new(&writer, event), 0);
	options.writer = writer;
	assert_int_equal(dns_journal_new(&journal, event, &options, &listener, NULL), 0);
}

static void follow(bool past)
{
	follow_unit(past, "");
}

static void assert_lines(const char *expected)
{
	settle(event);
	lines[used] = '\0';
	assert_string_equal(lines, expected);
	used = 0;
}

static void write_one(const char *name, const char *message)
{
	const struct journal_entry e = {
	    .identifier = "dnsmasq", .unit = "dnsmasq.service", .pid = 7, .message = message};

	journal_write(folder, name, &e, 1);
}

static void test_past(void **state)
{
	static const struct journal_entry entries[] = {
	    {.identifier = "dnsmasq",
	     .pid = 1,
	     .age_ms = DNS_JOURNAL_PAST_MS + 3600000,
	     .message = "too old"},
	    {.identifier = "dnsmasq", .pid = 1, .age_ms = 60000, .message = "one"},
	    {.identifier = "sshd", .pid = 2, .age_ms = 50000, .message = "not this"},
	    {.identifier = "dnsmasq-dhcp", .pid = 1, .age_ms = 50000, .message = "nor this"},
	    {.identifier = "dnsmasq", .age_ms = 40000, .message = "two"},
	    {.identifier = "dnsmasq", .pid = 4294967295u, .age_ms = 30000, .message = "three"},
	};

	(void)state;
	journal_write(folder, "a", entries, ELEMENTS_OF(entries));
	follow(true);
	assert_lines("1 one|0 two|4294967295 three|");
	write_one("a", "four");
	assert_lines("7 four|");
	assert_int_equal(dns_journal_error(journal), 0);
}

static void test_no_past(void **state)
{
	(void)state;
	write_one("a", "one");
	follow(false);
	assert_lines("");
	write_one("a", "two");
	write_one("a", "three");
	assert_lines("7 two|7 three|");
	/* the journal is rotated: another file goes on */
	write_one("b", "four");
	dns_journal_check(journal);
	assert_lines("7 four|");
}

static void test_nothing_of_ours(void **state)
{
	static const struct journal_entry other = {.identifier = "sshd", .pid = 2, .message = "x"};

	(void)state;
	journal_write(folder, "a", &other, 1);
	follow(false);
	assert_lines("");
	write_one("a", "one");
	assert_lines("7 one|");
}

/* A restart misses nothing, and reads nothing twice. */
static void test_place(void **state)
{
	(void)state;
	write_one("a", "one");
	follow(false);
	assert_lines("");
	write_one("a", "two");
	assert_lines("7 two|");
	stop();
	write_one("a", "three");
	write_one("b", "four");
	follow(false);
	assert_lines("7 three|7 four|");
	stop();
	follow(false);
	assert_lines("");
	stop();
	/* with the past all is read once */
	follow(true);
	assert_lines("7 one|7 two|7 three|7 four|");
	stop();
	/* the file that the place is in has gone, as old ones do */
	write_one("c", "five");
	write_one("c", "six");
	{
		char command[256];

		snprintf(command, sizeof(command), "rm %s/a.journal %s/b.journal", folder, folder);
		assert_int_equal(system(command), 0);
	}
	follow(false);
	assert_lines("7 five|7 six|");
}

/* Lines of this boot from before its clock was set. */
static void test_clock_of_1970(void **state)
{
	struct journal_entry e = {
	    .identifier = "dnsmasq", .pid = 7, .clock_ms = 9000, .this_boot = true, .message = "one"};

	(void)state;
	e.age_ms = 60000;
	journal_write(folder, "a", &e, 1);
	follow(true);
	assert_lines("7 one|");
	assert_in_range(last_age, 60000, 65000);
	/* and where its place is one of then */
	stop();
	e.age_ms = 50000;
	e.message = "two";
	journal_write(folder, "a", &e, 1);
	e.age_ms = 0;
	e.clock_ms = 0;
	e.message = "three";
	journal_write(folder, "a", &e, 1);
	follow(false);
	assert_lines("7 two|7 three|");
	assert_in_range(last_age, 0, 5000);
}

/* A boot whose clock is behind that of the one before. */
static void test_from_the_future(void **state)
{
	char more[64], id[SD_ID128_STRING_MAX];
	struct journal_entry e = {.identifier = "dnsmasq", .pid = 7, .message = "one", .more = more};
	sd_id128_t machine;
	bool too_old;

	(void)state;
	if (sd_id128_get_machine(&machine) < 0)
		skip();
	snprintf(more, sizeof(more), "_MACHINE_ID=%s\n", sd_id128_to_string(machine, id));
	e.clock_ms = clock_unix_ms() + 3600000;
	journal_write(folder, "a", &e, 1);
	/* it is from before this boot: where that is longer ago than what is of use, so is the line */
	too_old = clock_ms() >= DNS_JOURNAL_PAST_MS;
	follow(true);
	assert_lines(too_old ? "" : "7 one|");
	assert_true(too_old || last_age + 1000 >= clock_ms());
}

/* It is older than what is of use: that alone is read. */
static void test_old_place(void **state)
{
	struct journal_entry e = {
	    .identifier = "dnsmasq", .pid = 7, .age_ms = DNS_JOURNAL_PAST_MS + 7200000, .message = "one"};

	(void)state;
	journal_write(folder, "a", &e, 1);
	follow(false);
	assert_lines("");
	e.message = "two";
	journal_write(folder, "a", &e, 1);
	assert_lines("7 two|");
	stop();
	e.message = "three";
	journal_write(folder, "a", &e, 1);
	write_one("a", "four");
	follow(false);
	assert_lines("7 four|");
	e.message = "five"; /* another machine's clock may be behind */
	journal_write(folder, "a", &e, 1);
	assert_lines("7 five|");
}

static void test_place_is_garbage(void **state)
{
	static const char *const bad[] = {
	    "", "garbage", "connvis-journal-place 1\ngarbage\nend\n",
	    "connvis-journal-place 1\ns=1;i=2;b=3;m=4;t=ffffffffffffff;x=5\nend\n",
	    ("connvis-journal-place 1\ns=0123456789abcdef0123456789abcdef;i=9;"
	     "b=0123456789abcdef0123456789abcdef;m=4;t=ffffffffffffff;x=5\nend\n")};
	char path[256];

	(void)state;
	snprintf(path, sizeof(path), "%s/journal-place", state_folder);
	write_one("a", "old");
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		FILE *f = fopen(path, "w");

		assert_non_null(f);
		fputs(bad[i], f);
		fclose(f);
		follow(false);
		settle(event);
		used = 0;
		write_one("a", "new");
		assert_lines("7 new|");
		stop();
	}
}

static void test_state_folder_is_missing(void **state)
{
	(void)state;
	assert_int_equal(rmdir(state_folder), 0);
	follow(true);
	write_one("a", "one");
	for (int i = 0; i < 31; i++)
		dns_journal_check(journal);
	settle(event);
	for (int i = 0; i < 31; i++)
		dns_journal_check(journal);
	assert_lines("7 one|");
	/* it is saved beside the loop */
	for (int i = 0; i < 1000 && !dns_journal_save_error(journal); i++)
		sd_event_run(event, 10000);
	assert_int_equal(dns_journal_save_error(journal), -ENOENT);
}

static void test_unit(void **state)
{
	static const struct journal_entry entries[] = {
	    {.identifier = "dnsmasq", .unit = "other.service", .pid = 1, .message = "one"},
	    {.identifier = "pihole-FTL", .unit = "home.service", .pid = 1, .message = "two"},
	    {.unit = "home.service", .pid = 1, .message = "three"},
	};

	(void)state;
	journal_write(folder, "a", entries, ELEMENTS_OF(entries));
	follow_unit(true, "home");
	assert_lines("1 two|1 three|");
}

static void test_dropped(void **state)
{
	static const struct journal_entry entries[] = {
	    {.identifier = "systemd-journald",
	     .message = "Suppressed 42 messages from dnsmasq.service",
	     .more = DROPPED "N_DROPPED=42\n"},
	    {.identifier = "systemd-journald",
	     .message = "Suppressed 1000 messages from sshd.service",
	     .more = DROPPED "N_DROPPED=1000\n"},
	    {.identifier = "systemd-journald",
	     .message = "Suppressed 9 messages from dnsmasq@home.service",
	     .more = DROPPED "N_DROPPED=9\n"},
	    /* whoever says so without being journald's message is not believed */
	    {.identifier = "dnsmasq",
	     .message = "Suppressed 5 messages from dnsmasq.service",
	     .more = "N_DROPPED=5\n"},
	    {.identifier = "systemd-journald",
	     .message = "Suppressed 7 messages from dnsmasq.service",
	     .more = DROPPED},
	};

	(void)state;
	journal_write(folder, "a", entries, ELEMENTS_OF(entries));
	follow(true);
	settle(event);
	assert_int_equal(lost, 51);
	assert_int_equal(n_lines, 0);
}

static void test_missing(void **state)
{
	(void)state;
	assert_int_equal(rmdir(folder), 0);
	follow(false);
	settle(event);
	assert_int_equal(dns_journal_error(journal), -ENOENT);
	assert_int_equal(mkdir(folder, 0700), 0);
	for (int i = 0; i < 5; i++)
		dns_journal_check(journal);
	assert_int_equal(dns_journal_error(journal), -ENOENT);
	write_one("a", "one");
	for (int i = 0; i < 5; i++)
		dns_journal_check(journal);
	assert_int_equal(dns_journal_error(journal), 0);
	settle(event);
	used = 0;
	write_one("a", "two");
	assert_lines("7 two|");
}

/* Garbage in place of a journal file harms nobody. */
static void test_broken_file(void **state)
{
	char path[256];
	FILE *f;

	(void)state;
	write_one("a", "one");
	snprintf(path, sizeof(path), "%s/b.journal", folder);
	f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 10000; i++)
		fputc(i * 7 % 256, f);
	fclose(f);
	follow(true);
	assert_lines("7 one|");
	assert_int_equal(truncate(path, 100), 0);
	write_one("a", "two");
	assert_lines("7 two|");
}

/* Much of the past is read in pieces, in its order, to the last line. */
static void test_much(void **state)
{
	static struct journal_entry entries[5000];
	static char messages[5000][16];

	(void)state;
	for (unsigned i = 0; i < ELEMENTS_OF(entries); i++) {
		snprintf(messages[i], sizeof(messages[i]), "%u", i);
		entries[i] = (struct journal_entry){
		    .identifier = "dnsmasq", .pid = 1, .age_ms = 100000 - 10 * i, .message = messages[i]};
	}
	journal_write(folder, "a", entries, ELEMENTS_OF(entries));
	follow(true);
	for (uint64_t end = clock_ms() + 20000; n_lines < ELEMENTS_OF(entries) && clock_ms() < end;)
		settle(event);
	assert_int_equal(n_lines, ELEMENTS_OF(entries));
	lines[used] = '\0';
	for (unsigned i = 0, at = 0; i < ELEMENTS_OF(entries); i++) {
		char expected[32];

		at += (unsigned)snprintf(expected, sizeof(expected), "1 %u|", i);
		assert_int_equal(strncmp(lines + at - strlen(expected), expected, strlen(expected)), 0);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_past),
	    TEST(test_no_past),
	    TEST(test_nothing_of_ours),
	    TEST(test_place),
	    TEST(test_clock_of_1970),
	    TEST(test_from_the_future),
	    TEST(test_old_place),
	    TEST(test_place_is_garbage),
	    TEST(test_state_folder_is_missing),
	    TEST(test_unit),
	    TEST(test_dropped),
	    TEST(test_missing),
	    TEST(test_broken_file),
	    TEST(test_much),
	};

	if (!journal_can_write()) {
		print_message("Left out: there is no systemd-journal-remote.\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
