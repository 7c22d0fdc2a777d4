/* SPDX-License-Identifier: MIT */
#include "leases.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "cmocka_all.h"

#include "folder.h"

#define ANNA "4000000000 02:1a:ff:00:99:10 192.168.77.60 anna *\n"
#define BEN "0 02:1a:ff:00:99:11 192.168.77.61 ben *\n"
#define OLD "1000000001 02:1a:ff:00:99:12 192.168.77.62 old *\n"

static unsigned told;
static char last[64];

static void on_lease(void *data, const struct lease *lease)
{
	(void)data;
	told++;
	snprintf(last, sizeof(last), "%s", lease->host_name);
}

/* What inotify tells of it is heard before anybody looks, so that it is read once. */
static void write_leases(struct folder *f, const char *text)
{
	folder_write(f, "leases", text);
	folder_turns(f, (void)0);
}

static struct leases *follow(struct folder *f)
{
	struct leases *l;
	char path[128];
	const struct config_list paths = {.n = 1, .items = (const char *[]){path}};

	told = 0;
	snprintf(path, sizeof(path), "%s/leases", f->path);
	assert_int_equal(leases_new(&l, f->event, f->worker, &f->sources, &paths, on_lease, folder_report, f),
			 0);
	return l;
}

static const struct source *row(const struct folder *f)
{
	return (const struct source *)f->sources.clean.next;
}

static void test_a_file_that_comes_and_changes(void **state)
{
	struct folder f;
	struct leases *l;

	(void)state;
	folder_make(&f);
	l = follow(&f);
	leases_check(l, false);
	assert_string_equal(row(&f)->state, "missing");
	assert_non_null(strstr(f.said, "host names"));
	write_leases(&f, ANNA OLD BEN);
	folder_wait(&f, leases_check(l, false), told == 2);
	assert_string_equal(last, "ben");
	assert_string_equal(row(&f)->state, "ok");
	assert_int_equal(row(&f)->entries, 3);
	folder_turns(&f, leases_check(l, false));
	assert_int_equal(told, 2);
	leases_check(l, true);
	assert_int_equal(told, 4);
	write_leases(&f, ANNA "nonsense\n"
			      "duid 00:01\n");
	folder_wait(&f, leases_check(l, false), told == 5);
	assert_int_equal(row(&f)->broken, 1);
	leases_free(l);
	folder_remove(&f, "leases");
	folder_done(&f);
}

static void test_half_a_file_changes_nothing(void **state)
{
	struct folder f;
	struct leases *l;

	(void)state;
	folder_make(&f);
	l = follow(&f);
	write_leases(&f, ANNA BEN);
	folder_wait(&f, leases_check(l, false), told == 2);
	write_leases(&f, ANNA "0 02:1a:ff:00:9");
	folder_turns(&f, leases_check(l, false));
	assert_int_equal(told, 2);
	assert_int_equal(row(&f)->entries, 2);
	assert_string_equal(row(&f)->state, "ok");
	write_leases(&f, BEN);
	folder_wait(&f, leases_check(l, false), told == 3);
	assert_int_equal(row(&f)->entries, 1);
	/* Gone: what it told stays, and the state says so. */
	folder_remove(&f, "leases");
	folder_wait(&f, leases_check(l, false), !strcmp(row(&f)->state, "missing"));
	leases_check(l, true);
	assert_int_equal(told, 4);
	leases_free(l);
	folder_done(&f);
}

/* Some writers leave the last newline out; once the file is at rest it is whole. */
static void test_without_a_last_newline(void **state)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = time(NULL) - 60}};
	char path[128];
	struct folder f;
	struct leases *l;

	(void)state;
	folder_make(&f);
	l = follow(&f);
	write_leases(&f, ANNA "0 02:1a:ff:00:99:11 192.168.77.61 ben *");
	snprintf(path, sizeof(path), "%s/leases", f.path);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	folder_wait(&f, leases_check(l, false), told == 2);
	assert_string_equal(last, "ben");
	assert_int_equal(row(&f)->broken, 0);
	leases_free(l);
	folder_remove(&f, "leases");
	folder_done(&f);
}

static void test_paths(void **state)
{
	const char *many[LEASES_FILES_MAX + 1], *relative = "leases", *two[] = {"/tmp", "/nowhere/x"};
	struct config_list paths = {};
	struct folder f;
	struct leases *l;

	(void)state;
	folder_make(&f);
	assert_int_equal(leases_new(&l, f.event, f.worker, &f.sources, &paths, on_lease, folder_report, &f),
			 0);
	leases_check(l, true);
	leases_free(l);
	paths = (struct config_list){.n = 1, .items = &relative};
	assert_int_equal(leases_new(&l, f.event, f.worker, &f.sources, &paths, on_lease, folder_report, &f),
			 -EINVAL);
	for (size_t i = 0; i < LEASES_FILES_MAX + 1; i++)
		many[i] = "/a";
	paths = (struct config_list){.n = LEASES_FILES_MAX + 1, .items = many};
	assert_int_equal(leases_new(&l, f.event, f.worker, &f.sources, &paths, on_lease, folder_report, &f),
			 -EINVAL);
	paths = (struct config_list){.n = 2, .items = two};
	assert_int_equal(leases_new(&l, f.event, f.worker, &f.sources, &paths, on_lease, folder_report, &f),
			 0);
	folder_wait(&f, leases_check(l, false), !strcmp(row(&f)->state, "broken"));
	leases_free(l);
	folder_done(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_file_that_comes_and_changes),
	    cmocka_unit_test(test_half_a_file_changes_nothing),
	    cmocka_unit_test(test_without_a_last_newline),
	    cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
