/* SPDX-License-Identifier: MIT */
/* The test is the service manager. */
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "util.h"

#define PASSED_FD 3 /* SD_LISTEN_FDS_START */

static int manager = -1;
static struct ev_loop *loop;

/* What the service has said since it was last asked for; empty: nothing. */
static const char *said(void)
{
	static char text[512];
	ssize_t n = recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT);

	text[n < 0 ? 0 : n] = '\0';
	return text;
}

static int setup(void **state)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	socklen_t length = sizeof(at);

	(void)state;
	manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	/* The kernel gives it an abstract name of its own (unix(7), autobind). */
	if (bind(manager, (struct sockaddr *)&at, sizeof(sa_family_t)) < 0 ||
	    getsockname(manager, (struct sockaddr *)&at, &length) < 0)
		return -1;
	at.sun_path[0] = '@';
	at.sun_path[length - sizeof(sa_family_t)] = '\0';
	loop = ev_loop_new(EVFLAG_AUTO);
	return setenv("NOTIFY_SOCKET", at.sun_path, 1);
}

static int teardown(void **state)
{
	(void)state;
	ev_loop_destroy(loop);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	return close(manager);
}

static void turn(uint64_t ms)
{
	for (uint64_t end = clock_ms() + ms; clock_ms() < end; usleep(1000))
		ev_run(loop, EVRUN_NOWAIT);
}

static void test_ready_and_stopping(void **state)
{
	struct service service = {};

	(void)state;
	service_ready(&service, loop);
	assert_string_equal(said(), "READY=1");
	/* Nobody watches. */
	turn(50);
	assert_string_equal(said(), "");
	service_stopping();
	assert_string_equal(said(), "STOPPING=1");
	service_stop(&service);
}

static void test_a_reload_is_told(void **state)
{
	unsigned long long us;

	(void)state;
	service_reloading();
	assert_int_equal(sscanf(said(), "RELOADING=1\nMONOTONIC_USEC=%llu", &us), 1);
	assert_in_range(us, clock_us() - 5000000, clock_us());
	service_reloaded();
	assert_string_equal(said(), "READY=1");
}

static void test_the_status_when_it_changes(void **state)
{
	struct service service = {};

	(void)state;
	service_status(&service, 0, false);
	assert_string_equal(said(), "STATUS=0 viewers; Redis is away.");
	service_status(&service, 0, false);
	assert_string_equal(said(), "");
	service_status(&service, 0, true);
	assert_string_equal(said(), "STATUS=0 viewers; Redis is there.");
	service_status(&service, 7, true);
	assert_string_equal(said(), "STATUS=7 viewers; Redis is there.");
}

static void test_the_watchdog_hears_of_a_loop_that_turns(void **state)
{
	struct service service = {};
	char pid[16];
	uint64_t end = clock_ms() + 10000;

	(void)state;
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("WATCHDOG_USEC", "20000", 1);
	setenv("WATCHDOG_PID", pid, 1);
	service_ready(&service, loop);
	assert_string_equal(said(), "READY=1");
	for (int i = 0; i < 3;) {
		assert_true(clock_ms() < end);
		turn(1);
		i += !strcmp(said(), "WATCHDOG=1");
	}
	/* One that does not turn is not heard of. */
	usleep(50000);
	while (*said())
		;
	usleep(50000);
	assert_string_equal(said(), "");
	service_stop(&service);
	turn(50);
	assert_string_equal(said(), "");
	/* Never started. */
	service_stop(&(struct service){});
}

/* As systemd does before it starts the program: n sockets from descriptor 3 on. */
static void pass(int n)
{
	char text[16];

	for (int i = 0; i < n; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		assert_true(fd >= 0);
		if (fd != PASSED_FD + i) {
			assert_int_equal(dup2(fd, PASSED_FD + i), PASSED_FD + i);
			close(fd);
		}
	}
	snprintf(text, sizeof(text), "%d", n);
	setenv("LISTEN_FDS", text, 1);
	snprintf(text, sizeof(text), "%d", (int)getpid());
	setenv("LISTEN_PID", text, 1);
}

static void test_one_socket_is_taken(void **state)
{
	int kept[2] = {fcntl(PASSED_FD, F_DUPFD_CLOEXEC, 20), fcntl(PASSED_FD + 1, F_DUPFD_CLOEXEC, 20)};

	(void)state;
	assert_int_equal(service_socket(), -ENOENT);
	pass(1);
	assert_int_equal(service_socket(), PASSED_FD);
	assert_int_equal(fcntl(PASSED_FD, F_GETFD), FD_CLOEXEC);
	/* Not for another one that is started from here. */
	assert_null(getenv("LISTEN_FDS"));
	assert_int_equal(service_socket(), -ENOENT);
	close(PASSED_FD);
	pass(2);
	assert_int_equal(service_socket(), -E2BIG);
	assert_int_equal(fcntl(PASSED_FD, F_GETFD), -1);
	assert_int_equal(fcntl(PASSED_FD + 1, F_GETFD), -1);
	for (int i = 0; i < 2; i++)
		if (kept[i] >= 0) {
			dup2(kept[i], PASSED_FD + i);
			close(kept[i]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_ready_and_stopping, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_reload_is_told, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_the_status_when_it_changes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_the_watchdog_hears_of_a_loop_that_turns, setup, teardown),
	    cmocka_unit_test(test_one_socket_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
