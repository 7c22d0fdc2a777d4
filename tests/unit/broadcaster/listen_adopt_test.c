/* SPDX-License-Identifier: MIT */
#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../cmocka_all.h"

static int option(int fd, int level, int name)
{
	int value = 0;
	socklen_t length = sizeof(value);

	assert_int_equal(getsockopt(fd, level, name, &value, &length), 0);
	return value;
}

static void test_what_listens_is_made_fit(void **state)
{
	static const int families[] = {AF_INET, AF_INET6};
	int ours = listen_open("127.0.0.1", 0), local = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	assert_int_equal(bind(local, &(struct sockaddr){.sa_family = AF_UNIX}, sizeof(sa_family_t)), 0);
	assert_int_equal(listen(local, 1), 0);
	assert_int_equal(listen_adopt(local), 0);
	assert_true(fcntl(local, F_GETFL) & O_NONBLOCK);
	close(local);
	assert_true(ours >= 0);
	for (int i = 0; i < 2; i++) {
		int fd = socket(families[i], SOCK_STREAM, 0);

		if (fd < 0 && errno == EAFNOSUPPORT)
			continue;
		assert_int_equal(listen(fd, 1), 0);
		assert_int_equal(listen_adopt(fd), 0);
		assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
		assert_int_equal(option(fd, IPPROTO_TCP, TCP_NODELAY), 1);
		/* As one of our own. */
		assert_int_equal(option(fd, SOL_SOCKET, SO_SNDBUF), option(ours, SOL_SOCKET, SO_SNDBUF));
		close(fd);
	}
	close(ours);
}

static void test_what_is_no_such_socket(void **state)
{
	int idle = socket(AF_INET, SOCK_STREAM, 0), datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	int ends[2];

	(void)state;
	assert_int_equal(listen_adopt(idle), -EINVAL);
	assert_int_equal(listen_adopt(datagrams), -EINVAL);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(listen_adopt(ends[0]), -ENOTSOCK);
	close(idle);
	close(datagrams);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_listens_is_made_fit),
	    cmocka_unit_test(test_what_is_no_such_socket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
