/* SPDX-License-Identifier: MIT */
/* What is answered to whom. */
#include "http.h"

#include <errno.h>

#include "served.h"

static struct served s;

static int set_up(void **state)
{
	(void)state;
	served_begin(&s, 20, 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	served_end(&s);
	return 0;
}

struct asked {
	const char *line, *headers;
	int status;
	const char *says; /* somewhere in it; or NULL */
};

static void ask(const struct asked *a)
{
	char request[2048];

	snprintf(request, sizeof(request), "%s HTTP/1.1\r\n%s\r\n", a->line, a->headers);
	assert_int_equal(served_once(&s, request), a->status);
	if (a->says)
		assert_non_null(strstr(s.answer, a->says));
}

#define HERE "Host: localhost\r\n"

static void test_answers(void **state)
{
	static const struct asked all[] = {
	    {"GET /healthz", HERE, 200, "application/json"},
	    {"GET /metrics", HERE, 200, "connvis_test 1"},
	    {"GET /nothing", HERE, 404, "no such page"},
	    {"GET /feed", HERE, 426, "WebSocket"},
	    {"GET /api/v1/state?site=villa", HERE, 404, "no such site"},
	    {"POST /", HERE "Content-Length: 0\r\n", 405, "GET and HEAD"},
	    {"PUT /healthz", HERE "Content-Length: 0\r\n", 405, NULL},
	    /* by the name under which the page was opened */
	    {"GET /metrics", "Host: router\r\n", 200, NULL},
	    {"GET /metrics", "Host: 192.168.7.1:8080\r\n", 200, NULL},
	    {"GET /metrics", "Host: evil.example\r\n", 421, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++)
		ask(&all[i]);
	assert_int_equal(s.http.stats.requests, ELEMENTS_OF(all));
	assert_int_equal(s.http.stats.refused, 6);
	s.ill = true;
	ask(&(struct asked){"GET /healthz", HERE, 503, "{}"});
	/* HEAD says how long it would be, and no more */
	ask(&(struct asked){"HEAD /metrics", HERE, 200, "ength: 15\r\n"});
	assert_null(strstr(s.answer, "connvis_test"));
}

static void test_page(void **state)
{
	char headers[256], etag[64] = "";
	const char *at;

	(void)state;
	ask(&(struct asked){"GET /", HERE, 200, "text/html"});
	assert_null(strcasestr(s.answer, "Content-Encoding"));
	assert_non_null(strcasestr(s.answer, "Content-Security-Policy: default-src 'none'"));
	at = strstr(s.answer, "ETag: ");
	assert_non_null(at);
	assert_int_equal(sscanf(at, "ETag: %63s", etag), 1);
	ask(&(struct asked){"GET /", HERE "Accept-Encoding: br, GZIP ; q=0.5\r\n", 200,
			    "Content-Encoding: gzip"});
	ask(&(struct asked){"GET /", HERE "Accept-Encoding: gzip;q=0.000\r\n", 200, NULL});
	assert_null(strcasestr(s.answer, "Content-Encoding"));
	snprintf(headers, sizeof(headers), HERE "If-None-Match: \"other\", %s\r\n", etag);
	ask(&(struct asked){"GET /", headers, 304, NULL});
	ask(&(struct asked){"GET /", HERE "If-None-Match: \"other\"\r\n", 200, NULL});
}

/* Loopback is at home, but not who comes through it by a proxy that nobody configured. */
static void test_proxies(void **state)
{
	static const char *const strays[] = {"X-Forwarded-For: 192.168.7.2\r\n", "X-Real-IP: 192.168.7.2\r\n",
					     "Forwarded: for=192.168.7.2\r\n", "Via: 1.1 proxy\r\n",
					     "X-Forwarded-Host: connvis.example\r\n"};
	char headers[256];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(strays); i++) {
		snprintf(headers, sizeof(headers), HERE "%s", strays[i]);
		ask(&(struct asked){"GET /", headers, 403, "access.proxies"});
	}
	assert_int_equal(network_parse(&s.proxies.items[0], "127.0.0.0/8"), 0);
	assert_int_equal(network_parse(&s.networks.items[0], "192.168.7.0/24"), 0);
	s.proxies.n = s.networks.n = 1;
	ask(&(struct asked){"GET /", HERE "X-Forwarded-For: 192.168.7.2\r\n", 200, NULL});
	assert_int_equal(s.refreshed, 0);
	ask(&(struct asked){"GET /", HERE "X-Forwarded-For: 203.0.113.9\r\n", 403, "203.0.113.9"});
	/* perhaps the networks have changed */
	assert_int_equal(s.refreshed, 1);
	ask(&(struct asked){"GET /", HERE "X-Forwarded-For: nonsense\r\n", 400, "X-Forwarded-For"});
	/* the proxy itself is nobody at home, and may ask how the daemon does */
	ask(&(struct asked){"GET /", HERE, 403, NULL});
	ask(&(struct asked){"GET /healthz", HERE, 200, NULL});
	ask(&(struct asked){"GET /metrics", HERE, 200, "connvis_test 0"});
	ask(&(struct asked){"GET /metrics", HERE "X-Forwarded-For: 192.168.7.2\r\n", 200, "connvis_test 1"});
	/* a program of this host, where it has no proxy */
	s.proxies.n = 0;
	ask(&(struct asked){"GET /metrics", HERE, 200, "connvis_test 1"});
}

static void test_upgrades(void **state)
{
#define UPGRADE HERE SERVED_UPGRADE "Upgrade: websocket\r\n"
#define ORIGIN "Origin: http://localhost\r\n"
#define PROTOCOL "Sec-WebSocket-Protocol: other, connvis.v1\r\n"
	static const struct asked all[] = {
	    {"GET /feed", UPGRADE ORIGIN PROTOCOL, 101, "connvis.v1"},
	    {"GET /feed", UPGRADE PROTOCOL, 403, "Origin"},
	    {"GET /feed", UPGRADE "Origin: http://evil.example\r\n" PROTOCOL, 403, "Origin"},
	    {"GET /feed", UPGRADE ORIGIN, 400, "subprotocol"},
	    {"GET /feed", UPGRADE ORIGIN "Sec-WebSocket-Protocol: connvis.v10\r\n", 400, "subprotocol"},
	    {"GET /other", UPGRADE ORIGIN PROTOCOL, 404, "/feed"},
	    {"GET /feed", "Host: evil.example\r\n" SERVED_UPGRADE "Upgrade: websocket\r\n" PROTOCOL, 421,
	     "does not go by that name"},
	    {"GET /feed", HERE "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n", 400,
	     "WebSocket"},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(all); i++)
		ask(&all[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_answers, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_page, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_proxies, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_upgrades, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
