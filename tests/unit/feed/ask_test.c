/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static void test_good(void **state)
{
	const struct frame_epoch epoch = {.start = 0x0123456789abcdefu, .random = 0xdeadbeefu};
	struct ask ask;
	char text[ASK_MAX];

	(void)state;
	assert_int_equal(ask_parse(&ask, "keyframe overview", 17), 0);
	assert_int_equal(ask.kind, ASK_KEYFRAME);
	assert_string_equal(ask.topic, "overview");
	assert_string_equal(ask_format_collector(text, &epoch), "collector 0123456789abcdefdeadbeef");
	assert_int_equal(ask_parse(&ask, text, strlen(text)), 0);
	assert_int_equal(ask.kind, ASK_COLLECTOR);
	assert_int_equal(frame_epoch_compare(&ask.epoch, &epoch), 0);
}

static void test_bad(void **state)
{
	static const char *const bad[] = {
	    "",
	    "keyframe",
	    "keyframe ",
	    "keyframe Overview",
	    "keyframe a b",
	    "keyframe -",
	    "keyframe aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "keyframes overview",
	    "collector ",
	    "collector 0123456789abcdefdeadbee",
	    "collector 0123456789abcdefdeadbeef0",
	    "collector 0123456789abcdefdeadbeeg",
	    "collector 0123456789ABCDEFDEADBEEF",
	    "hello",
	};
	struct ask ask;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(ask_parse(&ask, bad[i], strlen(bad[i])), -EBADMSG);
	assert_int_equal(ask_parse(&ask, "keyframe a\0b", 12), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
