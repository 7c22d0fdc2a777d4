/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "said.h"
#include "util.h"

struct settings {
	bool on;
	int64_t interval;
	char name[CONFIG_TEXT_MAX];
	int colour;
	struct config_networks home;
	struct config_list files, hosts;
	char whom[CONFIG_TEXT_MAX];
};

#define CONFIG_SETTINGS struct settings
#include "config_table.h"

static const char *check_name(const char *value)
{
	return *value == 'x' ? "a name that does not begin with x" : NULL;
}

static const char *check_path(const char *value)
{
	return *value == '/' ? NULL : "an absolute path";
}

enum { RED = 3, GREEN = 7 };

static const struct config_choice colours[] = {{"red", RED}, {"green", GREEN}, {0}};

static const struct config_option options[] = {
    {"feed", "on", BOOL(on), .fallback = "yes", .help = "Switches it."},
    {"feed", "interval", NUMBER(interval, 100, 60000), .live = true, .unit = "ms", .fallback = "1000",
     .help = "Time."},
    {"site", "name", TEXT(name), .fallback = "home", .help = "Name.", .check = check_name},
    {"site", "colour", CHOICE(colour, colours), .fallback = "red", .help = "Colour."},
    {"networks", "home", NETWORKS(home), .fallback = "", .help = "Home."},
    {"geo", "files", LIST(files, 40), .unit = "files", .fallback = "", .help = "Files.", .check = check_path},
    {"access", "hosts", WORDS(hosts, 1, 3), .unit = "names", .fallback = "here", .help = "Hosts."},
    {0},
};

static const char *check_whole(const void *settings, char why[CONFIG_WHY_MAX])
{
	const struct settings *s = settings;

	if (s->interval != 777 || s->colour != GREEN)
		return NULL;
	snprintf(why, CONFIG_WHY_MAX, "does not go with \"%s\"", s->name);
	return "site.colour";
}

static const struct config_task tasks[] = {
    {"wave", NULL, 0, "wave"},
    {"greet", "WHOM", CONFIG_OFFSET(whom, char[CONFIG_TEXT_MAX]), "greet somebody, then exit"},
    {0},
};

static const struct config_program program = {
    .name = "test",
    .summary = "A test.",
    .version = "1.2.3",
    .options = options,
    .tasks = tasks,
    .check = check_whole,
};

/* Runs config_load on arguments that end with NULL; what it wrote to standard error goes to messages. */
static int load(struct settings *s, enum config_action *action, char *messages, size_t size,
		const char *const *arguments)
{
	struct said said;
	int argc = 0, r;

	while (arguments[argc])
		argc++;
	memset(s, 0, sizeof(*s));
	said_begin(&said, STDERR_FILENO);
	r = config_load(&program, s, argc, (char **)arguments, action);
	said_end(&said, messages, size);
	return r;
}

#define LOAD(...) load(&s, &action, messages, sizeof(messages), (const char *[]){"test", ##__VA_ARGS__, NULL})

static char ini_path[] = "/tmp/connvis-config-test-XXXXXX";

static int write_ini(const char *text, size_t length)
{
	FILE *f = fopen(ini_path, "w");

	if (!f)
		return -errno;
	fwrite(text, 1, length, f);
	return fclose(f);
}

#define WRITE(text) assert_int_equal(write_ini(text, strlen(text)), 0)

#define TEST_LOCALS                                                                                          \
	enum config_action action;                                                                           \
	char messages[4096];                                                                                 \
	struct settings s;                                                                                   \
                                                                                                             \
	(void)state

/* What the file with this text says, after config_load has refused it. */
#define REFUSED(text, sentence)                                                                              \
	do {                                                                                                 \
		char expected[512];                                                                          \
                                                                                                             \
		write_ini(text, strlen(text));                                                               \
		assert_int_equal(LOAD("--config", ini_path), -EINVAL);                                       \
		snprintf(expected, sizeof(expected), "test: %s, %s", ini_path, sentence);                    \
		if (!strstr(messages, expected))                                                             \
			fail_msg("\"%s\" is not in \"%s\"", expected, messages);                             \
	} while (0)

