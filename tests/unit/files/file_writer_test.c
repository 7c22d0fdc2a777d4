/* SPDX-License-Identifier: MIT */
#include "file_writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "file.h"

struct fixture {
	sd_event *event;
	struct worker *worker;
	char folder[64], path[96];
	int answers, error;
};

static void on_done(void *data, int error)
{
	struct fixture *f = data;

	f->answers++;
	f->error = error;
}

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){.folder = "/tmp/connvis-writer-XXXXXX"};
	assert_non_null(mkdtemp(f.folder));
	snprintf(f.path, sizeof(f.path), "%s/state", f.folder);
	assert_int_equal(sd_event_new(&f.event), 0);
	assert_int_equal(worker_new(&f.worker, f.event), 0);
	*state = &f;
	return 0;
}

static int take_down(void **state)
{
	struct fixture *f = *state;

	worker_free(f->worker, true, 10000);
	sd_event_unref(f->event);
	unlink(f->path);
	return rmdir(f->folder);
}

static void wait_for(struct fixture *f, int answers)
{
	for (int i = 0; i < 100 && f->answers < answers; i++)
		assert_true(sd_event_run(f->event, 100000) >= 0);
	assert_int_equal(f->answers, answers);
}

static void check(const struct fixture *f, const char *wanted)
{
	char *text;
	size_t length;

	assert_int_equal(file_read(&text, &length, f->path, 1000), 0);
	assert_string_equal(text, wanted);
	free(text);
}

static void test_the_last_one_stays(void **state)
{
	struct fixture *f = *state;
	struct file_writer *w;
	char text[] = "one";

	assert_int_equal(file_writer_new(&w, f->worker, f->path, on_done, f), 0);
	assert_int_equal(file_writer_write(w, text, 3), 0);
	/* It was copied. */
	memcpy(text, "two", 3);
	assert_int_equal(file_writer_write(w, text, 3), 0);
	assert_int_equal(file_writer_write(w, "three", 5), 0);
	wait_for(f, 3);
	assert_int_equal(f->error, 0);
	check(f, "three");
	file_writer_free(w);
}

static void test_what_goes_wrong_is_told(void **state)
{
	struct fixture *f = *state;
	struct file_writer *w;
	char long_path[5000];

	assert_int_equal(file_writer_new(&w, f->worker, "/proc/nowhere/state", on_done, f), 0);
	assert_int_equal(file_writer_write(w, "x", 1), 0);
	wait_for(f, 1);
	assert_int_equal(f->error, -ENOENT);
	file_writer_free(w);
	memset(long_path, 'x', sizeof(long_path) - 1);
	long_path[sizeof(long_path) - 1] = '\0';
	assert_int_equal(file_writer_new(&w, f->worker, long_path, on_done, f), -ENAMETOOLONG);
}

/* A disk of 64 KiB at the folder, for this program alone. */
static bool small_disk(const char *folder)
{
	return geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("connvis-test", folder, "tmpfs", 0, "size=64k") == 0;
}

static void fill(const char *path)
{
	static const char page[4096];
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	while (write(fd, page, sizeof(page)) > 0)
		;
	assert_int_equal(errno, ENOSPC);
	close(fd);
}

/* The file of before stays, nothing half-written stays beside it, and it goes on when there is room. */
static void test_full_disk(void **state)
{
	struct fixture *f = *state;
	struct file_writer *w;
	char large[8192], full[96];
	struct dirent *e;
	DIR *d;

	if (!small_disk(f->folder))
		skip();
	memset(large, 'x', sizeof(large));
	snprintf(full, sizeof(full), "%s/full", f->folder);
	assert_int_equal(file_writer_new(&w, f->worker, f->path, on_done, f), 0);
	assert_int_equal(file_writer_write(w, "old", 3), 0);
	wait_for(f, 1);
	assert_int_equal(f->error, 0);
	fill(full);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(file_writer_write(w, large, sizeof(large)), 0);
		wait_for(f, i + 2);
		assert_int_equal(f->error, -ENOSPC);
		check(f, "old");
	}
	assert_int_equal(unlink(full), 0);
	assert_int_equal(file_writer_write(w, "new", 3), 0);
	wait_for(f, 5);
	assert_int_equal(f->error, 0);
	check(f, "new");
	file_writer_free(w);
	assert_int_equal(unlink(f->path), 0);
	d = opendir(f->folder);
	assert_non_null(d);
	while ((e = readdir(d)))
		assert_true(e->d_name[0] == '.' && strlen(e->d_name) <= 2);
	closedir(d);
	assert_int_equal(umount(f->folder), 0);
}

static void test_flushed_at_the_end(void **state)
{
	struct fixture *f = *state;
	struct file_writer *w;

	assert_int_equal(file_writer_new(&w, f->worker, f->path, on_done, f), 0);
	assert_int_equal(file_writer_write(w, "last", 4), 0);
	file_writer_free(w);
	f->worker = worker_free(f->worker, true, 10000);
	check(f, "last");
	assert_int_equal(f->answers, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_the_last_one_stays),
	    TEST(test_what_goes_wrong_is_told),
	    TEST(test_full_disk),
	    TEST(test_flushed_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
