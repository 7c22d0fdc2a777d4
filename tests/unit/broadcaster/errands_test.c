/* SPDX-License-Identifier: MIT */
/* Commands of viewers under way: what is published is the test's, and so is what viewers are told. */
#include "errands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "clock_ahead.h"
#include "cmocka_all.h"
#include "log.h"
#include "redis_feed.h"
#include "said.h"
#include "util.h"
#include "viewer.h"

static const char *names[] = {"home", "cabin"};
static const struct config_list sites = {.n = 2, .items = names};
static struct ev_loop *loop;
static struct errands *errands;
static const struct errand_stats *stats;
static bool away;

/* What was published last, and told last. */
static char channel[CHANNEL_MAX], message[512], request[64], answer[4096];
static uint32_t token;
static struct viewer *told;
static unsigned published, answers;

int __wrap_redis_feed_publish(struct redis_feed *feed, const char *name, const char *text, size_t length,
			      uint32_t *ret_token);
void __wrap_viewer_answer(struct viewer *v, const char *text, size_t length);

int __wrap_redis_feed_publish(struct redis_feed *feed, const char *name, const char *text, size_t length,
			      uint32_t *ret_token)
{
	(void)feed;
	if (away)
		return -ENOTCONN;
	snprintf(channel, sizeof(channel), "%s", name);
	snprintf(message, sizeof(message), "%.*s", (int)length, text);
	snprintf(request, sizeof(request), "%.*s", (int)strcspn(message, " "), message);
	*ret_token = ++token;
	published++;
	return 0;
}

void __wrap_viewer_answer(struct viewer *v, const char *text, size_t length)
{
	told = v;
	snprintf(answer, sizeof(answer), "%.*s", (int)length, text);
	answers++;
}

static int set_up(void **state)
{
	(void)state;
	loop = ev_loop_new(EVFLAG_AUTO);
	assert_int_equal(errands_new(&errands, loop, NULL, &sites, NULL), 0);
	stats = errands_stats(errands);
	published = answers = 0;
	away = false;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	errands = errands_free(errands);
	ev_loop_destroy(loop);
	clock_ahead = 0;
	return 0;
}

static void take(struct viewer *v, const char *text)
{
	struct command_request q;
	struct address a;
	int r = command_request_read(&q, v->role, text, strlen(text));

	assert_true(r >= 0);
	assert_int_equal(address_parse(&a, "192.0.2.7"), 0);
	told = NULL;
	answer[0] = '\0';
	errands_take(errands, v, &a, &q, (enum command_fault)r);
}

static void reply_to(const char *of, const char *site, const char *words)
{
	char text[512];
	int n = snprintf(text, sizeof(text), "%s %s", of, words);

	told = NULL;
	answer[0] = '\0';
	errands_reply(errands, site, text, (size_t)n);
}

