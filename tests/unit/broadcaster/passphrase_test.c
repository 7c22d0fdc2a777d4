/* SPDX-License-Identifier: MIT */
#include "passphrase.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "file.h"
#include "util.h"

#define GOOD "four words and Ä"

static void test_faults(void **state)
{
	static const struct {
		const char *passphrase, *says;
	} bad[] = {
	    {"", "too short"},
	    {"eleven-long", "too short"},
	    /* 11 characters are no more for having 22 bytes */
	    {"äöüäöüäöüäö", "too short"},
	    {"a tab\tis in this one", "control"},
	    {"a delete\x7f is in this one", "control"},
	    {"no text \xff at all, or is it", "UTF-8"},
	    {"cut off at its end: \xc3", "UTF-8"},
	};
	char most[PASSPHRASE_MOST + 2] = "";

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		const char *fault = passphrase_fault(bad[i].passphrase);

		assert_non_null(fault);
		assert_non_null(strstr(fault, bad[i].says));
	}
	assert_null(passphrase_fault("twelve-long!"));
	assert_null(passphrase_fault("äöüäöüäöüäöü"));
	memset(most, 'a', PASSPHRASE_MOST);
	assert_null(passphrase_fault(most));
	most[PASSPHRASE_MOST] = 'a';
	assert_non_null(strstr(passphrase_fault(most), "too long"));
}

static void test_matches(void **state)
{
	char hash[PASSPHRASE_HASH_MAX], other[PASSPHRASE_HASH_MAX];

	(void)state;
	assert_int_equal(passphrase_hash(hash, GOOD), 0);
	assert_int_equal(passphrase_hash(other, GOOD), 0);
	assert_string_not_equal(hash, other);
	assert_null(strstr(hash, "words"));
	assert_int_equal(passphrase_matches(GOOD, hash), 1);
	assert_int_equal(passphrase_matches(GOOD, other), 1);
	assert_int_equal(passphrase_matches(GOOD " ", hash), 0);
	assert_int_equal(passphrase_matches("", hash), 0);
	assert_int_equal(passphrase_matches(hash, hash), 0);
	/* one that has no hash in it is nobody's */
	*strrchr(hash, '$') = '\0';
	assert_int_not_equal(passphrase_matches(GOOD, hash), 1);
	assert_true(passphrase_matches(GOOD, "$y$nonsense") < 0);
}

static void test_files(void **state)
{
	static const char *const bad[] = {
	    "",
	    "\n",
	    "four words in plain text",
	    "$6$salt$E.PQ5Ag6FHzM5jWBnbBQVPNDqVkVMy8hUgUFbFTDX2H41i0vjOPRM6rLQS8kY1rTUDqXqSUYqEQwTwB0rJY5y.",
	    "$y$",
	    "$y$j9T$abcdefgh$",
	    "$y$j9T$abcdefgh$tooshort",
	    "$y$$abcdefgh$kh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8",
	    "$y$j9T$abcdefgh$kh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8$",
	    "$y$j9T$abcdefgh$kh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8\n\n",
	    "$y$j9T$abc efgh$kh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8xkh8",
	};
	char hash[PASSPHRASE_HASH_MAX] = "as it was", path[] = "/tmp/connvis-passphrase-XXXXXX",
	     long_one[8192];
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(passphrase_parse(hash, bad[i], strlen(bad[i])), -EBADMSG);
	memset(long_one, 'a', sizeof(long_one));
	assert_int_equal(passphrase_parse(hash, long_one, sizeof(long_one)), -EBADMSG);
	assert_int_equal(passphrase_parse(hash, "$y$j9T$a\0$", 10), -EBADMSG);
	assert_string_equal(hash, "as it was");

	assert_int_equal(passphrase_hash(long_one, GOOD), 0);
	strcat(long_one, "\n");
	assert_int_equal(file_replace(path, long_one, strlen(long_one)), 0);
	assert_int_equal(passphrase_read(hash, path), 0);
	assert_int_equal(passphrase_matches(GOOD, hash), 1);
	unlink(path);
	assert_int_equal(passphrase_read(hash, path), -ENOENT);
	assert_int_equal(passphrase_read(hash, "/tmp"), -EISDIR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_matches),
	    cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
