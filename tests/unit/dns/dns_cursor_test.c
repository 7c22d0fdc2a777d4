/* SPDX-License-Identifier: MIT */
#include "dns_cursor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "util.h"

#define CURSOR "s=6c3f;i=1f;b=aa55;m=1;t=64b2f6e1c0a80;x=77"

static char folder[64], path[128];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/dns_cursor_test.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/place", folder);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void write_file(const char *text, size_t length)
{
	_cleanup_(cleanup_fclose) FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, length, f), length);
}

static void save(const char *cursor)
{
	char text[DNS_CURSOR_FILE_MAX];
	int length = dns_cursor_format(text, cursor);

	assert_true(length > 0);
	write_file(text, (size_t)length);
}

static void test_round_trip(void **state)
{
	char cursor[DNS_CURSOR_MAX];
	struct dns_stamp stamp;

	(void)state;
	assert_int_equal(dns_cursor_load(path, cursor), -ENOENT);
	assert_string_equal(cursor, "");
	save(CURSOR);
	assert_int_equal(dns_cursor_load(path, cursor), 0);
	assert_string_equal(cursor, CURSOR);
	save("s=2");
	assert_int_equal(dns_cursor_load(path, cursor), 0);
	assert_string_equal(cursor, "s=2");
	dns_cursor_stamp(&stamp, CURSOR, "aa55");
	assert_int_equal(stamp.real, 0x64b2f6e1c0a80u);
	assert_int_equal(stamp.monotonic, 1);
	assert_int_equal(stamp.boot, DNS_STAMP_THIS_BOOT);
	dns_cursor_stamp(&stamp, CURSOR, "aa56");
	assert_int_equal(stamp.boot, DNS_STAMP_ELSEWHERE);
	dns_cursor_stamp(&stamp, "s=2", "");
	assert_int_equal(stamp.real, 0);
	assert_int_equal(stamp.boot, DNS_STAMP_ELSEWHERE);
}

/* However the file was cut, and whatever it holds instead: it counts as none. */
static void test_garbage(void **state)
{
	static const char whole[] = "connvis-journal-place 1\n" CURSOR "\nend\n";
	static const char *const bad[] = {
	    "connvis-journal-place 2\n" CURSOR "\nend\n", "connvis-journal-place 1\n\nend\n",
	    "connvis-journal-place 1\ns=1 i=2\nend\n", "connvis-journal-place 1\ns=1\ns=2\nend\n", "\nend\n"};
	char cursor[DNS_CURSOR_MAX], large[2048];

	(void)state;
	write_file(whole, sizeof(whole) - 1);
	assert_int_equal(dns_cursor_load(path, cursor), 0);
	for (size_t length = 0; length < sizeof(whole) - 1; length++) {
		write_file(whole, length);
		assert_int_equal(dns_cursor_load(path, cursor), -EBADMSG);
		assert_string_equal(cursor, "");
	}
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		write_file(bad[i], strlen(bad[i]));
		assert_int_equal(dns_cursor_load(path, cursor), -EBADMSG);
	}
	memset(large, 'x', sizeof(large));
	write_file(large, sizeof(large));
	assert_int_equal(dns_cursor_load(path, cursor), -EBADMSG);
	memcpy(large, "connvis-journal-place 1\n", 24);
	memcpy(large + sizeof(large) - 5, "\nend\n", 5);
	write_file(large, sizeof(large));
	assert_int_equal(dns_cursor_load(path, cursor), -EBADMSG);
}

static void test_no_folder(void **state)
{
	char cursor[DNS_CURSOR_MAX], long_cursor[DNS_CURSOR_MAX + 1], text[DNS_CURSOR_FILE_MAX];

	(void)state;
	assert_int_equal(dns_cursor_load(folder, cursor), -EISDIR);
	memset(long_cursor, 'x', sizeof(long_cursor));
	long_cursor[DNS_CURSOR_MAX] = '\0';
	assert_int_equal(dns_cursor_format(text, long_cursor), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_garbage, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_no_folder, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
