/* SPDX-License-Identifier: MIT */
/* Links over HTTP: by a real server, from loopback, which may be a proxy for who is elsewhere. */
#include <errno.h>

#include "join_links.h"
#include "served.h"

#define HERE "Host: localhost\r\n"
#define WHOLE HERE "Origin: http://localhost\r\nContent-Type: application/x-connvis\r\n"
#define ELSEWHERE "X-Forwarded-For: 203.0.113.9\r\n"

static struct served s;
static struct join_links links;
static char folder[] = "/tmp/connvis-http-links-XXXXXX";
static char facilitator[512]; /* headers of whoever leads the room */

static int set_up(void **state)
{
	char token[TOKEN_MAX], path[64];
	struct gate_pass *pass;

	(void)state;
	served_begin(&s, 20, 20);
	memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/links", folder);
	links = (struct join_links){};
	join_links_init(&links, &s.gate, path);
	s.http.links = &links;
	assert_int_equal(gate_sign_in(&s.gate, &(struct address){}, false, clock_ms(), token, &pass), 0);
	snprintf(facilitator, sizeof(facilitator), "%sCookie: connvis-0=%s\r\n", WHOLE, token);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	served_end(&s);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static int post(const char *path, const char *headers, const char *body)
{
	char request[4096];

	snprintf(request, sizeof(request), "POST %s HTTP/1.1\r\n%sContent-Length: %zu\r\n\r\n%s", path,
		 headers, strlen(body), body);
	return served_once(&s, request);
}

static int get(const char *path, const char *headers)
{
	char request[2048];

	snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\n" HERE "%s\r\n", path, headers);
	return served_once(&s, request);
}

static bool says(const char *text)
{
	return strstr(s.answer, text);
}

/* The value of a text in the last answer. */
static void take(const char *name, char *ret, size_t size)
{
	const char *at = strstr(s.answer, name);

	assert_non_null(at);
	at += strlen(name);
	snprintf(ret, size, "%.*s", (int)strcspn(at, "\";\r"), at);
}

static void make(const char *wish, char token[TOKEN_MAX])
{
	char body[64];

	snprintf(body, sizeof(body), "make %s", wish);
	assert_int_equal(post("/api/v1/links", facilitator, body), 200);
	take("\"token\":\"", token, TOKEN_MAX);
}

static void test_made_and_revoked(void **state)
{
	char token[TOKEN_MAX], id[JOIN_LINK_ID_MAX], body[64];

	(void)state;
	make("guest once 8", token);
	assert_true(says("\"role\":\"guest\",\"once\":true,\"used\":false"));
	take("\"id\":\"", id, sizeof(id));
	assert_int_equal(post("/api/v1/links", facilitator, "list"), 200);
	assert_true(says(id));
	assert_false(says(token));
	assert_int_equal(post("/api/v1/links", facilitator, "revoke 00000000"), 404);
	snprintf(body, sizeof(body), "revoke %s", id);
	assert_int_equal(post("/api/v1/links", facilitator, body), 200);
	assert_int_equal(post("/api/v1/links", facilitator, "list"), 200);
	assert_true(says("{\"links\":[]}"));
	assert_int_equal(post("/api/v1/link", WHOLE, token), 404);
	assert_true(says("\"no-link\""));
	assert_int_equal(s.http.stats.links_made, 1);
	assert_int_equal(s.http.stats.links_revoked, 1);
}

static void test_only_who_leads(void **state)
{
	static const char *const all[] = {"list", "make guest", "revoke 00000000"};
	static const char *const bad[] = {"lists",	  "make",	    "make ", "make participant",
					  "make guest x", "revoke ../../x", "x"};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++) {
		assert_int_equal(post("/api/v1/links", WHOLE, all[i]), 403);
		assert_true(says("\"not-signed-in\""));
	}
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(post("/api/v1/links", facilitator, bad[i]), 400);
	assert_int_equal(links.n, 0);
}

static void test_used_once(void **state)
{
	char token[TOKEN_MAX], cookie[128];

	(void)state;
	make("display once", token);
	assert_int_equal(post("/api/v1/link", WHOLE, token), 200);
	assert_true(says("{\"role\":\"display\"}"));
	take("Set-Cookie: ", cookie, sizeof(cookie));
	assert_null(strstr(cookie, token));
	assert_int_equal(post("/api/v1/link", WHOLE, token), 410);
	assert_true(says("\"link-used\""));
	assert_int_equal(post("/api/v1/link", WHOLE, "short"), 400);
	/* whoever leads the room, and tries it, goes on leading it */
	make("display", token);
	assert_int_equal(post("/api/v1/link", facilitator, token), 200);
	assert_true(says("{\"role\":\"facilitator\"}"));
	assert_false(says("Set-Cookie"));
}

/* Who is not at home gets to the page by a link alone, and before that only what exchanges it. */
static void test_elsewhere(void **state)
{
	char token[TOKEN_MAX], cookie[128], headers[512];

	struct join_link_wish wish = {.role = ROLE_GUEST, .hours = 1};
	const struct join_link *link;

	(void)state;
	assert_int_equal(network_parse(&s.proxies.items[s.proxies.n++], "127.0.0.1"), 0);
	assert_int_equal(network_parse(&s.networks.items[s.networks.n++], "192.0.2.0/24"), 0);
	assert_int_equal(get("/join", ELSEWHERE), 403);
	assert_int_equal(post("/api/v1/link", WHOLE ELSEWHERE, "x"), 403);
	assert_int_equal(join_links_make(&links, &wish, clock_unix_ms() / 1000, token, &link), 0);
	/* there is one: 404 where this build has no page */
	assert_int_not_equal(get("/join", ELSEWHERE), 403);
	assert_int_equal(get("/", ELSEWHERE), 403);
	assert_int_equal(get("/api/v1/state", ELSEWHERE), 403);
	assert_int_equal(get("/metrics", ELSEWHERE), 403);
	assert_int_equal(get("/feed", ELSEWHERE), 403);
	assert_int_equal(post("/api/v1/sign-in", WHOLE ELSEWHERE, "x"), 403);
	assert_int_equal(post("/api/v1/links", WHOLE ELSEWHERE, "list"), 403);
	assert_int_equal(post("/api/v1/link", WHOLE ELSEWHERE, token), 200);
	take("Set-Cookie: ", cookie, sizeof(cookie));
	snprintf(headers, sizeof(headers), ELSEWHERE "Cookie: %s\r\n", cookie);
	assert_int_equal(get("/", headers), 200);
	assert_int_equal(get("/feed", headers), 426);
	/* over TLS that cookie is none, and under its name nobody comes */
	snprintf(headers, sizeof(headers), ELSEWHERE "X-Forwarded-Proto: https\r\nCookie: __Host-%s\r\n",
		 cookie);
	assert_int_equal(get("/", headers), 403);
	assert_int_equal(join_links_revoke(&links, link->id), 0);
	snprintf(headers, sizeof(headers), ELSEWHERE "Cookie: %s\r\n", cookie);
	assert_int_equal(get("/", headers), 403);
	assert_int_equal(get("/join", ELSEWHERE), 403);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_made_and_revoked, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_only_who_leads, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_used_once, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_elsewhere, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
