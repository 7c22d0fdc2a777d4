/* SPDX-License-Identifier: MIT */
#include "config_reload.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "util.h"

struct settings {
	bool on, fixed_on;
	int64_t interval;
	char name[CONFIG_TEXT_MAX], fixed_name[CONFIG_TEXT_MAX];
	int level;
	struct config_networks home;
	struct config_list files, hosts;
};

#define CONFIG_SETTINGS struct settings
#include "config_table.h"

static const struct config_option options[] = {
    {"a", "on", BOOL(on), .live = true, .fallback = "yes", .help = "On."},
    {"a", "fixed", BOOL(fixed_on), .fallback = "yes", .help = "On from the start."},
    {"a", "interval", NUMBER(interval, 1, 100), .live = true, .fallback = "7", .help = "Interval."},
    {"a", "name", TEXT(name), .live = true, .fallback = "", .help = "Name."},
    {"a", "other", TEXT(fixed_name), .fallback = "x", .help = "Another."},
    {"a", "level", CHOICE(level, config_log_levels), .live = true, .fallback = "info", .help = "Level."},
    {"b", "home", NETWORKS(home), .live = true, .fallback = "", .help = "Home."},
    {"b", "files", LIST(files, 5), .live = true, .fallback = "", .help = "Files."},
    {"b", "hosts", WORDS(hosts, 0, 5), .fallback = "here", .help = "Hosts."},
    {0},
};

static const struct config_program program = {
    .name = "test", .summary = "A test.", .version = "1", .options = options};

static char path[] = "/tmp/connvis-reload-test-XXXXXX";
static char *arguments[] = {(char *)"test",  (char *)"--config",      path,
			    (char *)"--set", (char *)"a.level=error", NULL};
static char said[4096];
static struct settings s;

static void say(enum log_level level, const char *sentence)
{
	size_t used = strlen(said);

	snprintf(said + used, sizeof(said) - used, "%d %s\n", level, sentence);
}

static void write_file(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static int reload(const char *text)
{
	said[0] = '\0';
	write_file(text);
	return config_reload(&program, &s, sizeof(s), ELEMENTS_OF(arguments) - 1, arguments, say);
}

static void start(const char *text)
{
	enum config_action action;

	write_file(text);
	assert_int_equal(config_load(&program, &s, ELEMENTS_OF(arguments) - 1, arguments, &action), 0);
}

static int setup(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static int finish(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

static int done(void **state)
{
	(void)state;
	config_free(&program, &s);
	s = (struct settings){};
	return 0;
}

static void what_is_as_it_was_changes_nothing(void **state)
{
	(void)state;
	start("[a]\nname = one\n[b]\nhome = 10.0.0.0/8\nfiles = /x, /y\n");
	assert_int_equal(reload("[a]\nname = one\n[b]\nhome = 10.0.0.0/8\nfiles = /x\nfiles = /y\n"), 0);
	assert_string_equal(said, "6 The configuration was read again: nothing in it is new.\n");
}

static void each_type_changes(void **state)
{
	(void)state;
	start("[a]\nname = one\n[b]\nhome = 10.0.0.0/8\nfiles = /x, /y\n");
	assert_int_equal(
	    reload("[a]\non = no\ninterval = 9\nname = two\n[b]\nhome = 10.0.0.0/9\nfiles = /x, /z\n"), 0);
	assert_string_equal(
	    said, "6 The configuration was read again: changed at once are a.on, a.interval, a.name, "
		  "b.home, b.files.\n");
	assert_false(s.on);
	assert_int_equal(s.interval, 9);
	assert_string_equal(s.name, "two");
	/* an IPv4 network counts as one of IPv6 */
	assert_int_equal(s.home.items[0].length, 96 + 9);
	assert_int_equal(s.files.n, 2);
	assert_string_equal(s.files.items[1], "/z");
	/* what is gone from the file has its default again; the command line still wins */
	assert_int_equal(reload("[a]\nlevel = debug\n"), 0);
	assert_true(s.on);
	assert_int_equal(s.files.n, 0);
	assert_int_equal(s.level, LOG_LEVEL_ERROR);
}

static void what_cannot_change_is_named_each_time(void **state)
{
	static const char waits[] = "4 Restart to change a.fixed, a.other, b.hosts.\n";

	(void)state;
	start("");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(reload("[a]\nfixed = no\nother = y\n[b]\nhosts = there\n"), 0);
		assert_non_null(strstr(said, "nothing of what is new can change at once.\n"));
		assert_non_null(strstr(said, waits));
		assert_true(s.fixed_on);
		assert_string_equal(s.fixed_name, "x");
		assert_string_equal(s.hosts.items[0], "here");
	}
}

static void a_fault_leaves_all_as_it_was(void **state)
{
	char expected[128];

	(void)state;
	start("[a]\nname = one\n[b]\nfiles = /x\n");
	assert_int_equal(reload("[a]\nname = two\n[b]\nfiles = /y\nhome = nowhere\n"), -EINVAL);
	snprintf(expected, sizeof(expected), "3 %s, line 5: b.home is \"nowhere\", but must be networks",
		 path);
	assert_memory_equal(said, expected, strlen(expected));
	assert_non_null(strstr(
	    said, "3 The configuration was read again and is not taken, so everything stays as it was.\n"));
	assert_string_equal(s.name, "one");
	assert_string_equal(s.files.items[0], "/x");
	unlink(path);
	said[0] = '\0';
	assert_int_equal(config_reload(&program, &s, sizeof(s), ELEMENTS_OF(arguments) - 1, arguments, say),
			 -EINVAL);
	snprintf(expected, sizeof(expected), "3 %s: cannot be read: No such file or directory\n", path);
	assert_memory_equal(said, expected, strlen(expected));
	assert_string_equal(s.name, "one");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(what_is_as_it_was_changes_nothing, done),
	    cmocka_unit_test_teardown(each_type_changes, done),
	    cmocka_unit_test_teardown(what_cannot_change_is_named_each_time, done),
	    cmocka_unit_test_teardown(a_fault_leaves_all_as_it_was, done),
	};

	return cmocka_run_group_tests(tests, setup, finish);
}
