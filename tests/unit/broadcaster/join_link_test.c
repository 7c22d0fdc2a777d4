/* SPDX-License-Identifier: MIT */
#include "join_link.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

#define NOW 1764262429

static void test_wishes(void **state)
{
	static const struct {
		const char *text;
		enum role role;
		bool once;
		unsigned hours;
	} good[] = {
	    {"display", ROLE_DISPLAY, false, 0},	 {"guest", ROLE_GUEST, false, 24},
	    {"guest once", ROLE_GUEST, true, 24},	 {"guest 8", ROLE_GUEST, false, 8},
	    {"guest once 8", ROLE_GUEST, true, 8},	 {"display once", ROLE_DISPLAY, true, 0},
	    {"display 8760", ROLE_DISPLAY, false, 8760},
	};
	static const char *const bad[] = {"",
					  " ",
					  "guest ",
					  "guests",
					  "facilitator",
					  "participant",
					  "guest 0",
					  "guest 8761",
					  "guest -1",
					  "guest 8 once",
					  "guest once once",
					  "guest  8",
					  "guest once 8 ",
					  "display x",
					  "once",
					  "8",
					  "guest 99999999999999999999"};
	struct join_link_wish wish;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(good); i++) {
		assert_int_equal(join_link_wish_read(&wish, good[i].text), 0);
		assert_int_equal(wish.role, good[i].role);
		assert_int_equal(wish.once, good[i].once);
		assert_int_equal(wish.hours, good[i].hours);
	}
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(join_link_wish_read(&wish, bad[i]), -EBADMSG);
}

static struct join_link make(const char *text, char token[TOKEN_MAX])
{
	struct join_link_wish wish;
	struct join_link link;

	assert_int_equal(join_link_wish_read(&wish, text), 0);
	assert_int_equal(join_link_make(&link, &wish, NOW, token), 0);
	return link;
}

static void test_make(void **state)
{
	char token[TOKEN_MAX], other[TOKEN_MAX], plain[TOKEN_MAX], tls[TOKEN_MAX], again[TOKEN_MAX];
	struct join_link link = make("guest 8", token), second = make("display", other);
	struct token_hash hash;

	(void)state;
	assert_true(join_link_id_valid(link.id));
	assert_string_not_equal(token, other);
	assert_memory_not_equal(link.key, second.key, TOKEN_KEY);
	assert_int_equal(link.made_s, NOW);
	assert_int_equal(link.until_s, NOW + 8 * 3600);
	assert_false(join_link_is_over(&link, NOW + 8 * 3600 - 1));
	assert_true(join_link_is_over(&link, NOW + 8 * 3600));
	assert_false(join_link_is_over(&second, UINT64_MAX));
	/* the same cookie for all who come by it, another one over TLS, and neither is the token */
	join_link_cookie(&link, token, false, plain);
	join_link_cookie(&link, token, true, tls);
	join_link_cookie(&link, token, false, again);
	assert_string_equal(plain, again);
	assert_string_not_equal(plain, tls);
	assert_string_not_equal(plain, token);
	assert_true(token_valid(plain, strlen(plain)));
	hash = token_hash(plain);
	assert_true(token_hash_equal(&hash, &link.cookies[0]));
	hash = token_hash(tls);
	assert_true(token_hash_equal(&hash, &link.cookies[1]));
	hash = token_hash(token);
	assert_true(token_hash_equal(&hash, &link.token));
	/* of another link it is another one */
	join_link_cookie(&second, token, false, again);
	assert_string_not_equal(plain, again);
}

static void test_good_for(void **state)
{
	char token[TOKEN_MAX];
	struct join_link many = make("guest", token), once = make("guest once", token);

	(void)state;
	assert_true(join_link_is_good(&many, false) && join_link_is_good(&many, true));
	assert_false(join_link_is_good(&once, false) || join_link_is_good(&once, true));
	once.used = JOIN_LINK_USED_TLS;
	assert_false(join_link_is_good(&once, false));
	assert_true(join_link_is_good(&once, true));
}

