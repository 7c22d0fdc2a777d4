/* SPDX-License-Identifier: MIT */
/* Against a server in the test that says what Redis would say. */
/* Over 400 lines: one fixture serves all its tests. */
#include "redis_feed.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "redis_fault.h"
#include "said.h"
#include "util.h"

#define END_MS 30000 /* however slow the machine */
#define CLIENTS_MAX 16
#define NAME "redis.example"

/* What a false server says, instead of an answer. */
static const char *falsehood, *falsehood_to;

struct server {
	struct ev_loop *loop;
	int port;
	ev_io accept;
	ev_io clients[CLIENTS_MAX];
	size_t n_clients;
	char heard[4096]; /* all that was said, one after the other */
};

struct heard {
	unsigned connected, disconnected, subscribed, messages;
	char why[128];
};

static char tag_of_one[] = "tag";
static sem_t asked, gate, answered; /* the resolver: it is asked, it is held up, it goes on */
static bool hang;

int __real_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret);
int __wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret);

/* The name stands for an address where nobody listens, then for one where the server does. */
int __wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret)
{
	struct addrinfo *second;
	int r;

	if (strcmp(node, NAME) != 0)
		return __real_getaddrinfo(node, service, hints, ret);
	if (hints->ai_flags & AI_NUMERICHOST)
		return EAI_NONAME;
	if (hang) {
		sem_post(&asked);
		sem_wait(&gate);
		sem_post(&answered);
		return EAI_AGAIN;
	}
	r = __real_getaddrinfo("127.0.0.2", service, hints, ret);
	if (r)
		return r;
	r = __real_getaddrinfo("127.0.0.1", service, hints, &second);
	(*ret)->ai_next = second;
	return r;
}

static void answer(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

static void on_client(struct ev_loop *loop, ev_io *io, int events)
{
	struct server *s = io->data;
	char text[1024];
	ssize_t n = recv(io->fd, text, sizeof(text) - 1, 0);

	(void)events;
	if (n <= 0) {
		ev_io_stop(loop, io);
		close(io->fd);
		return;
	}
	text[n] = '\0';
	strncat(s->heard, text, sizeof(s->heard) - strlen(s->heard) - 1);
	if (falsehood && strstr(text, falsehood_to)) {
		answer(io->fd, falsehood);
		return;
	}
	if (strstr(text, "AUTH"))
		answer(io->fd, "+OK\r\n");
	if (strstr(text, "UNSUBSCRIBE"))
		answer(io->fd, "*3\r\n$11\r\nunsubscribe\r\n$3\r\none\r\n:0\r\n");
	else if (strstr(text, "SUBSCRIBE"))
		answer(io->fd, "*3\r\n$9\r\nsubscribe\r\n$3\r\none\r\n:1\r\n"
			       "*3\r\n$7\r\nmessage\r\n$3\r\none\r\n$5\r\nbytes\r\n"
			       "*3\r\n$7\r\nmessage\r\n$5\r\nother\r\n$5\r\nbytes\r\n");
	else if (strstr(text, "PUBLISH"))
		answer(io->fd, ":1\r\n");
	else if (strstr(text, "PING"))
		answer(io->fd, "+PONG\r\n");
}

static void on_accept(struct ev_loop *loop, ev_io *io, int events)
{
	struct server *s = io->data;
	int fd = accept(io->fd, NULL, NULL);

	(void)events;
	assert_true(fd >= 0 && s->n_clients < CLIENTS_MAX);
	ev_io_init(&s->clients[s->n_clients], on_client, fd, EV_READ);
	s->clients[s->n_clients].data = s;
	ev_io_start(loop, &s->clients[s->n_clients++]);
}

static int setup(void **context)
{
	static struct server s;
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	s = (struct server){.loop = ev_loop_new(EVFLAG_AUTO)};
	assert_int_equal(bind(fd, (struct sockaddr *)&at, length), 0);
	assert_int_equal(listen(fd, 4), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &length), 0);
	s.port = ntohs(at.sin_port);
	ev_io_init(&s.accept, on_accept, fd, EV_READ);
	s.accept.data = &s;
	ev_io_start(s.loop, &s.accept);
	hang = false;
	falsehood = NULL;
	*context = &s;
	return 0;
}

