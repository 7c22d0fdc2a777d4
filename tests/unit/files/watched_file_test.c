/* SPDX-License-Identifier: MIT */
#include "watched_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "util.h"

#define SIZE_MOST 100

struct fixture {
	sd_event *event;
	struct worker *worker;
	struct watched_file *file;
	char folder[64], path[96], other[96];
	int told, error;
	char text[256]; /* what was read last */
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER; /* closed while a test holds it */
static unsigned readings;
static int wrong; /* what reading answers, 0: what the file holds */

/* The content is the text of all files; "bad" is none, one without an end is half of one. */
static int read_text(void **ret, const struct watched_input *inputs, const void *options,
		     const struct worker *w)
{
	char text[256] = "";
	size_t used = 0;

	(void)w;
	pthread_mutex_lock(&gate);
	readings++;
	pthread_mutex_unlock(&gate);
	for (size_t i = 0; i < *(const size_t *)options; i++) {
		ssize_t n = inputs[i].fd < 0 ? 0 : read(inputs[i].fd, text + used, SIZE_MOST);

		assert_true(n >= 0);
		used += (size_t)n;
	}
	if (wrong)
		return wrong;
	if (!strncmp(text, "bad", 3))
		return -EBADMSG;
	if (used && text[used - 1] != '\n')
		return -EAGAIN;
	*ret = strdup(text);
	return 0;
}

static const struct watched_file_kind patient = {.read = read_text, .free = free, .most = SIZE_MOST};
static const struct watched_file_kind at_once = {
    .read = read_text, .free = free, .most = SIZE_MOST, .at_once = true};

static void on_told(void *data, int error, void *content)
{
	struct fixture *f = data;

	f->told++;
	f->error = error;
	assert_true(!content == (error < 0));
	if (content)
		snprintf(f->text, sizeof(f->text), "%s", (char *)content);
	free(content);
}

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){.folder = "/tmp/connvis-watched-XXXXXX"};
	readings = 0;
	wrong = 0;
	assert_non_null(mkdtemp(f.folder));
	snprintf(f.path, sizeof(f.path), "%s/file", f.folder);
	snprintf(f.other, sizeof(f.other), "%s/other", f.folder);
	assert_int_equal(sd_event_new(&f.event), 0);
	assert_int_equal(worker_new(&f.worker, f.event), 0);
	*state = &f;
	return 0;
}

static int take_down(void **state)
{
	struct fixture *f = *state;

	watched_file_free(f->file);
	worker_free(f->worker, false, 10000);
	sd_event_unref(f->event);
	unlink(f->path);
	unlink(f->other);
	return rmdir(f->folder);
}

static void follow(struct fixture *f, const struct watched_file_kind *kind, size_t n)
{
	static const size_t numbers[] = {0, 1, 2};
	const char *paths[] = {f->path, f->other};

	assert_int_equal(
	    watched_file_new(&f->file, f->event, f->worker, kind, paths, n, &numbers[n], on_told, f), 0);
}

/* In another's place, as a download does it. */
static void put(const char *path, const char *text)
{
	char temporary[128];
	FILE *file;

	snprintf(temporary, sizeof(temporary), "%s.new", path);
	file = fopen(temporary, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(temporary, path), 0);
}

static void turn(struct fixture *f)
{
	watched_file_check(f->file);
	assert_true(sd_event_run(f->event, 20000) >= 0);
}

static void wait_for(struct fixture *f, int told)
{
	for (int i = 0; i < 500 && f->told < told; i++)
		turn(f);
	assert_int_equal(f->told, told);
}

/* Nothing more is told. */
static void check_quiet(struct fixture *f)
{
	int told = f->told;

	for (int i = 0; i < 5; i++)
		turn(f);
	assert_int_equal(f->told, told);
}

static void test_comes_changes_and_goes(void **state)
{
	struct fixture *f = *state;

	follow(f, &patient, 1);
	watched_file_check(f->file);
	assert_int_equal(f->told, 1);
	assert_int_equal(f->error, -ENOENT);
	check_quiet(f);
	put(f->path, "first\n");
	wait_for(f, 2);
	assert_string_equal(f->text, "first\n");
	check_quiet(f);
	assert_int_equal(readings, 1);
	put(f->path, "second\n");
	wait_for(f, 3);
	assert_string_equal(f->text, "second\n");
	unlink(f->path);
	wait_for(f, 4);
	assert_int_equal(f->error, -ENOENT);
	/* The same bytes again are another file. */
	put(f->path, "second\n");
	wait_for(f, 5);
	assert_int_equal(f->error, 0);
}

static void test_there_at_the_start(void **state)
{
	struct fixture *f = *state;

	put(f->path, "first\n");
	follow(f, &patient, 1);
	/* One look is enough. */
	watched_file_check(f->file);
	for (int i = 0; i < 100 && !f->told; i++)
		assert_true(sd_event_run(f->event, 100000) >= 0);
	assert_int_equal(f->told, 1);
}

