/* SPDX-License-Identifier: MIT */
#include "alias_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#define ANNA "02:1a:ff:00:99:10 1795417687 own Aino\n"
#define BEN "192.168.77.5 1795417688 given Ben's \xc3\xa4\n"

static struct alias_entry told[8];
static size_t n_told;

static bool on_line(void *data, const struct alias_entry *entry)
{
	(void)data;
	assert_true(n_told < 8);
	told[n_told++] = *entry;
	return true;
}

static int read_text(const char *text)
{
	n_told = 0;
	return alias_file_read(text, strlen(text), on_line, NULL);
}

static void test_whole(void **state)
{
	char line[ALIAS_FILE_LINE];

	(void)state;
	assert_int_equal(read_text("connvis-names 1\n" ANNA BEN "end 2\n"), 0);
	assert_int_equal(n_told, 2);
	assert_int_equal(told[0].key.is_mac, 1);
	assert_int_equal(told[0].seen, 1795417687);
	assert_false(told[0].given);
	assert_string_equal(told[0].alias, "Aino");
	assert_true(told[1].given);
	assert_string_equal(told[1].alias, "Ben's \xc3\xa4");
	assert_int_equal(alias_file_entry(line, &told[0]), strlen(ANNA));
	assert_string_equal(line, ANNA);
	assert_int_equal(alias_file_entry(line, &told[1]), strlen(BEN));
	assert_string_equal(line, BEN);
	alias_file_end(line, 2);
	assert_string_equal(line, "end 2\n");
}

static void test_cut_off_anywhere(void **state)
{
	static const char whole[] = "connvis-names 1\n" ANNA BEN "end 2\n";
	const size_t first = strlen("connvis-names 1\n" ANNA), second = first + strlen(BEN);

	(void)state;
	for (size_t length = 0; length < sizeof(whole) - 1; length++) {
		int r;

		n_told = 0;
		r = alias_file_read(whole, length, on_line, NULL);
		assert_int_equal(r, length < strlen("connvis-names 1\n") ? -EBADMSG : 1);
		assert_int_equal(n_told, length >= second ? 2 : length >= first ? 1 : 0);
	}
}

static void test_wishes(void **state)
{
	static const char *const words[] = {"own", "hidden", "left-out"};
	char text[3 * ALIAS_FILE_LINE];

	(void)state;
	for (int wish = 0; wish < WISHES; wish++) {
		snprintf(text, sizeof(text), "connvis-names 2\n02:1a:ff:00:99:10 1795417687 %s -\nend 1\n",
			 words[wish]);
		assert_int_equal(read_text(text), 0);
		assert_int_equal(n_told, 1);
		assert_int_equal(told[0].wish, wish);
		assert_false(told[0].given);
	}
	assert_int_equal(read_text("connvis-names 2\n192.168.77.5 1 hidden-given Ben\nend 1\n"), 0);
	assert_int_equal(told[0].wish, WISH_HIDDEN);
	assert_true(told[0].given);
	assert_int_equal(read_text("connvis-names 2\n192.168.77.5 1 left-out:bens -\nend 1\n"), 0);
	assert_string_equal(told[0].host, "bens");
	alias_file_entry(text, &told[0]);
	assert_string_equal(text, "192.168.77.5 1 left-out:bens -\n");
	assert_int_equal(read_text("connvis-names 2\n192.168.77.5 1 left-out:\xff -\nend 1\n"), 1);
	assert_int_equal(read_text("connvis-names 2\n192.168.77.5 1 gone Ben\nend 1\n"), 1);
	assert_int_equal(n_told, 0);
	alias_file_head(text, 2);
	assert_string_equal(text, "connvis-names 2\n");
}

