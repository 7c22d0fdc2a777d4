/* SPDX-License-Identifier: MIT */
#include "watch_message.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static int parse(struct watch_message *m, const char *text)
{
	return watch_message_parse(m, text, strlen(text));
}

static void test_good(void **context)
{
	struct watch_message m;

	(void)context;
	assert_int_equal(parse(&m, "watch home overview"), 0);
	assert_true(m.begin);
	assert_string_equal(m.site, "home");
	assert_string_equal(m.topic, "overview");
	assert_int_equal(parse(&m, "unwatch lab-2 connections"), 0);
	assert_false(m.begin);
	assert_string_equal(m.site, "lab-2");
	assert_string_equal(m.topic, "connections");
	assert_int_equal(parse(&m, "watch 01234567890123456789012345678901 01234567890123456789012345678901"),
			 0);
}

static void test_bad(void **context)
{
	static const char *const texts[] = {
	    "",
	    "watch",
	    "watch ",
	    "watch home",
	    "watch home ",
	    "watch  home overview",
	    "watch home  overview",
	    " watch home overview",
	    "watch home overview ",
	    "watch home overview\n",
	    "Watch home overview",
	    "watch Home overview",
	    "watch home over_view",
	    "watch -home overview",
	    "watch home overview more",
	    "unwatch",
	    "unwatch home",
	    "watches home overview",
	    "watch 012345678901234567890123456789012 overview",
	    "watch home 012345678901234567890123456789012",
	};
	struct watch_message m = {.site = "untouched"};

	(void)context;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(parse(&m, texts[i]), -EBADMSG);
	assert_int_equal(watch_message_parse(&m, "watch home over\0iew", 19), -EBADMSG);
	assert_string_equal(m.site, "untouched");
}

static void test_too_long(void **context)
{
	char text[WATCH_MESSAGE_MAX + 1];
	struct watch_message m;

	(void)context;
	memset(text, ' ', sizeof(text));
	memcpy(text, "watch home overview", 19);
	assert_int_equal(watch_message_parse(&m, text, sizeof(text)), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