static void assert_items(const struct config_list *list, size_t n, const char *const *items)
{
	assert_int_equal(list->n, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(list->items[i], items[i]);
}

#define ITEMS(list, ...)                                                                                     \
	assert_items(list, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *),                           \
		     (const char *[]){__VA_ARGS__})

static void the_defaults_hold(void **state)
{
	TEST_LOCALS;
	assert_int_equal(LOAD(), 0);
	assert_int_equal(action, CONFIG_RUN);
	assert_true(s.on);
	assert_int_equal(s.interval, 1000);
	assert_string_equal(s.name, "home");
	assert_int_equal(s.colour, RED);
	assert_int_equal(s.home.n, 0);
	assert_int_equal(s.files.n, 0);
	ITEMS(&s.hosts, "here");
	config_free(&program, &s);
	assert_int_equal(s.hosts.n, 0);
}

static void the_command_line_wins_over_the_file(void **state)
{
	TEST_LOCALS;
	WRITE(
	    "; a comment\n[feed]\non = no\ninterval = 2000\n\n[networks]\nhome = 192.168.1.0/24, fd00::/64\n"
	    "[geo]\nfiles = /a, /b\n[site]\ncolour: green\n[access]\nhosts = a b\n");
	assert_int_equal(LOAD("--set", "feed.interval=3000", "--config", ini_path, "--set=access.hosts=c"),
			 0);
	assert_int_equal(action, CONFIG_RUN);
	assert_false(s.on);
	assert_int_equal(s.interval, 3000);
	assert_int_equal(s.colour, GREEN);
	assert_int_equal(s.home.n, 2);
	ITEMS(&s.files, "/a", "/b");
	ITEMS(&s.hosts, "c");
	config_free(&program, &s);
	assert_int_equal(LOAD("--config=/dev/null", "--set=site.name=a=b"), 0);
	assert_string_equal(s.name, "a=b");
	config_free(&program, &s);
}

static void a_later_file_wins(void **state)
{
	char first[sizeof(ini_path) + 2];
	TEST_LOCALS;

	snprintf(first, sizeof(first), "%s.1", ini_path);
	WRITE("[geo]\nfiles = /a\n[site]\nname = one\n");
	assert_int_equal(rename(ini_path, first), 0);
	WRITE("[geo]\nfiles = /b\n[site]\nname = two\n");
	assert_int_equal(LOAD("--config", first, "--config", ini_path), 0);
	assert_string_equal(s.name, "two");
	ITEMS(&s.files, "/b");
	config_free(&program, &s);
	unlink(first);
}