static void cut_clients(struct server *s)
{
	for (size_t i = 0; i < s->n_clients; i++) {
		if (!ev_is_active(&s->clients[i]))
			continue;
		ev_io_stop(s->loop, &s->clients[i]);
		close(s->clients[i].fd);
	}
	s->n_clients = 0;
}

static int teardown(void **context)
{
	struct server *s = *context;

	cut_clients(s);
	ev_io_stop(s->loop, &s->accept);
	close(s->accept.fd);
	ev_loop_destroy(s->loop);
	return 0;
}

static void on_message(void *data, void *tag, const uint8_t *bytes, size_t length)
{
	assert_ptr_equal(tag, tag_of_one);
	assert_int_equal(length, 5);
	assert_memory_equal(bytes, "bytes", 5);
	((struct heard *)data)->messages++;
}

static void on_subscribed(void *data, void *tag)
{
	assert_ptr_equal(tag, tag_of_one);
	((struct heard *)data)->subscribed++;
}

static void on_connected(void *data)
{
	((struct heard *)data)->connected++;
}

static void on_disconnected(void *data, const char *why)
{
	struct heard *h = data;

	h->disconnected++;
	snprintf(h->why, sizeof(h->why), "%s", why);
}

static const struct redis_feed_listener listener = {
    .message = on_message,
    .subscribed = on_subscribed,
    .connected = on_connected,
    .disconnected = on_disconnected,
};

static void turn_once(struct server *s)
{
	ev_run(s->loop, EVRUN_NOWAIT);
	usleep(2000);
}

/* Turns the loop until the counter has come so far. */
static void wait_for(struct server *s, const unsigned *counter, unsigned n)
{
	uint64_t end = clock_ms() + END_MS;

	while (*counter < n) {
		assert_true(clock_ms() < end);
		turn_once(s);
	}
}

static void turn(struct server *s, uint64_t ms)
{
	uint64_t end = clock_ms() + ms;

	while (clock_ms() < end)
		turn_once(s);
}

static void wait_asked(struct server *s)
{
	uint64_t end = clock_ms() + END_MS;

	while (sem_trywait(&asked) < 0) {
		assert_true(clock_ms() < end);
		turn_once(s);
	}
}

static void test_follows_a_channel(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = "127.0.0.1", .port = s->port};
	struct redis_feed *feed;
	struct heard h = {};

	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	assert_int_equal(redis_feed_subscribe(feed, "one", tag_of_one), 0);
	wait_for(s, &h.messages, 1);
	assert_int_equal(h.connected, 1);
	assert_int_equal(h.subscribed, 1);
	redis_feed_ask(feed, "home", "overview");
	/* cut off: it says so once, comes back and subscribes again */
	while (!strstr(s->heard, "keyframe overview"))
		turn(s, 10);
	cut_clients(s);
	wait_for(s, &h.messages, 2);
	assert_int_equal(h.disconnected, 1);
	assert_int_equal(h.connected, 2);
	assert_int_equal(h.subscribed, 2);
	redis_feed_unsubscribe(feed, "one");
	while (!strstr(s->heard, "UNSUBSCRIBE"))
		turn(s, 10);
	assert_int_equal(h.messages, 2);
	redis_feed_free(feed);
}

