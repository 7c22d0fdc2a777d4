/* SPDX-License-Identifier: MIT */
/* Real files, as dnsmasq, logrotate and Pi-hole treat them. */
#include "dns_log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "settle.h"
#include "util.h"

static char folder[64], path[128], other[128];
static char lines[65536];
static size_t used;
static unsigned n_lines, n_past, gaps, losses;
static sd_event *event;
static struct dns_log *follower;

static void take_line(void *data, const char *text, size_t length, bool past)
{
	(void)data;
	n_past += past;
	n_lines++;
	if (used + length + 2 < sizeof(lines))
		used += (size_t)snprintf(lines + used, sizeof(lines) - used, "%.*s|", (int)length, text);
}

static void take_gap(void *data, bool lost)
{
	(void)data;
	gaps++;
	losses += lost;
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/dns_log_test.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/dnsmasq.log", folder);
	snprintf(other, sizeof(other), "%s/dnsmasq.log.1", folder);
	used = n_lines = n_past = gaps = losses = 0;
	return sd_event_new(&event);
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	follower = dns_log_free(follower);
	event = sd_event_unref(event);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void follow(bool past)
{
	static const struct dns_log_listener listener = {take_line, take_gap, NULL};

	assert_int_equal(dns_log_new(&follower, event, path, past, &listener, NULL), 0);
}

static void append_to(const char *to, const char *text)
{
	_cleanup_(cleanup_fclose) FILE *f = fopen(to, "a");

	assert_non_null(f);
	fputs(text, f);
}

static void append(const char *text)
{
	append_to(path, text);
}

/* Runs the loop until it has been quiet for longer than the pace; nobody asks for a check. */
static void assert_lines(const char *expected)
{
	settle(event);
	lines[used] = '\0';
	assert_string_equal(lines, expected);
	used = 0;
}

static void test_grows(void **state)
{
	(void)state;
	append("old\n");
	follow(false);
	assert_lines("");
	append("one\ntwo\n");
	assert_lines("one|two|");
	append("thr");
	assert_lines("");
	append("ee\nfour\n\nfi");
	assert_lines("three|four||");
	append("ve\n");
	assert_lines("five|");
	assert_int_equal(dns_log_error(follower), 0);
	assert_int_equal(gaps, 0);
}

static void test_past(void **state)
{
	(void)state;
	append("one\ntwo\nhal");
	follow(true);
	assert_lines("one|two|");
	assert_int_equal(n_past, 2);
	/* it began in the past */
	append("f\n");
	assert_lines("half|");
	assert_int_equal(n_past, 3);
	append("now\n");
	assert_lines("now|");
	assert_int_equal(n_past, 3);
}

/* Without the past, half a line that was there before is no line. */
static void test_starts_in_a_line(void **state)
{
	(void)state;
	append("one\nhal");
	follow(false);
	append("f\nthree\n");
	assert_lines("three|");
}

static void test_not_there_yet(void **state)
{
	(void)state;
	follow(false);
	settle(event);
	assert_int_equal(dns_log_error(follower), -ENOENT);
	append("one\n");
	assert_lines("one|");
	assert_int_equal(dns_log_error(follower), 0);
}

/* logrotate: the file gets another name, dnsmasq writes on to it until it is told, then to a new one. */
static void test_rotation(void **state)
{
	(void)state;
	append("one\n");
	follow(true);
	assert_lines("one|");
	assert_int_equal(rename(path, other), 0);
	append_to(other, "two\n");
	assert_lines("two|");
	append("");
	append_to(other, "three\n");
	assert_lines("three|");
	append_to(other, "four\n");
	append("five\n");
	assert_lines("four|five|");
	append("six\n");
	assert_lines("six|");
	assert_int_equal(unlink(path), 0);
	append("seven\n");
	assert_lines("seven|");
}

/* Rotated again before anybody looked: the file between was never read, and that is said. */
static void test_rotated_twice(void **state)
{
	char third[140];

	(void)state;
	snprintf(third, sizeof(third), "%s.2", path);
	append("one\n");
	follow(true);
	assert_lines("one|");
	for (int i = 0; i < 3; i++) { /* once is no loss */
		assert_int_equal(rename(path, other), 0);
		append("two\n");
		assert_lines("two|");
	}
	assert_int_equal(losses, 0);
	assert_int_equal(rename(path, other), 0);
	append("three\n");
	assert_int_equal(rename(other, third), 0);
	assert_int_equal(rename(path, other), 0);
	append("four\n");
	assert_lines("four|");
	assert_int_equal(losses, 1);
}

static void test_truncation(void **state)
{
	(void)state;
	append("one\ntwo\nhal");
	follow(true);
	assert_lines("one|two|");
	assert_int_equal(truncate(path, 0), 0);
	settle(event);
	append("three\n");
	assert_lines("three|");
	assert_int_equal(gaps, 1);
	assert_int_equal(truncate(path, 0), 0);
	append("x\n");
	assert_lines("x|");
	assert_int_equal(gaps, 2);
}

static void test_long_lines(void **state)
{
	char *text = malloc(3 * DNS_LOG_CHUNK);

	(void)state;
	assert_non_null(text);
	follow(false);
	settle(event);
	memset(text, 'x', 3 * DNS_LOG_CHUNK);
	text[3 * DNS_LOG_CHUNK - 1] = '\0';
	append("one\n");
	append(text);
	settle(event);
	append("\ntwo\n");
	assert_lines("one|two|");
	assert_int_equal(dns_log_long_lines(follower), 1);
	/* the longest that fits */
	text[DNS_LOG_CHUNK - 1] = '\0';
	append(text);
	append("\nthree\n");
	settle(event);
	assert_int_equal(used, DNS_LOG_CHUNK + 6);
	assert_int_equal(dns_log_long_lines(follower), 1);
	free(text);
}

static void test_zero_bytes(void **state)
{
	FILE *f;

	(void)state;
	follow(false);
	f = fopen(path, "w");
	assert_non_null(f);
	fwrite("a\0b\n\0\nc\n", 1, 8, f);
	fclose(f);
	settle(event);
	assert_int_equal(n_lines, 3);
}

static void test_no_plain_file(void **state)
{
	(void)state;
	assert_int_equal(mkdir(path, 0700), 0);
	follow(true);
	settle(event);
	assert_int_equal(dns_log_error(follower), -EISDIR);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	dns_log_check(follower);
	settle(event);
	assert_int_equal(dns_log_error(follower), -EISDIR);
	assert_int_equal(unlink(path), 0);
	append("one\n");
	assert_lines("one|");
}

/* A folder that comes later is not watched: the check finds the file. */
static void test_no_folder(void **state)
{
	(void)state;
	assert_int_equal(rmdir(folder), 0);
	follow(true);
	settle(event);
	assert_int_equal(dns_log_error(follower), -ENOENT);
	assert_int_equal(mkdir(folder, 0700), 0);
	append("one\n");
	dns_log_check(follower);
	assert_lines("one|");
	append("two\n");
	assert_lines("two|");
}

static void test_forbidden(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	append("one\n");
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(seteuid(65534), 0);
	follow(true);
	settle(event);
	assert_int_equal(dns_log_error(follower), -EACCES);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(seteuid(65534), 0);
	dns_log_check(follower);
	assert_lines("one|");
	assert_int_equal(seteuid(0), 0);
}

/* Much at once: all of it, in pieces, and only so much of the past. */
static void test_much(void **state)
{
	_cleanup_(cleanup_fclose) FILE *f = fopen(path, "w");
	unsigned written = 0;
	char line[128];

	(void)state;
	assert_non_null(f);
	memset(line, 'x', sizeof(line));
	line[99] = '\n';
	for (; (written + 1) * 100 < DNS_LOG_PAST_MAX + 1000000; written++)
		fwrite(line, 1, 100, f);
	fflush(f);
	follow(true);
	for (uint64_t end = clock_ms() + 20000; n_lines < DNS_LOG_PAST_MAX / 100 && clock_ms() < end;)
		sd_event_run(event, 10000);
	settle(event);
	/* the first one was not whole */
	assert_int_equal(n_lines, DNS_LOG_PAST_MAX / 100 - (DNS_LOG_PAST_MAX % 100 ? 0 : 1));
}

static void test_bad_path(void **state)
{
	static const struct dns_log_listener listener = {take_line, take_gap, NULL};

	(void)state;
	assert_int_equal(dns_log_new(&follower, event, "relative.log", true, &listener, NULL), -EINVAL);
	assert_int_equal(dns_log_new(&follower, event, "", true, &listener, NULL), -EINVAL);
	assert_null(follower);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_grows),	      TEST(test_past),	     TEST(test_starts_in_a_line),
	    TEST(test_not_there_yet), TEST(test_rotation),   TEST(test_rotated_twice),
	    TEST(test_truncation),    TEST(test_long_lines), TEST(test_zero_bytes),
	    TEST(test_no_plain_file), TEST(test_no_folder),  TEST(test_forbidden),
	    TEST(test_much),	      TEST(test_bad_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
