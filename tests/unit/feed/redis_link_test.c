/* SPDX-License-Identifier: MIT */
/* Against sockets that take connections and say nothing: a link is up once it is connected. */
#include "redis_link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "redis_guard.h"
#include "util.h"

/* What the resolver says of any name (the test is linked with --wrap). */
static struct {
	const char *addresses[3];
	int error;
	pthread_mutex_t hangs;
	unsigned asked;
} name = {.hangs = PTHREAD_MUTEX_INITIALIZER};

int __real_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret);
int __wrap_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret);

int __wrap_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret)
{
	struct addrinfo numeric = *hints;

	if (hints->ai_flags & AI_NUMERICHOST)
		return __real_getaddrinfo(host, service, hints, ret);
	numeric.ai_flags |= AI_NUMERICHOST;
	pthread_mutex_lock(&name.hangs);
	name.asked++;
	pthread_mutex_unlock(&name.hangs);
	for (size_t i = 0; !name.error && i < ELEMENTS_OF(name.addresses) && name.addresses[i]; i++) {
		assert_int_equal(__real_getaddrinfo(name.addresses[i], service, &numeric, ret), 0);
		ret = &(*ret)->ai_next;
	}
	return name.error;
}

struct heard {
	unsigned up, down, beats;
	char why[128];
};

static void on_up(void *data)
{
	((struct heard *)data)->up++;
}

static void on_down(void *data, const char *why)
{
	struct heard *h = data;

	assert_true(why[0]);
	snprintf(h->why, sizeof(h->why), "%s", why);
	h->down++;
}

/* A socket that listens on a loopback address; *port 0: any. */
static int listen_on(const char *address, int *port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)*port)};
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(inet_pton(AF_INET, address, &a.sin_addr), 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &size), 0);
	*port = ntohs(a.sin_port);
	return fd;
}

static void open_link(struct redis_link **ret, sd_event **event, struct redis_endpoint *endpoint, int port,
		      struct heard *heard)
{
	static const struct redis_link_listener listener = {on_up, on_down};

	*heard = (struct heard){};
	*endpoint = (struct redis_endpoint){.host = "redis.example", .port = port};
	assert_int_equal(sd_event_new(event), 0);
	assert_int_equal(redis_link_new(ret, *event, endpoint, &listener, heard), 0);
}

static void run_until(sd_event *event, const unsigned *value, unsigned wanted)
{
	uint64_t end = clock_ms() + 10000;

	while (*value < wanted && clock_ms() < end)
		assert_true(sd_event_run(event, 100000) >= 0);
	assert_true(*value >= wanted);
}

static void test_addresses_in_turn(void **state)
{
	struct redis_endpoint endpoint;
	struct redis_link *link;
	struct heard heard;
	sd_event *event;
	int port = 0, fd = listen_on("127.0.0.1", &port), peer;

	(void)state;
	/* Nobody listens on the first two. */
	memcpy(name.addresses, (const char *[]){"::1", "127.0.0.2", "127.0.0.1"}, sizeof(name.addresses));
	open_link(&link, &event, &endpoint, port, &heard);
	run_until(event, &heard.up, 1);
	assert_int_equal(heard.down, 2);
	assert_non_null(redis_link_context(link));
	peer = accept(fd, NULL, NULL);

	/* It is lost, and the name stands for another address now. */
	close(fd);
	fd = listen_on("127.0.0.3", &port);
	name.addresses[0] = "127.0.0.3";
	name.addresses[1] = NULL;
	close(peer);
	run_until(event, &heard.up, 2);
	assert_int_equal(name.asked, 2);
	redis_link_free(link);
	sd_event_unref(event);
	close(fd);
}