/* A drop-in of the file: its path in path, and the folder made. */
static void write_drop_in(char path[80], const char *name, const char *text)
{
	FILE *f;

	snprintf(path, 80, "%s.d", ini_path);
	assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
	snprintf(path, 80, "%s.d/%s", ini_path, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void drop_ins_win_over_their_file(void **state)
{
	char first[80], second[80], other[80], hidden[80], folder[80];
	TEST_LOCALS;

	WRITE("[geo]\nfiles = /a\n[site]\nname = one\ncolour = green\n");
	write_drop_in(second, "b.conf", "[site]\nname = three\n");
	write_drop_in(first, "B.conf", "[site]\nname = two\n[geo]\nfiles = /b\n");
	write_drop_in(other, "c.conf.dpkg-old", "[site]\nname = four\n");
	write_drop_in(hidden, ".d.conf", "[site]\nname = five\n");
	assert_int_equal(LOAD("--config", ini_path), 0);
	assert_string_equal(s.name, "three");
	assert_int_equal(s.colour, GREEN);
	ITEMS(&s.files, "/b");
	config_free(&program, &s);
	assert_int_equal(LOAD("--config", ini_path, "--set", "site.name=six"), 0);
	assert_string_equal(s.name, "six");
	config_free(&program, &s);

	write_drop_in(second, "b.conf", "[access]\nhosts =\n");
	assert_int_equal(LOAD("--config", ini_path), -EINVAL);
	assert_non_null(strstr(messages, ".d/b.conf, line 2: access.hosts is empty"));
	unlink(first);
	unlink(second);
	unlink(other);
	unlink(hidden);
	snprintf(folder, sizeof(folder), "%s.d", ini_path);
	assert_int_equal(rmdir(folder), 0);
	/* It may be a link that leads in a circle, for one. */
	assert_int_equal(symlink(folder, folder), 0);
	assert_int_equal(LOAD("--config", ini_path), -EINVAL);
	assert_non_null(strstr(messages, ".d: cannot be read: "));
	unlink(folder);
}

static void a_list_grows(void **state)
{
	TEST_LOCALS;
	/* by lines that begin with a blank, by a repeated key, and past any comment */
	WRITE("[geo]\nfiles = /a=b:C D, /b ; one\n\t/c,\n# two\n\n  /d # three\nfiles = /e\n"
	      "[access]\nhosts =\n  a b\n  c\n[geo]\nfiles = /f, /a=b:C D\n[networks]\nhome = "
	      "10.0.0.0/8\n  fd00::/8\nhome = 10.0.0.0/8, 192.168.0.0/16\n");
	assert_int_equal(LOAD("--config", ini_path), 0);
	ITEMS(&s.files, "/a=b:C D", "/b", "/c", "/d", "/e", "/f");
	ITEMS(&s.hosts, "a", "b", "c");
	assert_int_equal(s.home.n, 3);
	config_free(&program, &s);

	assert_int_equal(LOAD("--set", "geo.files=/a", "--set", "geo.files=/b,/c"), 0);
	ITEMS(&s.files, "/a", "/b", "/c");
	config_free(&program, &s);
}

static void an_empty_value_empties_a_list(void **state)
{
	TEST_LOCALS;
	WRITE("[geo]\nfiles = /a\nfiles =\nfiles = /b\n[networks]\nhome = 10.0.0.0/8\nhome = ; none\n");
	assert_int_equal(LOAD("--config", ini_path), 0);
	ITEMS(&s.files, "/b");
	assert_int_equal(s.home.n, 0);
	config_free(&program, &s);
	assert_int_equal(LOAD("--config", ini_path, "--set", "geo.files="), 0);
	assert_int_equal(s.files.n, 0);
	config_free(&program, &s);
}

static void a_list_has_its_limits(void **state)
{
	char text[1024] = "[geo]\nfiles =";
	TEST_LOCALS;

	for (int i = 0; i < 41; i++)
		snprintf(text + strlen(text), 24, "\n  /%d", i);
	REFUSED(text, "line 43: geo.files takes at most 40 files: \"/40\" is one too many");
	REFUSED("[access]\nhosts = a, b\nhosts = c, d\n",
		"line 3: access.hosts takes at most 3 names: \"d\" is one too many");
	REFUSED("[access]\nhosts =\n", "line 2: access.hosts is empty, but needs at least one value: Hosts.");
	REFUSED("[geo]\nfiles = /a, b\n", "line 2: geo.files is \"b\", but must be an absolute path");
	strcpy(text, "[networks]\nhome = ");
	for (int i = 0; i < 33; i++)
		snprintf(text + strlen(text), 24, " 10.0.0.%d", i);
	REFUSED(text, "line 2: networks.home takes at most 32 networks: \"10.0.0.32\" is one too many");
}

static void a_problem_names_file_line_and_what_to_do(void **state)
{
	TEST_LOCALS;
	WRITE("[feed]\n# so far so good\ninterva = 5\ninterval = 5\n[site]\nname = "
	      "xavier\n[networks]\nhome = 1.2.3\n[site]\ncolour = blue\n");
	assert_int_equal(LOAD("--config", ini_path), -EINVAL);
	assert_non_null(strstr(messages, ini_path));
	assert_non_null(
	    strstr(messages, "line 3: there is no option \"feed.interva\"; did you mean \"feed.interval\"?"));
	assert_non_null(strstr(
	    messages, "line 4: feed.interval is \"5\", but must be a whole number from 100 to 60000 ms"));
	assert_non_null(strstr(
	    messages, "line 6: site.name is \"xavier\", but must be a name that does not begin with x"));
	assert_non_null(strstr(messages, "line 8: networks.home is \"1.2.3\", but must be networks like"));
	assert_non_null(strstr(messages, "line 10: site.colour is \"blue\", but must be red or green"));
}

static void what_a_file_says_is_never_silently_less(void **state)
{
	TEST_LOCALS;
	REFUSED("[site]\nname = home\n  cabin\n",
		"line 3: starts with a blank, so it continues site.name, which takes a single line");
	REFUSED("[site]\nname = a\n[feed]\n[site]\nname = b\n",
		"line 5: site.name was already set on line 2: keep only one of them");
	REFUSED("[site\nname = a\n", "line 1: is not a [section]");
	REFUSED("[site] name = a\n", "line 1: is not a [section]");
	REFUSED("name = a\n", "line 1: has a key, but no [section] comes before it");
	REFUSED("[site]\nname\n", "line 2: is neither a [section], nor \"key = value\", nor a comment");
	REFUSED("[site]\n= a\n", "line 2: is neither a [section]");
	write_ini("[site]\nname = a\0b\n", 18);
	assert_int_equal(LOAD("--config", ini_path), -EINVAL);
	assert_non_null(strstr(messages, "line 2: contains a NUL byte"));
	assert_int_equal(LOAD("--set", "site.name=a", "--set", "site.name=b"), -EINVAL);
	assert_non_null(strstr(messages, "command line: site.name is given twice"));
}

static void a_line_may_be_long(void **state)
{
	char text[4096] = "[geo]\nfiles = ";
	TEST_LOCALS;

	for (int i = 10; i < 40; i++)
		snprintf(text + strlen(text), 128, "%s/%0100d", i == 10 ? "" : ",", i);
	WRITE(text);
	assert_int_equal(LOAD("--config", ini_path), 0);
	assert_int_equal(s.files.n, 30);
	assert_int_equal(strlen(s.files.items[29]), 101);
	config_free(&program, &s);

	memset(text, 'a', sizeof(text));
	memcpy(text, "[site]\nname = ", 14);
	text[600] = 0;
	REFUSED(text, "line 2: site.name is \"aaaaaaaaaaaaaaaaaaaa");
	assert_non_null(strstr(messages, "aaa...\", but must be a text of at most 255 bytes"));
}

static void comments_and_odd_lines_are_read(void **state)
{
	TEST_LOCALS;
	WRITE("\xef\xbb\xbf[site] ; a comment\r\n  # another\r\nname = a;b#c # the rest\r\n\r\n[ feed "
	      "]\n\ton = no");
	assert_int_equal(LOAD("--config", ini_path), 0);
	assert_string_equal(s.name, "a;b#c");
	assert_false(s.on);
	config_free(&program, &s);
}

static void the_command_line_is_checked(void **state)
{
	static const char *const bad[][3] = {
	    {"--set", "feed.on=perhaps", "feed.on is \"perhaps\", but must be yes or no"},
	    {"--set", "feed.on", "--set takes section.key=value"},
	    {"--set", "on=yes", "--set takes section.key=value"},
	    {"--set", "a.b=c", "there is no option \"a.b\""},
	    {"--set", NULL, "--set needs a value"},
	    {"--check-config", "--config", "--config needs a value"},
	    {"--config", "/nonexistent/file", "/nonexistent/file: cannot be read: No such file"},
	    {"--config", "/", "/: cannot be read: Is a directory"},
	    {"--config", "/dev/zero", "/dev/zero: is larger than 1048576 bytes"},
	    {"--frobnicate", NULL, "\"--frobnicate\" is not known"},
	    {"-zh", NULL, "\"-z\" is not known"},
	    {"--check-config", "file", "\"file\" is not known"},
	    {"--check-config=yes", NULL, "\"--check-config=yes\" is not known"},
	    {"--wave", "--greet=Ann", "--wave and --greet cannot be done together"},
	    {"--greet", NULL, "--greet needs a value"},
	    {"--wave=hard", NULL, "\"--wave=hard\" is not known"},
	    {"--set", "feed.interval=1e3", "a whole number"},
	    {"--set", "feed.interval=99999999999999999999", "a whole number"},
	    {"--set", "feed.interval=", "a whole number"},
	};
	TEST_LOCALS;

	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		const char *found;

		assert_int_equal(LOAD(bad[i][0], bad[i][1]), -EINVAL);
		found = strstr(messages, bad[i][2]);
		if (!found)
			fail_msg("\"%s\" is not in \"%s\"", bad[i][2], messages);
		/* once is enough */
		assert_null(strstr(found + 1, bad[i][2]));
	}
}

/* What a run of config_load, which must not fail, writes to standard output. */
static void output(char *text, size_t size, enum config_action *action, const char *const *arguments)
{
	struct said said;
	char messages[4096];
	struct settings s;

	said_begin(&said, STDOUT_FILENO);
	assert_int_equal(load(&s, action, messages, sizeof(messages), arguments), 0);
	said_end(&said, text, size);
	config_free(&program, &s);
}

#define OUTPUT(...) output(text, sizeof(text), &action, (const char *[]){"test", ##__VA_ARGS__, NULL})

static void what_needs_no_start_is_answered(void **state)
{
	enum config_action action;
	char text[8192];

	(void)state;
	OUTPUT("--check-config");
	assert_int_equal(action, CONFIG_DONE);
	assert_string_equal(text, "The configuration is good.\n");
	OUTPUT("--set", "site.name=a", "--check-config");
	assert_string_equal(text, "The configuration is good.\n");
	OUTPUT("--version", "--set", "no.such=thing");
	assert_int_equal(action, CONFIG_DONE);
	assert_string_equal(text, "test 1.2.3\n");
	OUTPUT("-h");
	assert_int_equal(action, CONFIG_DONE);
	assert_non_null(strstr(text, "test 1.2.3: A test.\n"));
	assert_non_null(strstr(text, "\n  --wave                   wave\n"
				     "  --greet WHOM             greet somebody, then exit\n"
				     "  --print-config  "));
	assert_non_null(
	    strstr(text, "\n[feed]\non = yes\n    Switches it. (yes or no)\n"
			 "interval = 1000\n    Time. A reload changes it. (100 to 60000 ms)\n\n[site]\n"));
	assert_non_null(strstr(text, "colour = red\n    Colour. (red or green)\n"));
	assert_non_null(strstr(text, "files =\n    Files. (list of at most 40 files)\n"));
	assert_non_null(strstr(text, "hosts = here\n    Hosts. (list of 1 to 3 names)\n"));
	OUTPUT("--config", "/nonexistent", "--help");
	assert_non_null(strstr(text, "test 1.2.3: A test.\n"));
}

static void what_is_printed_can_be_read(void **state)
{
	char text[8192], bare[8192] = "";
	TEST_LOCALS;

	OUTPUT("--config", "/nonexistent", "--print-config");
	assert_int_equal(action, CONFIG_DONE);
	assert_non_null(strstr(
	    text, "\n\n[feed]\n\n# Switches it.\n# (yes or no)\n#on = yes\n\n# Time. A reload changes it.\n"
		  "# (100 to 60000 ms)\n#interval = 1000\n\n[site]\n\n# Name.\n#name = home\n"));
	assert_non_null(strstr(text, "\n# Home.\n# (list of at most 32 networks)\n#home =\n"));
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		assert_true(strlen(line) <= 100);
		/* Without the mark of a comment before it the option has its default. */
		snprintf(bare + strlen(bare), sizeof(bare) - strlen(bare), "%s\n",
			 line + (line[0] == '#' && line[1] != ' '));
	}
	WRITE(bare);
	assert_int_equal(LOAD("--config", ini_path), 0);
	assert_true(s.on);
	assert_int_equal(s.interval, 1000);
	assert_string_equal(s.name, "home");
	ITEMS(&s.hosts, "here");
	config_free(&program, &s);
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

static void options_have_to_fit_together(void **state)
{
	struct settings s;
	enum config_action action;
	char messages[4096], expected[256];

	(void)state;
	assert_int_equal(LOAD("--set", "site.colour=green"), 0);
	config_free(&program, &s);
	assert_int_equal(LOAD("--set", "site.colour=green", "--set", "feed.interval=777"), -EINVAL);
	assert_string_equal(messages, "test: command line: site.colour does not go with \"home\"\n");
	assert_int_equal(LOAD("--check-config", "--set", "site.colour=green", "--set", "feed.interval=777"),
			 -EINVAL);
	WRITE("[site]\n\ncolour = green\n");
	assert_int_equal(LOAD("--config", ini_path, "--set", "feed.interval=777"), -EINVAL);
	snprintf(expected, sizeof(expected), "test: %s, line 3: site.colour does not go with \"home\"\n",
		 ini_path);
	assert_string_equal(messages, expected);
	/* the one that runs is asked all the same */
	assert_int_equal(LOAD("--wave", "--set", "site.colour=green", "--set", "feed.interval=777"), 0);
	config_free(&program, &s);
	assert_int_equal(LOAD("--status", "--set", "site.colour=green", "--set", "feed.interval=777"), 0);
	assert_int_equal(action, CONFIG_ASK);
	config_free(&program, &s);
}

static void a_program_has_tasks_of_its_own(void **state)
{
	TEST_LOCALS;
	assert_int_equal(LOAD("--wave"), 0);
	assert_int_equal(action, CONFIG_TASK);
	config_free(&program, &s);
	assert_int_equal(LOAD("--greet", "Ann", "--set", "site.name=a"), 0);
	assert_int_equal(action, CONFIG_TASK + 1);
	assert_string_equal(s.whom, "Ann");
	assert_string_equal(s.name, "a");
	config_free(&program, &s);
	/* a wrong option is no task */
	assert_int_equal(LOAD("--greet", "Ann", "--set", "site.name=x"), -EINVAL);
	assert_int_equal(LOAD("--greet", "Ann", "--check-config"), 0);
	assert_int_equal(action, CONFIG_DONE);
	config_free(&program, &s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_program_has_tasks_of_its_own),
	    cmocka_unit_test(options_have_to_fit_together),
	    cmocka_unit_test(the_defaults_hold),
	    cmocka_unit_test(the_command_line_wins_over_the_file),
	    cmocka_unit_test(a_later_file_wins),
	    cmocka_unit_test(drop_ins_win_over_their_file),
	    cmocka_unit_test(a_list_grows),
	    cmocka_unit_test(an_empty_value_empties_a_list),
	    cmocka_unit_test(a_list_has_its_limits),
	    cmocka_unit_test(a_problem_names_file_line_and_what_to_do),
	    cmocka_unit_test(what_a_file_says_is_never_silently_less),
	    cmocka_unit_test(a_line_may_be_long),
	    cmocka_unit_test(comments_and_odd_lines_are_read),
	    cmocka_unit_test(the_command_line_is_checked),
	    cmocka_unit_test(what_needs_no_start_is_answered),
	    cmocka_unit_test(what_is_printed_can_be_read),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
