/* SPDX-License-Identifier: MIT */
#include "list_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cmocka_all.h"

static struct list_file *read_bytes(const char *bytes, size_t length)
{
	int fd = memfd_create("list", MFD_CLOEXEC);
	struct list_file *f;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(list_file_read(&f, fd), 0);
	close(fd);
	return f;
}

static bool has(const struct list_file *f, const char *name)
{
	size_t length;

	return list_file_has_name(f, name, &length);
}

static void test_all_forms_in_one_file(void **state)
{
	static const char text[] = "\xef\xbb\xbf# Date: 12 March 2026 11:04:19 (UTC)\n"
				   "0.0.0.0 a.example\r\n"
				   "||b.example^\n"
				   "what is this\n"
				   "c.example\n"
				   "c.example\n"
				   "@@||good.b.example^\n"
				   "||b.example/path\n"
				   "198.51.100.0/24\n"
				   "nor this one\n"
				   "d.example";
	struct list_file *f = read_bytes(text, sizeof(text) - 1);
	struct address a;
	unsigned length;

	(void)state;
	assert_true(has(f, "a.example"));
	assert_true(has(f, "www.b.example"));
	assert_true(has(f, "c.example"));
	assert_true(has(f, "d.example"));
	assert_false(has(f, "good.b.example"));
	assert_false(has(f, "www.good.b.example"));
	assert_false(has(f, "example"));
	assert_int_equal(address_parse(&a, "198.51.100.77"), 0);
	assert_true(list_file_has_address(f, &a, &length));
	assert_int_equal(length, 96 + 24);
	assert_int_equal(f->built, 1773313459);
	assert_int_equal(f->entries, 6);
	assert_int_equal(f->broken, 2);
	assert_int_equal(f->other, 1);
	assert_int_equal(f->first_broken[0], 4);
	assert_int_equal(f->first_broken[1], 10);
	assert_int_equal(f->first_broken[2], 0);
	list_file_free(f);
}

static void test_lines_across_reads(void **state)
{
	enum { LINES = 20000, SIZE = LINES * 32 };
	char *text = malloc(SIZE), name[64];
	struct list_file *f;
	size_t used = 0;

	(void)state;
	assert_non_null(text);
	for (int i = 0; i < LINES; i++)
		used += (size_t)snprintf(text + used, SIZE - used, "host%d.tracker.example\n", i);
	f = read_bytes(text, used);
	assert_int_equal(f->entries, LINES);
	assert_int_equal(f->broken, 0);
	for (int i = 0; i < LINES; i++) {
		snprintf(name, sizeof(name), "host%d.tracker.example", i);
		assert_true(has(f, name));
	}
	list_file_free(f);
	free(text);
}

/* A line longer than what is read at once is one broken line, and the lines after it have their numbers. */
static void test_a_line_without_end(void **state)
{
	enum { LONG = 200000 };
	static char text[LONG + 64];
	struct list_file *f;
	int n;

	(void)state;
	memset(text, 'a', LONG);
	n = snprintf(text + LONG, 64, "\nbroken line\ngood.example\n");
	f = read_bytes(text, (size_t)LONG + (size_t)n);
	assert_true(has(f, "good.example"));
	assert_int_equal(f->entries, 1);
	assert_int_equal(f->broken, 2);
	assert_int_equal(f->first_broken[0], 1);
	assert_int_equal(f->first_broken[1], 2);
	list_file_free(f);
	f = read_bytes(text, LONG);
	assert_int_equal(f->entries, 0);
	assert_int_equal(f->broken, 1);
	list_file_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_forms_in_one_file),
	    cmocka_unit_test(test_lines_across_reads),
	    cmocka_unit_test(test_a_line_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
