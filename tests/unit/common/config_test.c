/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "util.h"

struct settings {
	bool on;
	int64_t interval;
	char name[CONFIG_TEXT_MAX];
	struct config_networks home;
	struct config_list files;
};

static const char *check_name(const char *value)
{
	return *value == 'x' ? "a name that does not begin with x" : NULL;
}

static const struct config_option options[] = {
    {"feed", "on", CONFIG_BOOL, offsetof(struct settings, on), 0, 0, NULL, "yes", "Switches it.", NULL},
    {"feed", "interval", CONFIG_NUMBER, offsetof(struct settings, interval), 100, 60000, "ms", "1000",
     "Time.", NULL},
    {"site", "name", CONFIG_TEXT, offsetof(struct settings, name), 0, 0, NULL, "home", "Name.", check_name},
    {"networks", "home", CONFIG_NETWORKS, offsetof(struct settings, home), 0, 0, NULL, "", "Home.", NULL},
    {"geo", "files", CONFIG_LIST, offsetof(struct settings, files), 0, 0, NULL, "", "Files.", NULL},
    {0},
};

static const struct config_program program = {
    .name = "test",
    .summary = "A test.",
    .version = "1.2.3",
    .options = options,
};

/* Runs config_load on arguments that end with NULL; what it wrote to standard error goes to messages. */
static int load(struct settings *s, enum config_action *action, char *messages, size_t size,
		const char *const *arguments)
{
	int argc = 0, r, saved = dup(2), file = memfd_create("stderr", 0);
	ssize_t n;

	while (arguments[argc])
		argc++;
	memset(s, 0, sizeof(*s));
	fflush(stderr);
	dup2(file, 2);
	r = config_load(&program, s, argc, (char **)arguments, action);
	fflush(stderr);
	dup2(saved, 2);
	n = pread(file, messages, size - 1, 0);
	messages[n < 0 ? 0 : n] = 0;
	close(file);
	close(saved);
	return r;
}

#define LOAD(...) load(&s, &action, messages, sizeof(messages), (const char *[]){"test", ##__VA_ARGS__, NULL})

static char ini_path[] = "/tmp/connvis-config-test-XXXXXX";

static int write_ini(const char *text)
{
	FILE *f = fopen(ini_path, "w");

	if (!f)
		return -errno;
	fputs(text, f);
	return fclose(f);
}

static void the_defaults_hold(void **state)
{
	enum config_action action;
	char messages[4096];
	struct settings s;

	(void)state;
	assert_int_equal(LOAD(), 0);
	assert_int_equal(action, CONFIG_RUN);
	assert_true(s.on);
	assert_int_equal(s.interval, 1000);
	assert_string_equal(s.name, "home");
	assert_int_equal(s.home.n, 0);
}

static void the_command_line_wins_over_the_file(void **state)
{
	enum config_action action;
	char messages[4096];
	struct settings s;

	(void)state;
	write_ini(
	    "; a comment\n[feed]\non = no\ninterval = 2000\n\n[networks]\nhome = 192.168.1.0/24, fd00::/64\n"
	    "[geo]\nfiles = /a /b\n");
	assert_int_equal(LOAD("--set", "feed.interval=3000", "--config", ini_path, "--check-config"), 0);
	assert_int_equal(action, CONFIG_CHECK);
	assert_false(s.on);
	assert_int_equal(s.interval, 3000);
	assert_int_equal(s.home.n, 2);
	assert_int_equal(s.files.n, 2);
	assert_string_equal(s.files.items[1], "/b");
	assert_int_equal(LOAD("--config=/dev/null", "--set=site.name=a=b"), 0);
	assert_string_equal(s.name, "a=b");
}

static void a_problem_names_file_line_and_what_to_do(void **state)
{
	enum config_action action;
	char messages[4096], expected[256];
	struct settings s;

	(void)state;
	write_ini(
	    "[feed]\n# so far so good\ninterva = 5\ninterval = 5\n[site]\nname = xavier\n[networks]\nhome = 1.2.3\n");
	assert_int_equal(LOAD("--config", ini_path), -EINVAL);
	snprintf(expected, sizeof(expected),
		 "%s, line 3: there is no option \"feed.interva\"; did you mean \"feed.interval\"?",
		 ini_path);
	assert_non_null(strstr(messages, expected));
	snprintf(expected, sizeof(expected),
		 "%s, line 4: feed.interval is \"5\", but must be a whole number from 100 to 60000 ms",
		 ini_path);
	assert_non_null(strstr(messages, expected));
	assert_non_null(strstr(
	    messages, "line 6: site.name is \"xavier\", but must be a name that does not begin with x"));
	assert_non_null(strstr(messages, "line 8: networks.home"));
}

static void a_long_line_is_a_problem(void **state)
{
	enum config_action action;
	char messages[4096], text[600];
	struct settings s;

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text, "[site]\nname = ", 14);
	text[sizeof(text) - 1] = 0;
	write_ini(text);
	assert_int_equal(LOAD("--config", ini_path), -EINVAL);
	assert_non_null(strstr(messages, "line 2: is longer than"));
}

static void the_command_line_is_checked(void **state)
{
	static const char *const bad[][3] = {
	    {"--set", "feed.on=perhaps", "feed.on is \"perhaps\", but must be yes or no"},
	    {"--set", "feed.on", "--set takes section.key=value"},
	    {"--set", "on=yes", "--set takes section.key=value"},
	    {"--set", "a.b=c", "there is no option \"a.b\""},
	    {"--set", NULL, "--set needs a value"},
	    {"--config", "/nonexistent/file", "cannot be read: No such file"},
	    {"--frobnicate", NULL, "\"--frobnicate\" is not known"},
	    {"--set", "feed.interval=1e3", "a whole number"},
	    {"--set", "feed.interval=99999999999999999999", "a whole number"},
	    {"--set", "feed.interval=", "a whole number"},
	};
	enum config_action action;
	char messages[4096];
	struct settings s;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		assert_int_equal(LOAD(bad[i][0], bad[i][1]), -EINVAL);
		assert_non_null(strstr(messages, bad[i][2]));
	}
}

static int make_file(void **state)
{
	(void)state;
	return close(mkstemp(ini_path));
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(ini_path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_defaults_hold),
	    cmocka_unit_test(the_command_line_wins_over_the_file),
	    cmocka_unit_test(a_problem_names_file_line_and_what_to_do),
	    cmocka_unit_test(a_long_line_is_a_problem),
	    cmocka_unit_test(the_command_line_is_checked),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
