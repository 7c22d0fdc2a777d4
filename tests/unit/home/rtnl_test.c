/* SPDX-License-Identifier: MIT */
/* Against this machine's own kernel, which is only read; what fails is made up (the test is linked with --wrap). */
#include "rtnl.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "cmocka_all.h"
#include "util.h"

static int receive_error, send_error; /* errno of the next so many calls */
static unsigned receive_failures, send_failures;

ssize_t __real_recvfrom(int fd, void *buffer, size_t size, int flags, struct sockaddr *from,
			socklen_t *length);
ssize_t __wrap_recvfrom(int fd, void *buffer, size_t size, int flags, struct sockaddr *from,
			socklen_t *length);
ssize_t __real_mnl_socket_sendto(const struct mnl_socket *s, const void *bytes, size_t length);
ssize_t __wrap_mnl_socket_sendto(const struct mnl_socket *s, const void *bytes, size_t length);

ssize_t __wrap_recvfrom(int fd, void *buffer, size_t size, int flags, struct sockaddr *from,
			socklen_t *length)
{
	if (receive_failures) {
		receive_failures--;
		errno = receive_error;
		return -1;
	}
	return __real_recvfrom(fd, buffer, size, flags, from, length);
}

ssize_t __wrap_mnl_socket_sendto(const struct mnl_socket *s, const void *bytes, size_t length)
{
	if (send_failures) {
		send_failures--;
		errno = send_error;
		return -1;
	}
	return __real_mnl_socket_sendto(s, bytes, length);
}

struct heard {
	unsigned interfaces, told, settled, failed, recovered;
	int error;
	bool loopback;
};

static void on_interfaces(void *data, const struct interfaces *i)
{
	struct heard *h = data;

	h->interfaces++;
	h->loopback = false;
	for (size_t n = 0; n < i->n_links; n++)
		h->loopback |= i->links[n].flags & IFF_LOOPBACK;
}

static void on_neighbour(void *data, const struct rtnl_message *m)
{
	(void)data;
	assert_int_equal(m->kind, RTNL_NEIGHBOUR);
}

static void on_told(void *data)
{
	struct heard *h = data;

	h->told++;
	assert_true(h->told <= h->interfaces);
}

static void on_settled(void *data)
{
	((struct heard *)data)->settled++;
}

static void on_failed(void *data, int error)
{
	struct heard *h = data;

	h->failed++;
	h->error = error;
}

static void on_recovered(void *data)
{
	((struct heard *)data)->recovered++;
}

static const struct rtnl_listener listener = {
    .interfaces = on_interfaces,
    .neighbour = on_neighbour,
    .neighbours_told = on_told,
    .settled = on_settled,
    .failed = on_failed,
    .recovered = on_recovered,
};

static struct heard heard;
static sd_event *event;
static struct rtnl *rtnl;

static int set_up(void **state)
{
	(void)state;
	heard = (struct heard){};
	receive_failures = send_failures = 0;
	return sd_event_new(&event);
}

static int take_down(void **state)
{
	(void)state;
	rtnl = rtnl_free(rtnl);
	sd_event_unref(event);
	return 0;
}

static void run_until(const unsigned *value, unsigned wanted)
{
	uint64_t end = clock_ms() + 20000;

	while (*value < wanted && clock_ms() < end)
		assert_true(sd_event_run(event, 100000) >= 0);
	assert_true(*value >= wanted);
}

static void follow(void)
{
	assert_int_equal(rtnl_new(&rtnl, event, &listener, &heard), 0);
	run_until(&heard.told, 1);
	assert_true(heard.loopback);
}

static void test_everything_is_told(void **state)
{
	(void)state;
	follow();
	assert_true(heard.settled > 0);
	assert_true(rtnl_interfaces(rtnl)->n_links > 0);
	rtnl_refresh(rtnl);
	run_until(&heard.told, 2);
	assert_int_equal(heard.failed, 0);
	assert_int_equal(heard.recovered, 0);
}

static void test_a_socket_that_fails_comes_back(void **state)
{
	(void)state;
	follow();
	receive_error = EIO;
	receive_failures = 1;
	rtnl_refresh(rtnl);
	run_until(&heard.failed, 1);
	assert_int_equal(heard.error, -EIO);
	/* What was known is known until it is read again. */
	assert_true(rtnl_interfaces(rtnl)->n_links > 0);
	rtnl_refresh(rtnl);
	heard.loopback = false;
	run_until(&heard.recovered, 1);
	assert_true(heard.told >= 2);
	assert_true(heard.loopback);
	/* It is followed as before. */
	rtnl_refresh(rtnl);
	run_until(&heard.told, heard.told + 1);
	assert_int_equal(heard.failed, 1);
}

static void test_it_is_tried_again_and_again(void **state)
{
	uint64_t before = clock_ms();

	(void)state;
	send_error = EPERM;
	send_failures = 3;
	assert_int_equal(rtnl_new(&rtnl, event, &listener, &heard), 0);
	assert_int_equal(heard.failed, 1);
	assert_int_equal(heard.error, -EPERM);
	run_until(&heard.recovered, 1);
	/* After 250, 500 and 1000 ms. */
	assert_true(clock_ms() - before > 1500);
	assert_int_equal(heard.failed, 1);
	assert_true(heard.loopback);
}

static void test_lost_messages_are_read_again(void **state)
{
	(void)state;
	follow();
	receive_error = ENOBUFS;
	receive_failures = 1;
	rtnl_refresh(rtnl);
	/* The dump that was under way, and one for what was lost. */
	run_until(&heard.told, 2);
	assert_int_equal(receive_failures, 0);
	assert_int_equal(heard.failed, 0);
}

static void test_it_goes_while_it_waits(void **state)
{
	(void)state;
	follow();
	send_error = ENOMEM;
	send_failures = 1;
	rtnl_refresh(rtnl);
	assert_int_equal(heard.failed, 1);
	assert_null(rtnl_free(NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_everything_is_told),	    TEST(test_a_socket_that_fails_comes_back),
	    TEST(test_it_is_tried_again_and_again), TEST(test_lost_messages_are_read_again),
	    TEST(test_it_goes_while_it_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
