/* SPDX-License-Identifier: MIT */
/* A file that two programs read: --shared. */
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
	char site[CONFIG_TEXT_MAX], redis[CONFIG_TEXT_MAX];
	int level;
	int64_t port;
};

#define CONFIG_SETTINGS struct settings
#include "config_table.h"

static const struct config_option options[] = {
    {"site", "name", TEXT(site), .fallback = "home", .help = "Site."},
    {"redis", "server", TEXT(redis), .fallback = "/x", .help = "Redis."},
    {"log", "level", CHOICE(level, config_log_levels), .fallback = "info", .help = "Level."},
    {"listen", "port", NUMBER(port, 1, 65535), .fallback = "80", .help = "Port."},
    {0},
};

static const char *const sections[] = {"site", "log", "redis", NULL};
static struct config_program program = {
    .name = "test",
    .summary = "A test.",
    .version = "1",
    .options = options,
    .shared = sections,
    .foreign = (const char *const[]){"redis.limit", NULL},
};

static char shared[] = "/tmp/connvis-shared-test-XXXXXX", own[] = "/tmp/connvis-shared-test-XXXXXX";
static char said[1024];
static struct settings s;

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* Reads both, the shared one first or last; what is said goes to said. */
static int load(bool first)
{
	char *argv[] = {(char *)"test",	      (char *)(first ? "--shared" : "--config"),
			first ? shared : own, (char *)(first ? "--config" : "--shared"),
			first ? own : shared, NULL};
	enum config_action action;
	struct said now;
	int r;

	s = (struct settings){};
	said_begin(&now, STDERR_FILENO);
	r = config_load(&program, &s, 5, argv, &action);
	said_end(&now, said, sizeof(said));
	return r;
}

static void each_takes_what_it_has(void **state)
{
	(void)state;
	write_file(shared,
		   "[site]\nname = cabin\n[redis]\nserver = /a\nlimit = 5\n  6\n[log]\nlevel = debug\n");
	write_file(own, "[redis]\nserver = /b\n");
	assert_int_equal(load(true), 0);
	assert_string_equal(said, "");
	assert_string_equal(s.site, "cabin");
	assert_string_equal(s.redis, "/b");
	assert_int_equal(s.level, 7);
	/* in the order in which they are named */
	assert_int_equal(load(false), 0);
	assert_string_equal(s.redis, "/a");
}

static void what_is_not_shared_is_refused(void **state)
{
	(void)state;
	write_file(own, "");
	write_file(shared, "[listen]\nport = 81\n");
	assert_int_equal(load(true), -EINVAL);
	assert_non_null(
	    strstr(said, ", line 2: listen.port is not shared with the other daemon, so it belongs into the "
			 "file of the one that has it: here stands only [site], [log] and [redis]\n"));
	/* whatever their number */
	program.shared = (const char *const[]){"site", NULL};
	assert_int_equal(load(true), -EINVAL);
	assert_non_null(strstr(said, "here stands only [site]\n"));
	program.shared = sections;
	write_file(shared, "[redis]\nsrever = /a\n");
	assert_int_equal(load(true), -EINVAL);
	assert_non_null(strstr(said, "there is no option \"redis.srever\"; did you mean \"redis.server\"?"));
	/* what the other has is no option of this one's own file */
	write_file(shared, "");
	write_file(own, "[redis]\nlimit = 5\n[listen]\nport = 81\n");
	assert_int_equal(load(true), -EINVAL);
	assert_non_null(strstr(said, "there is no option \"redis.limit\""));
	assert_null(strstr(said, "listen.port"));
}

static void it_need_not_be_there(void **state)
{
	(void)state;
	write_file(own, "");
	unlink(shared);
	assert_int_equal(load(true), 0);
	assert_string_equal(s.site, "home");
	assert_int_equal(mkdir(shared, 0700), 0);
	assert_int_equal(load(true), -EINVAL);
	assert_non_null(strstr(said, "cannot be read: Is a directory"));
	assert_int_equal(rmdir(shared), 0);
	write_file(shared, "");
	unlink(own);
	assert_int_equal(load(true), -EINVAL);
	assert_non_null(strstr(said, "cannot be read: No such file or directory"));
}

static int setup(void **state)
{
	(void)state;
	return close(mkstemp(shared)) || close(mkstemp(own));
}

static int teardown(void **state)
{
	(void)state;
	unlink(shared);
	unlink(own);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_takes_what_it_has),
	    cmocka_unit_test(what_is_not_shared_is_refused),
	    cmocka_unit_test(it_need_not_be_there),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