static void test_not_while_it_is_written(void **state)
{
	struct fixture *f = *state;
	FILE *file;

	follow(f, &patient, 1);
	wait_for(f, 1);
	file = fopen(f->path, "w");
	for (int i = 0; i < 20; i++) {
		fprintf(file, "%d\n", i);
		assert_int_equal(fflush(file), 0);
		turn(f);
		assert_int_equal(f->told, 1);
	}
	fclose(file);
	wait_for(f, 2);
	assert_non_null(strstr(f->text, "\n19\n"));
}

static void test_what_is_wrong(void **state)
{
	struct fixture *f = *state;
	char large[SIZE_MOST + 2];

	put(f->path, "bad\n");
	follow(f, &patient, 1);
	wait_for(f, 1);
	assert_int_equal(f->error, -EBADMSG);
	check_quiet(f);
	put(f->path, "bad again\n");
	wait_for(f, 2);
	memset(large, 'x', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	put(f->path, large);
	wait_for(f, 3);
	assert_int_equal(f->error, -EFBIG);
	unlink(f->path);
	wait_for(f, 4);
	assert_int_equal(mkdir(f->path, 0700), 0);
	wait_for(f, 5);
	assert_int_equal(f->error, -EISDIR);
	check_quiet(f);
	assert_int_equal(rmdir(f->path), 0);
	wait_for(f, 6);
	assert_int_equal(mkfifo(f->path, 0600), 0);
	wait_for(f, 7);
	assert_int_equal(f->error, -EBADMSG);
}

/* Not the file's fault: it is tried again, more and more seldom, and said once. */
static void test_what_may_pass(void **state)
{
	struct fixture *f = *state;
	unsigned before;

	wrong = -EIO;
	put(f->path, "first\n");
	follow(f, &patient, 1);
	wait_for(f, 1);
	assert_int_equal(f->error, -EIO);
	before = readings;
	for (int i = 0; i < 40; i++)
		turn(f);
	assert_int_equal(f->told, 1);
	assert_in_range(readings, before + 2, before + 7);
	wrong = 0;
	for (int i = 0; i < 100 && f->told < 2; i++)
		turn(f);
	assert_int_equal(f->error, 0);
	assert_string_equal(f->text, "first\n");
}

static void test_half_of_one(void **state)
{
	struct fixture *f = *state;
	FILE *file;

	put(f->path, "half");
	follow(f, &at_once, 1);
	check_quiet(f);
	assert_true(readings > 1);
	file = fopen(f->path, "a");
	fputs(" and half\n", file);
	fclose(file);
	wait_for(f, 1);
	assert_string_equal(f->text, "half and half\n");
}

static void test_rewritten_with_the_same_stamp(void **state)
{
	struct fixture *f = *state;
	struct timespec times[2] = {{1700000000, 0}, {1700000000, 0}};
	int fd;

	put(f->path, "one\n");
	assert_int_equal(utimensat(AT_FDCWD, f->path, times, 0), 0);
	follow(f, &at_once, 1);
	wait_for(f, 1);
	fd = open(f->path, O_WRONLY);
	assert_int_equal(write(fd, "two\n", 4), 4);
	close(fd);
	assert_int_equal(utimensat(AT_FDCWD, f->path, times, 0), 0);
	wait_for(f, 2);
	assert_string_equal(f->text, "two\n");
}

static void test_several(void **state)
{
	struct fixture *f = *state;

	put(f->other, "b\n");
	follow(f, &patient, 2);
	wait_for(f, 1);
	assert_string_equal(f->text, "b\n");
	put(f->path, "a\n");
	wait_for(f, 2);
	assert_string_equal(f->text, "a\nb\n");
	unlink(f->other);
	wait_for(f, 3);
	assert_string_equal(f->text, "a\n");
	unlink(f->path);
	wait_for(f, 4);
	assert_int_equal(f->error, -ENOENT);
}

/* It changes while it is read, and goes while its thread is at it. */
static void test_meanwhile(void **state)
{
	struct fixture *f = *state;

	follow(f, &patient, 1);
	put(f->path, "first\n");
	pthread_mutex_lock(&gate);
	for (int i = 0; i < 10; i++)
		turn(f);
	put(f->path, "second\n");
	for (int i = 0; i < 10; i++)
		turn(f);
	assert_int_equal(f->told, 0);
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < 500 && strcmp(f->text, "second\n") != 0; i++)
		turn(f);
	assert_string_equal(f->text, "second\n");
	put(f->path, "third\n");
	pthread_mutex_lock(&gate);
	for (int i = 0; i < 10; i++)
		turn(f);
	f->file = watched_file_free(f->file);
	pthread_mutex_unlock(&gate);
	assert_true(sd_event_run(f->event, 100000) >= 0);
	assert_string_equal(f->text, "second\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_comes_changes_and_goes),
	    TEST(test_there_at_the_start),
	    TEST(test_not_while_it_is_written),
	    TEST(test_what_is_wrong),
	    TEST(test_what_may_pass),
	    TEST(test_half_of_one),
	    TEST(test_rewritten_with_the_same_stamp),
	    TEST(test_several),
	    TEST(test_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
