/* SPDX-License-Identifier: MIT */
/* How many may be connected, and for how long. */
#include "server.h"

#include <errno.h>

#include "served.h"

static const char request[] = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
static const char upgrade[] = "GET /feed HTTP/1.1\r\nHost: localhost\r\n" SERVED_UPGRADE
			      "Upgrade: websocket\r\nOrigin: http://localhost\r\n"
			      "Sec-WebSocket-Protocol: connvis.v1\r\n\r\n";

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

/* Who may not watch by the new rules is sent away, with the reason. */
static void test_other_rules(void **state)
{
	char close_frame[256] = "";
	size_t length = 0;
	int fd;

	(void)state;
	served_begin(&s, 20, 20);
	fd = served_connect(&s);
	assert_int_equal(served_ask(&s, fd, upgrade), 101);
	assert_int_equal(stats().watchers, 1);
	server_reload(s.server, 20);
	assert_int_equal(network_parse(&s.networks.items[0], "192.168.7.0/24"), 0);
	s.networks.n = 1;
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
	    cmocka_unit_test(test_deaf),	   cmocka_unit_test(test_other_rules),
	    cmocka_unit_test(test_no_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
