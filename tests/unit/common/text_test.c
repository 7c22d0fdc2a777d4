/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static void test_good(void **state)
{
	char text[16];

	(void)state;
	assert_true(text_copy(text, sizeof(text), "Turku", 5));
	assert_string_equal(text, "Turku");
	assert_true(text_copy(text, sizeof(text), "Jyv\xc3\xa4skyl\xc3\xa4", 11));
	assert_string_equal(text, "Jyv\xc3\xa4skyl\xc3\xa4");
	assert_true(text_copy(text, sizeof(text), "\xe2\x82\xac \xf0\x9f\x98\x80", 8));
	assert_string_equal(text, "\xe2\x82\xac \xf0\x9f\x98\x80");
	assert_true(text_copy(text, sizeof(text), "a\nb\0c\x7f", 6));
	assert_string_equal(text, "a?b?c?");
	assert_true(text_copy(text, sizeof(text), "", 0));
	assert_string_equal(text, "");
}

static void test_cut_at_a_character(void **state)
{
	char text[5];

	(void)state;
	assert_true(text_copy(text, sizeof(text), "abc\xc3\xa4", 5));
	assert_string_equal(text, "abc");
	assert_true(text_copy(text, sizeof(text), "ab\xc3\xa4xyz", 7));
	assert_string_equal(text, "ab\xc3\xa4");
}

static void test_no_utf8(void **state)
{
	static const char *const bad[] = {
	    "\x80",		/* continues nothing */
	    "\xc3",		/* cut off */
	    "\xc3(",		/* not continued */
	    "\xc0\x80",		/* longer than needed */
	    "\xe0\x80\xaf",	/* the same */
	    "\xed\xa0\x80",	/* half of a surrogate pair */
	    "\xf4\x90\x80\x80", /* above U+10FFFF */
	    "\xff",
	};
	char text[16];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++) {
		assert_false(text_copy(text, sizeof(text), bad[i], strlen(bad[i])));
		assert_string_equal(text, "");
	}
}

static void test_pieces(void **state)
{
	struct text s = {"* a,b", 5}, piece;

	(void)state;
	assert_true(text_begins(s, "* "));
	assert_false(text_is(s, "* "));
	assert_true(text_take(&s, "* "));
	assert_false(text_take(&s, "b"));
	piece = text_take_until(&s, ',');
	assert_true(text_is(piece, "a"));
	piece = text_take_until(&s, ',');
	assert_true(text_is(piece, "b"));
	assert_int_equal(s.length, 0);
	assert_int_equal(text_take_until(&s, ',').length, 0);
}

static void test_numbers(void **state)
{
	struct text s = {"255.x", 5};
	uint64_t n = 7;

	(void)state;
	assert_false(text_take_number(&s, 254, &n));
	assert_int_equal(s.length, 5);
	assert_int_equal(n, 7);
	assert_true(text_take_number(&s, 255, &n));
	assert_int_equal(n, 255);
	assert_true(text_is(s, ".x"));
	assert_false(text_take_number(&s, 255, &n));
}

static void test_words(void **state)
{
	struct text line = {"mark 7 x8 4294967296 end", 24};
	uint64_t n;
	uint32_t small = 1;

	(void)state;
	assert_true(text_is(text_take_word(&line), "mark"));
	assert_true(text_take_word_u32(&line, 7, &small));
	assert_int_equal(small, 7);
	assert_false(text_take_word_number(&line, UINT64_MAX, &n));
	assert_false(text_take_word_u32(&line, UINT32_MAX, &small));
	assert_int_equal(small, 7);
	assert_true(text_is(text_take_word(&line), "end"));
	assert_int_equal(line.length, 0);
}

static void test_countries(void **state)
{
	char country[3] = "";

	(void)state;
	assert_true(text_country((struct text){"-", 1}, country));
	assert_string_equal(country, "");
	assert_true(text_country((struct text){"FI", 2}, country));
	assert_string_equal(country, "FI");
	assert_false(text_country((struct text){"fi", 2}, country));
	assert_false(text_country((struct text){"FIN", 3}, country));
	assert_false(text_country((struct text){"", 0}, country));
}

static void test_lines(void **state)
{
	struct text file = {"one\n\ntwo", 8}, nothing = {NULL, 0}, line;

	(void)state;
	assert_true(text_take_line(&file, &line));
	assert_true(text_is(line, "one"));
	assert_true(text_take_line(&file, &line));
	assert_int_equal(line.length, 0);
	/* it may be cut off */
	assert_false(text_take_line(&file, &line));
	assert_true(text_is(file, "two"));
	assert_false(text_take_line(&nothing, &line));
}

static void test_numbers_as_large_as_can_be(void **state)
{
	struct text s = {"18446744073709551615", 20}, above = {"18446744073709551616", 20},
		    longer = {"99999999999999999999999", 23};
	uint64_t n;

	(void)state;
	assert_true(text_take_number(&s, UINT64_MAX, &n));
	assert_true(n == UINT64_MAX);
	assert_false(text_take_number(&above, UINT64_MAX, &n));
	assert_false(text_take_number(&longer, UINT64_MAX, &n));
}

static void test_macs(void **state)
{
	static const char *const wrong[] = {
	    "",
	    "02:1a:ff:00:99",
	    "02:1a:ff:00:99:10:11",
	    "02:1a:ff:00:99:1g",
	    "02-1a-ff-00-99-10",
	    "021aff009910",
	};
	uint8_t mac[6] = {}, none[6] = {}, bytes[8];
	char text[MAC_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(text_mac((struct text){wrong[i], strlen(wrong[i])}, mac));
	assert_memory_equal(mac, none, sizeof(mac));
	assert_true(text_mac((struct text){"02:1A:ff:00:99:10", 17}, mac));
	assert_string_equal(mac_format(mac, text), "02:1a:ff:00:99:10");
	assert_int_equal(text_bytes((struct text){"0a:0b", 5}, bytes, sizeof(bytes)), 2);
	assert_int_equal(text_bytes((struct text){"0a:0b:0c", 8}, bytes, 2), 0);
}

static void test_distances(void **state)
{
	char long_one[201];

	(void)state;
	memset(long_one, 'a', 200);
	long_one[200] = '\0';
	assert_int_equal(text_distance("", ""), 0);
	assert_int_equal(text_distance("kitten", "sitting"), 3);
	assert_int_equal(text_distance("", "abc"), 3);
	assert_int_equal(text_distance(long_one, ""), 63);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_cut_at_a_character),
	    cmocka_unit_test(test_no_utf8),
	    cmocka_unit_test(test_pieces),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_countries),
	    cmocka_unit_test(test_numbers_as_large_as_can_be),
	    cmocka_unit_test(test_macs),
	    cmocka_unit_test(test_distances),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
