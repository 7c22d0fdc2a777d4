/* SPDX-License-Identifier: MIT */
#include "redis_login.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "util.h"

static char path[] = "/tmp/connvis-login-test-XXXXXX";

static void write_file(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void test_who_says_nothing(void **state)
{
	struct redis_endpoint nobody = {}, empty = {.user = "", .password_file = ""};
	char why[REDIS_LOGIN_WHY_MAX];
	struct redis_login login;

	(void)state;
	assert_int_equal(redis_login_read(&login, &nobody, why), 0);
	assert_false(login.asked);
	assert_int_equal(redis_login_read(&login, &empty, why), 0);
	assert_false(login.asked);
	/* Says nothing, so needs no connection. */
	redis_login_send(&login, NULL, NULL, NULL);
}

static void test_the_password_is_the_first_line(void **state)
{
	static const char *const files[] = {"s e cret", "s e cret\n", "s e cret\r\nmore\n"};
	struct redis_endpoint e = {.user = "collector", .password_file = path};
	char why[REDIS_LOGIN_WHY_MAX];
	struct redis_login login;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(files); i++) {
		write_file(files[i]);
		assert_int_equal(redis_login_read(&login, &e, why), 0);
		assert_true(login.asked);
		assert_string_equal(login.password, "s e cret");
		assert_string_equal(login.user, "collector");
	}
	e.user = NULL;
	assert_int_equal(redis_login_read(&login, &e, why), 0);
	assert_true(login.asked);
}

static void test_a_user_may_have_no_password(void **state)
{
	struct redis_endpoint e = {.user = "collector"};
	char why[REDIS_LOGIN_WHY_MAX];
	struct redis_login login;

	(void)state;
	assert_int_equal(redis_login_read(&login, &e, why), 0);
	assert_true(login.asked);
	assert_string_equal(login.password, "");
}

static void test_what_is_no_password(void **state)
{
	struct redis_endpoint e = {.password_file = path}, missing = {.password_file = "/nonexistent/x"};
	char why[REDIS_LOGIN_WHY_MAX], large[REDIS_PASSWORD_MAX + 16];
	struct redis_login login;

	(void)state;
	memset(large, 'a', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	write_file("\nsecret\n");
	assert_int_equal(redis_login_read(&login, &e, why), -ENODATA);
	assert_non_null(strstr(why, "there is no password in it"));
	write_file(large);
	assert_int_equal(redis_login_read(&login, &e, why), -EFBIG);
	large[REDIS_PASSWORD_MAX - 1] = '\0';
	write_file(large);
	assert_int_equal(redis_login_read(&login, &e, why), 0);
	assert_string_equal(login.password, large);
	assert_int_equal(redis_login_read(&login, &missing, why), -ENOENT);
	assert_string_equal(why, REDIS_LOGIN_UNREADABLE " /nonexistent/x: No such file or directory");
}

static void test_when_to_connect_anew(void **state)
{
	struct redis_endpoint e = {.path = "/run/x", .user = "a", .password_file = path}, other = e;
	char why[REDIS_LOGIN_WHY_MAX];
	struct redis_login login;

	(void)state;
	write_file("secret\n");
	assert_int_equal(redis_login_read(&login, &e, why), 0);
	assert_false(redis_login_is_new(&login, &e, &e));
	other.user = "b";
	assert_true(redis_login_is_new(&login, &e, &other));
	other = e;
	strcpy(other.path, "/run/y");
	assert_true(redis_login_is_new(&login, &e, &other));
	other = (struct redis_endpoint){.host = "h", .port = 1};
	assert_true(redis_login_is_new(&login, &e, &other));
	write_file("another\n");
	assert_true(redis_login_is_new(&login, &e, &e));
	/* What cannot be read is waited for on the old connection. */
	write_file("");
	assert_false(redis_login_is_new(&login, &e, &e));
}

static void test_options(void **state)
{
	(void)state;
	assert_null(redis_login_check_user("collector"));
	assert_null(redis_login_check_user(""));
	assert_non_null(redis_login_check_user("a b"));
	assert_null(redis_login_check_file("/run/x"));
	assert_null(redis_login_check_file(""));
	assert_non_null(redis_login_check_file("x"));
}

static int make_file(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who_says_nothing),
	    cmocka_unit_test(test_the_password_is_the_first_line),
	    cmocka_unit_test(test_a_user_may_have_no_password),
	    cmocka_unit_test(test_what_is_no_password),
	    cmocka_unit_test(test_when_to_connect_anew),
	    cmocka_unit_test(test_options),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