static void test_logs_in_first(void **state)
{
	static const char login[] = "*3\r\n$4\r\nAUTH\r\n$9\r\ncollector\r\n$0\r\n\r\n";
	static const char no[] = "-WRONGPASS no\r\n";
	struct redis_endpoint endpoint;
	int port = 0, fd = listen_on("127.0.0.1", &port), peer;
	struct redis_link *link;
	struct heard heard;
	sd_event *event;
	char said[128];

	(void)state;
	memcpy(name.addresses, (const char *[]){"127.0.0.1", NULL, NULL}, sizeof(name.addresses));
	open_link(&link, &event, &endpoint, port, &heard);
	endpoint.user = "collector";
	run_until(event, &heard.up, 1);
	peer = accept(fd, NULL, NULL);
	sd_event_run(event, 100000);
	assert_int_equal(recv(peer, said, sizeof(said), 0), strlen(login));
	assert_memory_equal(said, login, strlen(login));
	assert_int_equal(send(peer, no, strlen(no), 0), strlen(no));
	run_until(event, &heard.down, 1);
	assert_string_equal(heard.why, "WRONGPASS no");
	close(peer);

	endpoint.password_file = "/nonexistent/x";
	run_until(event, &heard.down, 2);
	assert_string_equal(heard.why, "no password from /nonexistent/x: No such file or directory");
	assert_int_equal(heard.up, 1);
	redis_link_free(link);
	sd_event_unref(event);
	close(fd);
}

/* An answer to nothing: hiredis 0.14.1 ended the program (assertion in async.c). */
static void test_an_answer_that_nobody_asked_for(void **state)
{
	static const char *const answers[] = {":1\r\n", "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n",
					      "+OK\r\n"};
	struct redis_endpoint endpoint;
	int port = 0, fd = listen_on("127.0.0.1", &port);
	struct heard h;
	struct redis_link *link;
	sd_event *event;

	(void)state;
	memcpy(name.addresses, (const char *[]){"127.0.0.1", NULL, NULL}, sizeof(name.addresses));
	open_link(&link, &event, &endpoint, port, &h);
	for (unsigned i = 0; i < ELEMENTS_OF(answers); i++) {
		int client;

		run_until(event, &h.up, i + 1);
		client = accept(fd, NULL, NULL);
		assert_true(client >= 0);
		assert_int_equal(send(client, answers[i], strlen(answers[i]), 0), strlen(answers[i]));
		run_until(event, &h.down, i + 1);
		assert_string_equal(h.why, REDIS_GUARD_BROKEN);
		close(client);
	}
	redis_link_free(link);
	sd_event_unref(event);
	close(fd);
}

static void test_no_such_name(void **state)
{
	struct redis_endpoint endpoint;
	struct redis_link *link;
	struct heard heard;
	sd_event *event;
	int port = 0, fd = listen_on("127.0.0.1", &port);

	(void)state;
	name.error = EAI_NONAME;
	open_link(&link, &event, &endpoint, port, &heard);
	run_until(event, &heard.down, 2);
	assert_string_equal(heard.why, gai_strerror(EAI_NONAME));
	name.error = 0;
	memcpy(name.addresses, (const char *[]){"127.0.0.1", NULL}, 2 * sizeof(char *));
	run_until(event, &heard.up, 1);
	redis_link_free(link);
	sd_event_unref(event);
	close(fd);
}

static int on_beat(sd_event_source *s, uint64_t usec, void *data)
{
	(void)usec;
	((struct heard *)data)->beats++;
	sd_event_source_set_time_relative(s, 10000);
	return sd_event_source_set_enabled(s, SD_EVENT_ONESHOT);
}

static void test_hanging_resolver(void **state)
{
	struct redis_endpoint endpoint;
	struct redis_link *link;
	struct heard heard;
	sd_event *event;
	uint64_t before;

	(void)state;
	pthread_mutex_lock(&name.hangs);
	open_link(&link, &event, &endpoint, 1, &heard);
	assert_true(sd_event_add_time_relative(event, NULL, CLOCK_MONOTONIC, 0, 1000, on_beat, &heard) >= 0);
	/* The loop goes on, and freeing waits for nobody. */
	run_until(event, &heard.beats, 20);
	assert_null(redis_link_context(link));
	before = clock_ms();
	redis_link_free(link);
	assert_true(clock_ms() - before < 1000);
	pthread_mutex_unlock(&name.hangs);
	sd_event_unref(event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_addresses_in_turn),
	    cmocka_unit_test(test_logs_in_first),
	    cmocka_unit_test(test_an_answer_that_nobody_asked_for),
	    cmocka_unit_test(test_no_such_name),
	    cmocka_unit_test(test_hanging_resolver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
