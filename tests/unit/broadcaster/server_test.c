/* SPDX-License-Identifier: MIT */
/* How many may be connected, for how long, and by which rules. */
#include "server.h"

#include <errno.h>

#include "served.h"

static const char request[] = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
static struct served s;

static struct server_stats stats(void)
{
	struct server_stats stats;

	server_stats(s.server, &stats);
	return stats;
}

static void until_connections(size_t n)
{
	uint64_t end = clock_ms() + SERVED_MS;

	while (stats().connections != n) {
		assert_true(clock_ms() < end);
		ev_run(s.loop, EVRUN_NOWAIT);
		usleep(1000);
	}
}

static void fill(size_t connections, size_t per_address, size_t fit)
{
	int fds[8];

	served_begin(&s, connections, per_address);
	for (size_t i = 0; i < fit; i++) {
		fds[i] = served_connect(&s);
		assert_int_equal(served_ask(&s, fds[i], request), 200);
	}
	assert_int_equal(stats().connections, fit);
	/* one more, and its place when one has gone */
	fds[fit] = served_connect(&s);
	assert_int_equal(served_ask(&s, fds[fit], request), 0);
	close(fds[fit]);
	assert_int_equal(stats().refused, 1);
	close(fds[0]);
	until_connections(fit - 1);
	fds[0] = served_connect(&s);
	assert_int_equal(served_ask(&s, fds[0], request), 200);
	assert_int_equal(stats().accepted, fit + 1);
	for (size_t i = 0; i < fit; i++)
		close(fds[i]);
	until_connections(0);
	served_end(&s);
}

static void test_of_one_address(void **state)
{
	(void)state;
	fill(20, 3, 3);
}

static void test_in_all(void **state)
{
	(void)state;
	fill(4, 20, 4);
}

static void test_deaf(void **state)
{
	int fd;

	(void)state;
	served_begin(&s, 20, 20);
	fd = served_connect(&s);
	assert_int_equal(served_ask(&s, fd, request), 200);
	server_deafen(s.server);
	server_deafen(s.server);
	assert_int_equal(served_connect(&s), -1);
	/* who is there stays */
	assert_int_equal(served_ask(&s, fd, request), 200);
	close(fd);
	until_connections(0);
	served_end(&s);
}

/* Connects a viewer whose request has these headers besides. */
static int watch(const char *host, const char *headers)
{
	char text[512];
	int fd = served_connect(&s);

	snprintf(text, sizeof(text),
		 "GET /feed HTTP/1.1\r\nHost: %s\r\n" SERVED_UPGRADE
		 "Upgrade: websocket\r\nOrigin: http://%s\r\n"
		 "Sec-WebSocket-Protocol: connvis.v1\r\n%s\r\n",
		 host, host, headers);
	assert_int_equal(served_ask(&s, fd, text), 101);
	assert_int_equal(stats().watchers, 1);
	return fd;
}

/* The rules are others now: it is sent away, with the reason. */
static void assert_sent_away(int fd)
{
	char close_frame[256] = "";
	size_t length = 0;

	server_reload(s.server, 1);
	for (uint64_t end = clock_ms() + SERVED_MS; !memmem(close_frame, length, "may not watch", 13);) {
		ssize_t n;

		assert_true(clock_ms() < end);
		ev_run(s.loop, EVRUN_NOWAIT);
		n = recv(fd, close_frame + length, sizeof(close_frame) - length, MSG_DONTWAIT);
		length += n > 0 ? (size_t)n : 0;
		usleep(1000);
	}
	close(fd);
	until_connections(0);
	assert_int_equal(stats().watchers, 0);
}

/* The rules are the same. */
static void assert_stays(int fd)
{
	char byte;

	server_reload(s.server, 1);
	for (int i = 0; i < 20; i++) {
		ev_run(s.loop, EVRUN_NOWAIT);
		usleep(1000);
	}
	while (recv(fd, &byte, 1, MSG_DONTWAIT) == 1)
		;
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(s.viewers.stats.broken_rules, 0);
}

static void add(struct config_networks *networks, const char *network)
{
	assert_int_equal(network_parse(&networks->items[networks->n++], network), 0);
}

/* Who came by itself, from loopback, may not stay when the network is in the list. */
static void assert_ends_with(struct config_networks *list, const char *network)
{
	int fd;

	served_begin(&s, 20, 20);
	fd = watch("localhost", "");
	assert_stays(fd);
	add(list, network);
	assert_sent_away(fd);
	served_end(&s);
}

static void test_other_networks(void **state)
{
	(void)state;
	assert_ends_with(&s.networks, "192.168.7.0/24");
}

static void begin_behind_proxies(void)
{
	static const char *const proxies[] = {"127.0.0.1", "192.168.7.1", "192.168.7.2"};

	served_begin(&s, 20, 20);
	add(&s.networks, "192.168.7.0/24");
	for (size_t i = 0; i < ELEMENTS_OF(proxies); i++)
		add(&s.proxies, proxies[i]);
}

/* What a proxy said counts as long as it is one. */
static void test_other_proxies(void **state)
{
	/* how many of them stay, in order: of one hop the proxy itself goes; of more, one in between */
	static const struct {
		const char *hops;
		size_t left;
	} cases[] = {
	    {"192.168.7.9", 0},
	    {"192.168.7.9, 192.168.7.1", 0},
	    {"192.168.7.9, 192.168.7.1", 1},
	    {"192.168.7.9, 192.168.7.2, 192.168.7.1", 2},
	};
	char header[128];

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		int fd;

		begin_behind_proxies();
		snprintf(header, sizeof(header), "X-Forwarded-For: %s\r\n", cases[i].hops);
		fd = watch("localhost", header);
		assert_stays(fd);
		s.proxies.n = cases[i].left;
		assert_sent_away(fd);
		served_end(&s);
	}
}

/* One who came by itself is known as a proxy now, and nobody knows whom it speaks for. */
static void test_a_new_proxy(void **state)
{
	(void)state;
	assert_ends_with(&s.proxies, "127.0.0.1");
}

/* The page was opened by a name that is none of ours any more. */
static void test_other_hosts(void **state)
{
	int fd;

	(void)state;
	served_begin(&s, 20, 20);
	s.hosts = (struct config_list){.n = 1, .items = (const char *[]){"connvis.example"}};
	fd = watch("connvis.example", "");
	assert_stays(fd);
	s.hosts.n = 0;
	assert_sent_away(fd);
	served_end(&s);
}

static void test_no_place(void **state)
{
	struct server_settings settings = {.fd = -1, .address = "127.0.0.1", .maximum_connections = 4};
	struct server *server = NULL;
	int port, fd = served_listen(&port);

	(void)state;
	settings.loop = ev_loop_new(EVFLAG_AUTO);
	settings.port = port;
	assert_int_equal(server_new(&server, &settings), -EADDRINUSE);
	settings.address = "192.0.2.1";
	assert_int_equal(server_new(&server, &settings), -EADDRNOTAVAIL);
	assert_null(server);
	assert_null(server_free(NULL));
	close(fd);
	ev_loop_destroy(settings.loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_of_one_address), cmocka_unit_test(test_in_all),
	    cmocka_unit_test(test_deaf),	   cmocka_unit_test(test_other_networks),
	    cmocka_unit_test(test_other_proxies),  cmocka_unit_test(test_a_new_proxy),
	    cmocka_unit_test(test_other_hosts),	   cmocka_unit_test(test_no_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