#define assert_refused(v, name, so_often)                                                                    \
	do {                                                                                                 \
		assert_ptr_equal(told, v);                                                                   \
		assert_non_null(strstr(answer, command_fault_code(COMMAND_FAULT_##name)));                   \
		assert_int_equal(stats->refused[COMMAND_FAULT_##name], so_often);                            \
	} while (0)

static void test_there_and_back(void **state)
{
	struct viewer v = {};
	char expected[128];

	(void)state;
	take(&v, "command cabin 7 name 12 Aino's phone");
	assert_null(told);
	assert_string_equal(channel, "connvis:command:cabin");
	snprintf(expected, sizeof(expected), "%s participant 192.0.2.7 name 12 Aino's phone", request);
	assert_string_equal(message, expected);
	assert_true(strlen(request) < 33);
	errands_published(errands, token, 1);
	assert_null(told);
	reply_to(request, "cabin", "ok {\"device\":12}");
	assert_ptr_equal(told, &v);
	assert_string_equal(answer, "{\"answer\":7,\"ok\":{\"device\":12}}");
	assert_int_equal(stats->done, 1);
	assert_int_equal(v.errands, 0);

	take(&v, "command cabin 8 name 12 x");
	reply_to(request, "cabin", "error name-taken Another one.");
	assert_string_equal(answer, "{\"answer\":8,\"error\":\"name-taken\",\"sentence\":\"Another one.\"}");
	assert_int_equal(stats->refused[COMMAND_FAULT_NAME_TAKEN], 1);
	take(&v, "command cabin 9 name 12 x");
	reply_to(request, "cabin", "error moon-phase Wait.");
	assert_string_equal(answer, "{\"answer\":9,\"error\":\"moon-phase\",\"sentence\":\"Wait.\"}");
	assert_int_equal(stats->refused_otherwise, 1);
}

/* Viewers choose the same numbers: each has its own answer, whatever the order, and once. */
static void test_whose_answer(void **state)
{
	struct viewer one = {}, two = {};
	char first[64], second[64];

	(void)state;
	take(&one, "command home 1 me");
	memcpy(first, request, sizeof(first));
	take(&two, "command home 1 me");
	memcpy(second, request, sizeof(second));
	assert_string_not_equal(first, second);
	reply_to(second, "home", "ok {\"device\":2}");
	assert_ptr_equal(told, &two);
	/* on another site's channel, of another broadcaster, cut short, unreadable, twice */
	reply_to(first, "cabin", "ok {\"device\":1}");
	assert_null(told);
	reply_to("0123456789abcdef-1", "home", "ok {\"device\":1}");
	assert_null(told);
	reply_to("1", "home", "ok {\"device\":1}");
	assert_null(told);
	reply_to(first, "home", "ok {\"device\":1");
	assert_null(told);
	reply_to(second, "home", "ok {\"device\":3}");
	assert_null(told);
	assert_int_equal(stats->late, 2);
	reply_to(first, "home", "ok {\"device\":1}");
	assert_ptr_equal(told, &one);
	assert_string_equal(answer, "{\"answer\":1,\"ok\":{\"device\":1}}");
}

static void test_refused_here(void **state)
{
	struct viewer v = {}, watching = {.role = ROLE_GUEST};

	(void)state;
	take(&v, "command villa 1 me");
	assert_refused(&v, NO_SITE, 1);
	take(&v, "command home 2 dance");
	assert_refused(&v, UNKNOWN_COMMAND, 1);
	take(&v, "command home 3 me too");
	assert_refused(&v, TOO_LONG, 1);
	take(&v, "command home 4 name 1 \xff");
	assert_refused(&v, NOT_TEXT, 1);
	take(&watching, "command home 4 me");
	assert_refused(&watching, ONLY_WATCHING, 1);
	away = true;
	take(&v, "command home 5 me");
	assert_refused(&v, NO_REDIS, 1);
	away = false;
	assert_int_equal(published, 0);
	take(&v, "command home 6 me");
	errands_published(errands, token, 0);
	assert_refused(&v, NO_COLLECTOR, 1);
	take(&v, "command home 7 me");
	errands_published(errands, token, -1);
	assert_refused(&v, NO_REDIS, 2);
	assert_int_equal(v.errands, 0);
	assert_int_equal(stats->done, 0);
}

static void test_repeated(void **state)
{
	struct viewer v = {}, other = {};
	char first[64];

	(void)state;
	take(&v, "command home 5 me");
	memcpy(first, request, sizeof(first));
	take(&v, "command home 5 me");
	assert_refused(&v, REPEATED, 1);
	reply_to(first, "home", "ok {}");
	assert_ptr_equal(told, &v);
	take(&v, "command home 5 me");
	assert_refused(&v, REPEATED, 2);
	take(&v, "command home 4 me");
	assert_refused(&v, REPEATED, 3);
	take(&other, "command home 5 me");
	assert_null(told);
	take(&v, "command home 6 me");
	assert_null(told);
	assert_int_equal(published, 3);
}

static void test_too_fast(void **state)
{
	struct viewer v = {}, other = {};
	unsigned refused = 0;
	char text[64];

	(void)state;
	for (unsigned i = 1; i <= 64; i++) {
		snprintf(text, sizeof(text), "command home %u me", i);
		take(&v, text);
		refused += told == &v;
		if (!told)
			reply_to(request, "home", "ok {}");
	}
	/* within one second, or two */
	assert_in_range(published, ERRANDS_IN_SECOND, 2 * ERRANDS_IN_SECOND);
	assert_int_equal(published + refused, 64);
	assert_int_equal(stats->refused[COMMAND_FAULT_TOO_FAST], refused);
	take(&other, "command home 1 me");
	assert_null(told);
	clock_ahead += 2;
	take(&v, "command home 65 me");
	assert_null(told);
}

static void test_bounds(void **state)
{
	static struct viewer many[ERRANDS_MAX];
	char text[64];
	uint32_t n = 0;

	(void)state;
	memset(many, 0, sizeof(many));
	/* without an answer */
	for (unsigned i = 1; i <= ERRANDS_OF_VIEWER + 1; i++) {
		clock_ahead += i % 4 == 0;
		snprintf(text, sizeof(text), "command home %u me", ++n);
		take(&many[0], text);
	}
	assert_refused(&many[0], BUSY, 1);
	for (size_t i = 1; i < ELEMENTS_OF(many); i++)
		take(&many[i], "command home 1 me");
	assert_int_equal(published, ERRANDS_MAX);
	assert_int_equal(stats->refused[COMMAND_FAULT_BUSY], ERRANDS_OF_VIEWER);
	/* who goes makes room */
	errands_forget(errands, &many[0]);
	assert_int_equal(many[0].errands, 0);
	take(&many[ERRANDS_MAX - 1], "command home 2 me");
	assert_null(told);
	assert_int_equal(published, ERRANDS_MAX + 1);
}

static void test_no_answer(void **state)
{
	struct viewer v = {}, other = {};
	char first[64];

	(void)state;
	take(&v, "command home 1 me");
	memcpy(first, request, sizeof(first));
	clock_ahead += 1;
	take(&other, "command home 1 me");
	ev_run(loop, EVRUN_NOWAIT);
	assert_null(told);
	/* its two seconds are nearly over, those of the other are not */
	clock_ahead += 1;
	errands_forget(errands, &(struct viewer){});
	ev_run(loop, EVRUN_ONCE);
	assert_refused(&v, NO_ANSWER, 1);
	reply_to(first, "home", "ok {}");
	assert_null(told);
	assert_int_equal(stats->late, 1);
	reply_to(request, "home", "ok {}");
	assert_ptr_equal(told, &other);
}

static void test_redis_goes(void **state)
{
	struct viewer v = {};

	(void)state;
	take(&v, "command home 1 me");
	take(&v, "command home 2 me");
	errands_lost(errands);
	assert_refused(&v, NO_ANSWER, 2);
	assert_int_equal(answers, 2);
	reply_to(request, "home", "ok {}");
	assert_null(told);
}

static void test_who_has_gone(void **state)
{
	struct viewer v = {}, other = {};
	char first[64];

	(void)state;
	take(&v, "command home 1 me");
	memcpy(first, request, sizeof(first));
	take(&other, "command home 1 me");
	errands_forget(errands, &v);
	reply_to(first, "home", "ok {}");
	assert_null(told);
	reply_to(request, "home", "ok {}");
	assert_ptr_equal(told, &other);
}

/* Each refusal is a line, as long as there are not too many. */
static void test_log(void **state)
{
	struct said said;
	char heard[65536], text[64];
	struct viewer v = {};

	(void)state;
	log_open("test", LOG_LEVEL_INFO);
	said_begin(&said, STDERR_FILENO);
	take(&v, "command home 1 dance");
	take(&v, "command villa 2 me");
	said_end(&said, heard, sizeof(heard));
	assert_int_equal(
	    said_count(heard,
		       "The participant at 192.0.2.7 was refused a command for the site home: There is no"),
	    1);
	assert_int_equal(
	    said_count(heard, "The participant at 192.0.2.7 was refused the command me for the site villa: "),
	    1);
	said_begin(&said, STDERR_FILENO);
	for (unsigned i = 3; i <= 500; i++) {
		snprintf(text, sizeof(text), "command home %u dance", i);
		take(&v, text);
	}
	clock_ahead += 60;
	take(&v, "command home 501 dance");
	said_end(&said, heard, sizeof(heard));
	assert_in_range(said_count(heard, "was refused"), 10, 130);
	assert_true(said_count(heard, " more times shortly before") > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(test_there_and_back), TEST(test_whose_answer),
	    TEST(test_refused_here),   TEST(test_repeated),
	    TEST(test_too_fast),       TEST(test_bounds),
	    TEST(test_no_answer),      TEST(test_redis_goes),
	    TEST(test_who_has_gone),   TEST(test_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