static void test_logs_in_first(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = "127.0.0.1", .port = s->port, .user = "broadcaster"};
	const char *login = "*3\r\n$4\r\nAUTH\r\n$11\r\nbroadcaster\r\n$0\r\n\r\n", *first;
	struct redis_feed *feed;
	struct heard h = {};

	s->heard[0] = '\0';
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	assert_int_equal(redis_feed_subscribe(feed, "one", tag_of_one), 0);
	wait_for(s, &h.messages, 1);
	/* On both connections, each before what it is for. */
	assert_memory_equal(s->heard, login, strlen(login));
	first = strstr(s->heard + 1, "AUTH");
	assert_non_null(first);
	assert_non_null(strstr(first + 1, "AUTH"));
	assert_int_equal(h.disconnected, 0);
	redis_feed_free(feed);

	falsehood_to = "AUTH";
	falsehood = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";
	h = (struct heard){};
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	wait_for(s, &h.disconnected, 1);
	assert_int_equal(h.connected, 0);
	assert_string_equal(redis_fault_of(h.why).state, "refuses us");
	redis_feed_free(feed);
	falsehood = NULL;

	e.password_file = "/nonexistent/x";
	h = (struct heard){};
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	wait_for(s, &h.disconnected, 2);
	assert_string_equal(redis_fault_of(h.why).state, "is not asked");
	redis_feed_free(feed);
}

static void test_tries_all_addresses_of_a_name(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = NAME, .port = s->port};
	struct redis_feed *feed;
	struct heard h = {};

	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	wait_for(s, &h.connected, 1);
	/* the first one was tried, and the name is asked for again when the connection is lost */
	assert_int_equal(h.disconnected, 1);
	cut_clients(s);
	wait_for(s, &h.connected, 2);
	redis_feed_free(feed);
}

static void test_a_resolver_that_hangs(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = NAME, .port = s->port};
	struct redis_feed *feed;
	struct heard h = {};
	uint64_t begun = clock_us(), longest = 0;

	hang = true;
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	wait_asked(s);
	/* the loop turns on */
	for (int i = 0; i < 20; i++) {
		uint64_t before = clock_us();

		turn(s, 10);
		if (clock_us() - before > longest)
			longest = clock_us() - before;
	}
	assert_true(longest < 2000000);
	assert_int_equal(h.connected, 0);
	/* and neither waiting nor going depends on the answer */
	begun = clock_us();
	redis_feed_free(feed);
	assert_true(clock_us() - begun < 500000);
	sem_post(&gate);
	sem_wait(&answered);
}

static void test_an_answer_that_comes_late(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = NAME, .port = s->port};
	struct redis_feed *feed;
	struct heard h = {};

	hang = true;
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	wait_asked(s);
	hang = false;
	sem_post(&gate);
	wait_for(s, &h.disconnected, 1);
	assert_non_null(strstr(h.why, "name resolution"));
	wait_for(s, &h.connected, 1);
	redis_feed_free(feed);
}

/* Each of these ended the program (assertions in hiredis 0.14.1, async.c). */
static void test_a_server_that_breaks_the_protocol(void **context)
{
	static const struct {
		const char *to, *says;
	} cases[] = {
	    {"SUBSCRIBE", "*3\r\n$7\r\nmessage\r\n:5\r\n$1\r\na\r\n"},
	    {"SUBSCRIBE", "*3\r\n*0\r\n$1\r\na\r\n$1\r\na\r\n"},
	    {"SUBSCRIBE", "*0\r\n"},
	    {"SUBSCRIBE", "*1\r\n$9\r\nsubscribe\r\n"},
	    {"SUBSCRIBE", "*3\r\n$-1\r\n$1\r\na\r\n$1\r\na\r\n"},
	    {"SUBSCRIBE", "*3\r\n$11\r\nunsubscribe\r\n$3\r\none\r\n$1\r\na\r\n"},
	    {"SUBSCRIBE", "nonsense\r\n"},
	    {"PING", "+PONG\r\n*3\r\n$9\r\nsubscribe\r\n$3\r\none\r\n:1\r\n"},
	    {"PING", "+PONG\r\n:1\r\n"},
	    {"PING", "HTTP/1.0 400 Bad Request\r\n"},
	};
	struct server *s = *context;

	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		struct redis_endpoint e = {.host = "127.0.0.1", .port = s->port};
		struct redis_feed *feed;
		struct heard h = {};

		falsehood = cases[i].says;
		falsehood_to = cases[i].to;
		assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
		assert_int_equal(redis_feed_subscribe(feed, "one", tag_of_one), 0);
		wait_for(s, &h.disconnected, 1);
		assert_string_equal(redis_fault_of(h.why).state, "is no Redis");
		/* As soon as it says what it should it is there again. */
		falsehood = NULL;
		wait_for(s, &h.messages, 1);
		redis_feed_free(feed);
		cut_clients(s);
	}
}

