/* SPDX-License-Identifier: MIT */
#include "redis_fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static void test_each_has_its_sentence(void **state)
{
	static const struct {
		const char *why, *state, *advice;
	} cases[] = {
	    {"NOAUTH Authentication required.", "refuses us", "redis.password_file"},
	    {"WRONGPASS invalid username-password pair or user is disabled.", "refuses us", "redis.user"},
	    {"ERR AUTH <password> called without any password configured for the default user. Are you sure?",
	     "takes no password", "leave"},
	    {"no password from /etc/x: Permission denied", "is not asked", "redis.password_file"},
	    {"DENIED Redis is running in protected mode because protected mode is enabled", "refuses us",
	     "protected-mode no"},
	    {"ERR max number of clients reached", "refuses us", "maxclients"},
	    {"NOPERM this user has no permissions to access one of the channels", "refuses us", "ACL"},
	    {"Protocol error, got \"H\" as reply type byte", "is no Redis", "redis.server"},
	    {"Connection reset by peer", "is not there", "tunnel"},
	    {"Server closed the connection", "is not there", "tunnel"},
	    {"Out of memory", "cannot be used", "this program"},
	    {"Connection refused", "is not there", "Is it running"},
	    {"Name or service not known", "is not there", "redis.server right"},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		struct redis_fault fault = redis_fault_of(cases[i].why);

		assert_string_equal(fault.state, cases[i].state);
		assert_non_null(strstr(fault.advice, cases[i].advice));
	}
}

static void test_no_flood(void **state)
{
	static const char away[] = "Connection refused", refused[] = "NOAUTH";
	struct redis_said said = {};
	struct redis_fault fault;

	(void)state;
	assert_true(redis_fault_say(&said, away, 1000, &fault));
	assert_false(redis_fault_say(&said, away, 90000, &fault));
	assert_true(redis_fault_say(&said, refused, 91000, &fault));
	assert_false(redis_fault_say(&said, away, 92000, &fault));
	assert_true(redis_fault_say(&said, away, 97000, &fault));
	assert_true(redis_fault_is_over(&said));
	/* It comes and goes. */
	for (uint64_t ms = 97100; ms < 101000; ms += 100) {
		assert_false(redis_fault_say(&said, away, ms, &fault));
		assert_false(redis_fault_is_over(&said));
	}
	/* The last time it stays away, and is asked for again and again. */
	assert_true(redis_fault_say(&said, away, 103000, &fault));
	assert_false(redis_fault_say(&said, away, 109000, &fault));
	assert_true(redis_fault_is_over(&said));
}

static void assert_status(const struct redis_said *said, bool there, const char *expected)
{
	struct status s;

	status_begin(&s);
	redis_fault_status(said, "/run/redis", there, &s);
	assert_int_equal(fflush(s.out), 0);
	assert_string_equal(s.text, expected);
	assert_int_equal(s.wrong, !there);
	fclose(s.out);
	free(s.text);
}

/* Why it is away is kept for --status, also where the log has had it just now. */
static void test_status(void **state)
{
	struct redis_said said = {};
	struct redis_fault fault;

	(void)state;
	assert_status(
	    &said, false,
	    "WRONG: Redis at /run/redis is not there (it has not answered yet). Is it running, and is redis.server right?\n");
	assert_true(redis_fault_say(&said, "Connection refused", 1000, &fault));
	assert_string_equal(fault.state, "is not there");
	assert_false(redis_fault_say(&said, "LOADING Redis is loading the dataset in memory", 1001, &fault));
	assert_string_equal(fault.state, "is not ready");
	assert_status(
	    &said, false,
	    "WRONG: Redis at /run/redis is not ready (LOADING Redis is loading the dataset in memory). It is reading its data: this goes by.\n");
	redis_fault_is_over(&said);
	assert_string_equal(said.why, "");
	assert_status(&said, true, "Redis at /run/redis is there.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_has_its_sentence),
	    cmocka_unit_test(test_no_flood),
	    cmocka_unit_test(test_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
