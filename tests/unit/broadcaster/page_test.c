/* SPDX-License-Identifier: MIT */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

static void test_find(void **context)
{
	(void)context;
	assert_non_null(page_find("/"));
	assert_ptr_equal(page_find("/"), page_find("/index.html"));
	assert_null(page_find(""));
	assert_null(page_find("index.html"));
	assert_null(page_find("/../index.html"));
	assert_null(page_find("/nothing"));
	assert_true(strlen(page_build) == 16);
}

static void test_files_inflate(void **context)
{
	(void)context;
	for (const struct page_file *f = page_files; f->path; f++) {
		uint8_t *bytes = page_inflate(f);

		assert_non_null(bytes);
		if (!strcmp(f->path, "/index.html"))
			assert_memory_equal(bytes, "<!", 2);
		assert_int_equal(f->immutable, !strncmp(f->path, "/assets/", 8));
		free(bytes);
	}
}

static void test_broken_file(void **context)
{
	static const uint8_t bytes[] = {0x1f, 0x8b, 8, 0, 0};
	static const struct page_file file = {
	    .path = "/x", .length = 5, .gzip = bytes, .gzip_length = sizeof(bytes)};

	(void)context;
	assert_null(page_inflate(&file));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_files_inflate),
	    cmocka_unit_test(test_broken_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
