/* SPDX-License-Identifier: MIT */
/* Signing in and out over HTTP: by a real server, from loopback. */
#include <errno.h>

#include "passphrase.h"
#include "served.h"
#include "token.h"

#define GOOD "the right passphrase"
#define TYPE "Content-Type: application/x-connvis\r\n"
#define HERE "Host: localhost\r\n"
#define OWN "Origin: http://localhost\r\n"
#define WHOLE HERE OWN TYPE

static struct served s;
static char hash[PASSPHRASE_HASH_MAX];

static int set_up(void **state)
{
	(void)state;
	served_begin(&s, 20, 20);
	sign_in_set(s.sign_in, hash);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	served_end(&s);
	return 0;
}

/* The status. more: header lines. */
static int post(const char *path, const char *headers, const char *body)
{
	char request[4096];

	snprintf(request, sizeof(request), "POST %s HTTP/1.1\r\n%sContent-Length: %zu\r\n\r\n%s", path,
		 headers, strlen(body), body);
	return served_once(&s, request);
}

static bool says(const char *text)
{
	return strstr(s.answer, text);
}

/* The Cookie header that the last answer would lead to. */
static void take_cookie(char header[128])
{
	const char *at = strstr(s.answer, "Set-Cookie: ");

	assert_non_null(at);
	at += strlen("Set-Cookie: ");
	snprintf(header, 128, "Cookie: %.*s\r\n", (int)strcspn(at, ";"), at);
}

static void with_cookie(char headers[512], const char *cookie)
{
	snprintf(headers, 512, "%s%s", WHOLE, cookie);
}

/* The headers of somebody who has just signed in. */
static void sign_in(char headers[512])
{
	char cookie[128];

	assert_int_equal(post("/api/v1/sign-in", WHOLE, GOOD), 200);
	take_cookie(cookie);
	with_cookie(headers, cookie);
}

static void test_in(void **state)
{
	char cookie[128], headers[512];

	(void)state;
	assert_int_equal(post("/api/v1/sign-in", WHOLE, "another passphrase"), 403);
	assert_true(says("{\"error\":\"wrong\""));
	assert_false(says("Set-Cookie"));
	assert_int_equal(post("/api/v1/sign-in", WHOLE, GOOD), 200);
	assert_true(says("{\"role\":\"facilitator\"}"));
	assert_true(says("Max-Age=3600; HttpOnly; SameSite=Strict\r\n"));
	assert_int_equal(s.gate.n, 1);
	take_cookie(cookie);
	with_cookie(headers, cookie);
	/* once more: the one before is of no use to anybody */
	assert_int_equal(post("/api/v1/sign-in", headers, GOOD), 200);
	assert_int_equal(s.gate.n, 1);
	assert_int_equal(s.ended[GATE_END_BUTTON], 1);
	assert_int_equal(post("/api/v1/sign-out", headers, "here"), 403);
	assert_true(says("\"not-signed-in\""));
}

static void test_out(void **state)
{
	char first[512], second[512];

	(void)state;
	sign_in(first);
	sign_in(second);
	assert_int_equal(post("/api/v1/sign-out", WHOLE, "here"), 403);
	assert_int_equal(post("/api/v1/sign-out", first, "perhaps"), 400);
	assert_int_equal(post("/api/v1/sign-out", first, "here"), 200);
	assert_true(says("Set-Cookie: connvis-0=; Path=/; Max-Age=0;"));
	assert_int_equal(s.gate.n, 1);
	assert_int_equal(post("/api/v1/sign-out", first, "everywhere"), 403);
	assert_int_equal(s.gate.n, 1);
	sign_in(first);
	assert_int_equal(post("/api/v1/sign-out", second, "everywhere"), 200);
	assert_int_equal(s.gate.n, 0);
	assert_int_equal(s.ended[GATE_END_ALL], 2);
}

/* What our own page would not send. */
static void test_only_our_page(void **state)
{
	static const struct {
		const char *headers;
		int status;
	} all[] = {
	    {HERE TYPE, 403},
	    {HERE TYPE "Origin: http://evil.example\r\n", 403},
	    {HERE TYPE "Origin: null\r\n", 403},
	    {HERE TYPE "Origin: http://localhost:81\r\n", 403},
	    {"Host: evil.example\r\nOrigin: http://evil.example\r\n" TYPE, 421},
	    {HERE OWN, 415},
	    {HERE OWN "Content-Type: text/plain\r\n", 415},
	    {HERE OWN "Content-Type: application/x-www-form-urlencoded\r\n", 415},
	    {WHOLE "X-Forwarded-For: 192.168.1.2\r\n", 403},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++)
		assert_int_equal(post("/api/v1/sign-in", all[i].headers, GOOD), all[i].status);
	assert_int_equal(s.gate.n, 0);
	assert_int_equal(post("/api/v1/sign", WHOLE, GOOD), 405);
	assert_int_equal(served_once(&s, "GET /api/v1/sign-in HTTP/1.1\r\n" HERE "\r\n"), 404);
}