/* What is only of a room: who has chosen, what is shown because somebody said so, and what one who has not chosen is called. */
static void test_rooms(void **state)
{
	static const struct {
		const char *word;
		enum alias_chooser chooser;
		enum wish wish;
		bool given;
		unsigned version;
		uint64_t since;
	} all[] = {
	    {"own", ALIAS_NOBODY, WISH_SHOWN, false, 1, 0},
	    {"given", ALIAS_NOBODY, WISH_SHOWN, true, 1, 0},
	    {"own:bens", ALIAS_NOBODY, WISH_SHOWN, false, 3, 0},
	    {"hidden", ALIAS_SOMEBODY, WISH_HIDDEN, false, 2, 0},
	    {"left-out:bens", ALIAS_SOMEBODY, WISH_LEFT_OUT, false, 2, 0},
	    {"shown", ALIAS_SOMEBODY, WISH_SHOWN, false, 3, 0},
	    {"chose-shown-given", ALIAS_HOLDER, WISH_SHOWN, true, 3, 0},
	    {"chose-hidden:bens", ALIAS_HOLDER, WISH_HIDDEN, false, 3, 0},
	    {"chose-left-out", ALIAS_HOLDER, WISH_LEFT_OUT, false, 3, 0},
	    {"hidden@17", ALIAS_SOMEBODY, WISH_HIDDEN, false, 3, 17},
	    {"chose-hidden-given@999999999999:bens", ALIAS_HOLDER, WISH_HIDDEN, true, 3, 999999999999},
	};
	static const char *const wrong[] = {"shown:bens", "chose-shown:bens", "chose-own", "chose-",
					    "chose",	  "own@17",	      "shown@",	   "shown@x",
					    "shown@1:",	  "shown@1@2"};
	char text[3 * ALIAS_FILE_LINE], line[ALIAS_FILE_LINE];

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		snprintf(line, sizeof(line), "02:1a:ff:00:99:10 17 %s Ben\n", all[i].word);
		snprintf(text, sizeof(text), "connvis-names 3\n%send 1\n", line);
		assert_int_equal(read_text(text), 0);
		assert_int_equal(told[0].chooser, all[i].chooser);
		assert_int_equal(told[0].wish, all[i].wish);
		assert_int_equal(told[0].given, all[i].given);
		assert_int_equal(told[0].since, all[i].since);
		assert_int_equal(alias_file_version(&told[0]), all[i].version);
		alias_file_entry(text, &told[0]);
		assert_string_equal(text, line);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), "connvis-names 3\n02:1a:ff:00:99:10 17 %s Ben\nend 1\n",
			 wrong[i]);
		assert_int_equal(read_text(text), 1);
	}
}

static void test_what_is_no_such_file(void **state)
{
	(void)state;
	assert_int_equal(read_text("connvis-names 4\n" ANNA "end 1\n"), -EPROTO);
	assert_int_equal(read_text("connvis-names 0\n"), -EBADMSG);
	assert_int_equal(read_text("connvis-names x\n"), -EBADMSG);
	assert_int_equal(read_text("#!/bin/sh\n"), -EBADMSG);
	assert_int_equal(read_text("\xff\xfe\n"), -EBADMSG);
	assert_int_equal(n_told, 0);
}

static void test_broken_lines_are_passed_over(void **state)
{
	static const char *const broken[] = {
	    "02:1a:ff:00:99 1 own Aino\n",
	    "02:1a:ff:00:99:1g 1 own Aino\n",
	    "192.168.77.500 1 own Aino\n",
	    "02:1a:ff:00:99:10 x own Aino\n",
	    "02:1a:ff:00:99:10 1 his Aino\n",
	    "02:1a:ff:00:99:10 1 own \n",
	    "02:1a:ff:00:99:10 1 own\n",
	    "\n",
	    "02:1a:ff:00:99:10 1 own a\x01\n",
	    "02:1a:ff:00:99:10 1 own \xff\n",
	    "02:1a:ff:00:99:10 1 own 12345678901234567890123456789012345678901\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		char text[400] = "connvis-names 1\n";

		strcat(text, broken[i]);
		strcat(text, ANNA "end 1\n");
		assert_int_equal(read_text(text), 1);
		assert_int_equal(n_told, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole),
	    cmocka_unit_test(test_cut_off_anywhere),
	    cmocka_unit_test(test_wishes),
	    cmocka_unit_test(test_rooms),
	    cmocka_unit_test(test_what_is_no_such_file),
	    cmocka_unit_test(test_broken_lines_are_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
