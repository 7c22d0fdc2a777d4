/* SPDX-License-Identifier: MIT */
#include "vendors.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "cmocka_all.h"

#include "device.h"
#include "file.h"
#include "folder.h"
#include "util.h"
#include "vendor_csv.h"
#include "vendor_name.h"

#define HEAD "Registry,Assignment,Organization Name,Organization Address\r\n"

static void on_changed(void *data)
{
	((struct folder *)data)->changes++;
}

static const char *of(const struct vendors *v, uint64_t mac)
{
	uint8_t bytes[6];

	for (unsigned i = 0; i < 6; i++)
		bytes[i] = (uint8_t)(mac >> (40 - 8 * i));
	return vendors_of(v, bytes);
}

static void test_longest_prefix_and_a_newer_file(void **state)
{
	struct folder f;
	struct vendors *v;

	(void)state;
	folder_make(&f);
	assert_int_equal(
	    vendors_new(&v, f.event, f.worker, &f.sources, f.path, folder_report, on_changed, &f), 0);
	vendors_check(v);
	assert_non_null(strstr(f.said, "ieee-data"));
	assert_null(of(v, 0x0055daffffff));
	folder_write(&f, "oui.csv",
		     HEAD "MA-L,0055DA,\"Large, Inc.\",x\r\nMA-L,00AAAA,Apple,x\r\nbroken\r\n");
	folder_write(&f, "mam.csv", HEAD "MA-M,0055DA1,Medium Ltd,x\r\n");
	folder_write(&f, "oui36.csv", HEAD "MA-S,0055DA123,Small GmbH,x\r\n");
	folder_wait(&f, vendors_check(v), f.changes == 1);
	assert_string_equal(of(v, 0x0055da000000), "Large");
	assert_string_equal(of(v, 0x0055da1fffff), "Medium");
	assert_string_equal(of(v, 0x0055da123456), "Small");
	assert_string_equal(of(v, 0x00aaaa000001), "Apple");
	assert_null(of(v, 0x00aaab000001));
	assert_null(of(v, 0x0255da000000)); /* a random one */
	folder_turns(&f, vendors_check(v));
	assert_int_equal(f.changes, 1);
	folder_write(&f, "oui.csv", HEAD "MA-L,0055DA,Another,x\r\n");
	folder_wait(&f, vendors_check(v), f.changes == 2);
	assert_string_equal(of(v, 0x0055da000000), "Another");
	assert_null(of(v, 0x00aaaa000001));
	/* A file that holds nothing leaves the old ones in use. */
	folder_write(&f, "oui.csv", "nothing\n");
	folder_remove(&f, "mam.csv");
	folder_remove(&f, "oui36.csv");
	folder_wait(&f, vendors_check(v), strstr(f.said, "oui.csv"));
	assert_string_equal(of(v, 0x0055da000000), "Another");
	vendors_free(v);
	folder_remove(&f, "oui.csv");
	folder_done(&f);
}

static uint64_t built_at(const struct folder *f)
{
	return ((const struct source *)f->sources.clean.next)->built;
}

static void set_time(const struct folder *f, const char *name, time_t seconds, long fraction)
{
	struct timespec times[2] = {{seconds, fraction}, {seconds, fraction}};
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", f->path, name);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* They are as old as the oldest of them, where the time of each is known. */
static void test_when_the_registers_were_made(void **state)
{
	struct folder f;
	struct vendors *v;

	(void)state;
	folder_make(&f);
	assert_int_equal(
	    vendors_new(&v, f.event, f.worker, &f.sources, f.path, folder_report, on_changed, &f), 0);
	folder_write(&f, "oui.csv", HEAD "MA-L,0055DA,Large,x\r\n");
	folder_write(&f, "mam.csv", HEAD "MA-M,0055DA1,Medium,x\r\n");
	set_time(&f, "oui.csv", 1700000500, 0);
	set_time(&f, "mam.csv", 1700000000, 0);
	folder_wait(&f, vendors_check(v), f.changes == 1);
	assert_int_equal(built_at(&f), 1700000000);
	set_time(&f, "mam.csv", 1700000000, 1);
	folder_wait(&f, vendors_check(v), f.changes == 2);
	assert_int_equal(built_at(&f), 0);
	vendors_free(v);
	folder_remove(&f, "oui.csv");
	folder_remove(&f, "mam.csv");
	folder_done(&f);
}

/* What the register writes is what people read, so it has no quotes, tabs and blanks that say nothing, and names nobody
 * who made nothing. */
static void check_names(const char *file)
{
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length, used;

	assert_int_equal(file_read(&text, &length, file, 64 << 20), 0);
	for (size_t at = 0; at < length; at += used) {
		struct vendor_record record;
		char name[DEVICE_VENDOR_MAX];
		int r = vendor_csv_read(&record, text + at, length - at, &used);

		assert_true(r >= 0);
		if (r > 0)
			continue;
		assert_true(vendor_name(name, sizeof(name), record.name, record.length));
		/* one has question marks of its own */
		if (strpbrk(name, "\"\t") ||
		    (strchr(name, '?') && !memchr(record.name, '?', record.length)) || name[0] == ' ' ||
		    strstr(name, "  ") || !strcmp(name, "Private") || strstr(name, "Registration Authority"))
			fail_msg("%s has a maker called \"%s\"", file, name);
	}
}

/* Debian's own, where it is installed. */
static void test_the_real_registers(void **state)
{
	struct folder f;
	struct vendors *v;

	(void)state;
	if (access("/usr/share/ieee-data/oui.csv", R_OK) < 0)
		skip();
	folder_make(&f);
	assert_int_equal(vendors_new(&v, f.event, f.worker, &f.sources, "/usr/share/ieee-data", folder_report,
				     on_changed, &f),
			 0);
	folder_wait(&f, vendors_check(v), f.changes == 1);
	assert_string_equal(f.said, "");
	assert_string_equal(of(v, 0xf01898000000), "Apple");
	assert_string_equal(of(v, 0xdca632000000), "Raspberry Pi Trading");
	assert_true(((const struct source *)f.sources.clean.next)->entries > 30000);
	assert_true(vendors_bytes(v) < 3 << 20);
	vendors_free(v);
	folder_done(&f);
	check_names("/usr/share/ieee-data/oui.csv");
	check_names("/usr/share/ieee-data/mam.csv");
	check_names("/usr/share/ieee-data/oui36.csv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_longest_prefix_and_a_newer_file),
	    cmocka_unit_test(test_when_the_registers_were_made),
	    cmocka_unit_test(test_the_real_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
