/* SPDX-License-Identifier: MIT */
#include "channel.h"

#include <errno.h>
#include <string.h>

#include "../cmocka_all.h"

static void names_the_channels(void **state)
{
	char buffer[CHANNEL_MAX];

	(void)state;
	assert_string_equal(channel_feed(buffer, "home", "overview"), "connvis:feed:home:overview");
	assert_string_equal(channel_ask(buffer, "home"), "connvis:ask:home");
	assert_string_equal(channel_command(buffer, "home"), "connvis:command:home");
	assert_string_equal(channel_reply(buffer, "home"), "connvis:reply:home");
}

static void the_longest_names_fit(void **state)
{
	char buffer[CHANNEL_MAX], name[33] = {};

	(void)state;
	memset(name, 'a', 32);
	assert_int_equal(strlen(channel_feed(buffer, name, name)), strlen("connvis:feed::") + 64);
}

static void reads_endpoints(void **state)
{
	struct redis_endpoint e;

	(void)state;
	assert_int_equal(redis_endpoint_parse(&e, "unix:/run/redis.sock"), 0);
	assert_string_equal(e.path, "/run/redis.sock");
	assert_int_equal(redis_endpoint_parse(&e, "/run/redis.sock"), 0);
	assert_string_equal(e.path, "/run/redis.sock");
	assert_int_equal(redis_endpoint_parse(&e, "localhost:6379"), 0);
	assert_string_equal(e.host, "localhost");
	assert_int_equal(e.port, 6379);
	assert_int_equal(redis_endpoint_parse(&e, "[::1]:1"), 0);
	assert_string_equal(e.host, "::1");
	assert_int_equal(e.port, 1);
	assert_string_equal(e.path, "");
}

static void says_who_logs_in(void **state)
{
	static const char user[] = "ann", file[] = "/run/password";
	struct redis_endpoint e;

	(void)state;
	assert_int_equal(redis_endpoint_set(&e, "localhost:6379", user, file), 0);
	assert_string_equal(e.host, "localhost");
	assert_ptr_equal(e.user, user);
	assert_ptr_equal(e.password_file, file);
	assert_int_equal(redis_endpoint_set(&e, "localhost", user, file), -EINVAL);
}

static void refuses_what_is_no_endpoint(void **state)
{
	static const char *const texts[] = {"",
					    "redis",
					    "host:",
					    "host:0",
					    "host:65536",
					    "host:-1",
					    ":6379",
					    "::1:6379",
					    "[::1:6379",
					    "[]:6379",
					    "unix:",
					    "host: 1",
					    "s3cret@127.0.0.1:6379",
					    "a b:1",
					    "http://a:1",
					    "a#:1"};
	char path[200];
	struct redis_endpoint e;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(redis_endpoint_parse(&e, texts[i]), -EINVAL);
		assert_non_null(redis_endpoint_check(texts[i]));
	}
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	path[107] = 0;
	assert_int_equal(redis_endpoint_parse(&e, path), 0);
	path[107] = 'a';
	path[108] = 0;
	assert_int_equal(redis_endpoint_parse(&e, path), -ENAMETOOLONG);
	assert_non_null(strstr(redis_endpoint_check(path), "shorter"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_the_channels),
	    cmocka_unit_test(the_longest_names_fit),
	    cmocka_unit_test(reads_endpoints),
	    cmocka_unit_test(says_who_logs_in),
	    cmocka_unit_test(refuses_what_is_no_endpoint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