static void test_file(void **state)
{
	static const char *const all[] = {"display", "guest once 3"};
	char token[TOKEN_MAX], bytes[JOIN_LINK_FILE_MAX];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++) {
		struct join_link link = make(all[i], token), read;
		size_t n;

		link.used = (enum join_link_use)i;
		n = join_link_write(&link, bytes);
		assert_true(n < JOIN_LINK_FILE_MAX);
		/* what lets somebody in is not in it */
		assert_null(strstr(bytes, token));
		memset(&read, 0xff, sizeof(read));
		assert_int_equal(join_link_read(&read, link.id, bytes, n), 0);
		assert_string_equal(read.id, link.id);
		assert_int_equal(read.role, link.role);
		assert_int_equal(read.once, link.once);
		assert_int_equal(read.used, link.used);
		assert_int_equal(read.made_s, link.made_s);
		assert_int_equal(read.until_s, link.until_s);
		assert_memory_equal(read.key, link.key, TOKEN_KEY);
		assert_memory_equal(&read.token, &link.token, sizeof(link.token));
		assert_memory_equal(read.cookies, link.cookies, sizeof(link.cookies));
		for (size_t cut = 0; cut < n; cut++)
			assert_int_equal(join_link_read(&read, link.id, bytes, cut), -EBADMSG);
	}
}

/* One thing of it is another. */
static int with(const char *from, const char *to)
{
	char token[TOKEN_MAX], bytes[JOIN_LINK_FILE_MAX], other[2 * JOIN_LINK_FILE_MAX];
	struct join_link link = make("guest once 3", token), read;
	char *at;

	bytes[join_link_write(&link, bytes)] = '\0';
	at = strstr(bytes, from);
	assert_non_null(at);
	snprintf(other, sizeof(other), "%.*s%s%s", (int)(at - bytes), bytes, to, at + strlen(from));
	return join_link_read(&read, link.id, other, strlen(other));
}

static void test_broken_files(void **state)
{
	char token[TOKEN_MAX], bytes[JOIN_LINK_FILE_MAX];
	struct join_link link = make("guest", token), read;
	size_t n = join_link_write(&link, bytes);

	(void)state;
	assert_int_equal(with("role guest", "role display"), 0);
	assert_int_equal(with("role guest", "role facilitator"), -EBADMSG);
	assert_int_equal(with("role guest", "role participant"), -EBADMSG);
	assert_int_equal(with("role guest", "role"), -EBADMSG);
	assert_int_equal(with("connvis-link 1", "connvis-link 2"), -EBADMSG);
	assert_int_equal(with("once yes", "once maybe"), -EBADMSG);
	assert_int_equal(with("used no", "used yes"), -EBADMSG);
	assert_int_equal(with("until ", "until x"), -EBADMSG);
	assert_int_equal(with("until ", "until 99999999999999999999"), -EBADMSG);
	assert_int_equal(with("made ", "made  "), -EBADMSG);
	assert_int_equal(with("key ", "key 0"), -EBADMSG);
	assert_int_equal(join_link_read(&read, "x", bytes, n), -EBADMSG);
	assert_int_equal(join_link_read(&read, "../etc/x", bytes, n), -EBADMSG);
	bytes[n] = '\n';
	assert_int_equal(join_link_read(&read, link.id, bytes, n + 1), -EBADMSG);
}

static void test_ids(void **state)
{
	(void)state;
	assert_true(join_link_id_valid("0123abcd"));
	assert_false(join_link_id_valid("0123abc"));
	assert_false(join_link_id_valid("0123abcd0"));
	assert_false(join_link_id_valid("0123ABCD"));
	assert_false(join_link_id_valid("01/3abcd"));
	assert_false(join_link_id_valid(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_wishes),	 cmocka_unit_test(test_make),
	    cmocka_unit_test(test_good_for),	 cmocka_unit_test(test_file),
	    cmocka_unit_test(test_broken_files), cmocka_unit_test(test_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