static void test_a_server_that_refuses(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = "127.0.0.1", .port = s->port};
	struct redis_feed *feed;
	struct heard h = {};

	falsehood = "-NOAUTH Authentication required.\r\n";
	falsehood_to = "PING";
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, &h, NULL), 0);
	turn(s, 2000); /* after 100, 200, 400 and 800 ms */
	assert_in_range(h.disconnected, 1, 5);
	assert_int_equal(h.connected, 0);
	assert_string_equal(h.why, "NOAUTH Authentication required.");
	assert_string_equal(redis_fault_of(h.why).state, "refuses us");
	falsehood = NULL;
	wait_for(s, &h.connected, 1);
	redis_feed_free(feed);
}

/* Of a user who may have all but the channel. */
static struct redis_feed *begin_refused(struct server *s, struct heard *h, const char *channel)
{
	struct redis_endpoint e = {.host = "127.0.0.1", .port = s->port};
	struct redis_feed *feed;

	falsehood =
	    "-NOPERM this user has no permissions to access one of the channels used as arguments\r\n";
	falsehood_to = channel;
	assert_int_equal(redis_feed_new(&feed, s->loop, &e, &listener, h, NULL), 0);
	assert_int_equal(redis_feed_subscribe_spare(feed, "spare", NULL), 0);
	assert_int_equal(redis_feed_subscribe(feed, "one", tag_of_one), 0);
	return feed;
}

/* The spare channel: it is left out, nobody is told of a loss, and a reload tries again. */
static void test_a_channel_that_is_not_allowed(void **context)
{
	struct server *s = *context;
	struct redis_endpoint e = {.host = "127.0.0.1", .port = s->port};
	struct heard h = {};
	struct redis_feed *feed = begin_refused(s, &h, "spare");

	wait_for(s, &h.messages, 2);
	turn(s, 500);
	assert_int_equal(h.connected, 2);
	assert_int_equal(h.disconnected, 0);
	assert_int_equal(h.subscribed, 2);
	assert_int_equal(said_count(s->heard, "spare"), 1);
	assert_false(redis_feed_move(feed, &e));
	wait_for(s, &h.connected, 3);
	wait_for(s, &h.messages, 3);
	assert_int_equal(said_count(s->heard, "spare"), 2);
	assert_int_equal(h.disconnected, 0);
	redis_feed_free(feed);
}

/* What is needed is not done without. */
static void test_a_needed_channel_that_is_not_allowed(void **context)
{
	struct server *s = *context;
	struct heard h = {};
	struct redis_feed *feed = begin_refused(s, &h, "one");

	wait_for(s, &h.disconnected, 1);
	assert_string_equal(redis_fault_of(h.why).state, "refuses us");
	assert_int_equal(said_count(s->heard, "spare"), 0);
	redis_feed_free(feed);
}

static int make_gate(void **context)
{
	(void)context;
	return sem_init(&asked, 0, 0) < 0 || sem_init(&gate, 0, 0) < 0 || sem_init(&answered, 0, 0) < 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_follows_a_channel, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_logs_in_first, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_tries_all_addresses_of_a_name, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_resolver_that_hangs, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_an_answer_that_comes_late, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_server_that_breaks_the_protocol, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_server_that_refuses, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_channel_that_is_not_allowed, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_a_needed_channel_that_is_not_allowed, setup, teardown),
	};

	return cmocka_run_group_tests(tests, make_gate, NULL);
}