static void test_bodies(void **state)
{
	static char longest[1025], too_long[1026];

	(void)state;
	memset(longest, 'a', 1024);
	memset(too_long, 'a', 1025);
	assert_int_equal(post("/api/v1/sign-in", WHOLE, ""), 413);
	assert_int_equal(post("/api/v1/sign-in", WHOLE, too_long), 413);
	assert_int_equal(post("/api/v1/sign-in", WHOLE, longest), 400);
	assert_int_equal(served_once(&s, "POST /api/v1/sign-in HTTP/1.1\r\n" WHOLE "\r\n" GOOD), 413);
	assert_int_equal(served_once(&s, "POST /api/v1/sign-in HTTP/1.1\r\n" WHOLE
					 "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
			 413);
	assert_int_equal(
	    served_once(&s, "POST /api/v1/sign-in HTTP/1.1\r\n" WHOLE "Content-Length: -5\r\n\r\nhello"),
	    413);
	assert_int_equal(s.http.stats.sign_ins[SIGN_IN_WRONG], 0);
}

/* A body that comes in pieces, and the next request on the same connection. */
static void test_pieces(void **state)
{
	int fd = served_connect(&s);
	char head[512];

	(void)state;
	snprintf(head, sizeof(head),
		 "POST /api/v1/sign-in HTTP/1.1\r\n" WHOLE "Content-Length: %zu\r\n\r\nthe ", strlen(GOOD));
	assert_int_equal(send(fd, head, strlen(head), MSG_NOSIGNAL), strlen(head));
	for (int i = 0; i < 20; i++) {
		ev_run(s.loop, EVRUN_NOWAIT);
		usleep(1000);
	}
	assert_int_equal(served_ask(&s, fd, "right passphrase"), 200);
	assert_int_equal(served_ask(&s, fd, "GET /healthz HTTP/1.1\r\n" HERE "\r\n"), 200);
	close(fd);
}

/* Who goes before the passphrase was checked is forgotten. */
static void test_leaves(void **state)
{
	int fd = served_connect(&s);
	char head[512];

	(void)state;
	snprintf(head, sizeof(head),
		 "POST /api/v1/sign-in HTTP/1.1\r\n" WHOLE "Content-Length: %zu\r\n\r\n" GOOD, strlen(GOOD));
	assert_int_equal(send(fd, head, strlen(head), MSG_NOSIGNAL), strlen(head));
	for (int i = 0; i < 20; i++)
		ev_run(s.loop, EVRUN_NOWAIT);
	close(fd);
	assert_int_equal(post("/api/v1/sign-out", WHOLE, "here"), 403);
}

/* Loopback is a proxy, which says for whom it asks, and whether that came by TLS. */
static void test_behind_a_proxy(void **state)
{
	char cookie[128], headers[512];

	(void)state;
	sign_in_set(s.sign_in, NULL);
	assert_int_equal(post("/api/v1/sign-in", WHOLE, GOOD), 409);
	assert_true(says("\"no-passphrase\""));
	sign_in_set(s.sign_in, hash);
	assert_int_equal(network_parse(&s.proxies.items[s.proxies.n++], "127.0.0.1"), 0);
	assert_int_equal(network_parse(&s.networks.items[s.networks.n++], "192.0.2.0/24"), 0);
#define HOME WHOLE "X-Forwarded-For: 192.0.2.7\r\n"
	assert_int_equal(post("/api/v1/sign-in", HOME, GOOD), 403);
	assert_true(says("\"no-tls\""));
	assert_int_equal(post("/api/v1/sign-in", HOME "X-Forwarded-Proto: https\r\n", GOOD), 200);
	assert_true(says("Set-Cookie: __Host-connvis-0="));
	assert_true(says("; Secure\r\n"));
	take_cookie(cookie);
	/* stolen where it is sent in clear */
	snprintf(headers, sizeof(headers), HOME "%s", cookie);
	assert_int_equal(post("/api/v1/sign-out", headers, "everywhere"), 403);
	snprintf(headers, sizeof(headers), HOME "Cookie: %s", strstr(cookie, "connvis-0="));
	assert_int_equal(post("/api/v1/sign-out", headers, "everywhere"), 403);
	/* who has it may watch from elsewhere, too, and nobody else */
	snprintf(headers, sizeof(headers),
		 WHOLE "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n%s", cookie);
	assert_int_equal(post("/api/v1/sign-out", headers, "perhaps"), 400);
	assert_int_equal(post("/api/v1/sign-in", WHOLE "X-Forwarded-For: 203.0.113.9\r\n", GOOD), 403);
	assert_true(says("this device is not in it"));
	s.rules.sign_in_without_tls = true;
	assert_int_equal(post("/api/v1/sign-in", HOME, GOOD), 200);
	assert_true(says("Set-Cookie: connvis-0="));
}

static void test_wait(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(post("/api/v1/sign-in", WHOLE, "another passphrase"), 403);
	assert_int_equal(post("/api/v1/sign-in", WHOLE, GOOD), 429);
	assert_true(says("\"slowed\""));
	assert_true(says("Retry-After: 1\r\n"));
	assert_true(says("\"wait\":1}"));
	assert_int_equal(s.http.stats.sign_ins[SIGN_IN_SLOWED], 1);
}

static int once(void **state)
{
	(void)state;
	return passphrase_hash(hash, GOOD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_in, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_out, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_only_our_page, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_bodies, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_pieces, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_leaves, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_behind_a_proxy, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_wait, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, once, NULL);
}
