/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
/* Against a real Redis server on a socket in a temporary folder. */
#include "publisher.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <hiredis/hiredis.h>

#include "clock_ahead.h"
#include "cmocka_all.h"
#include "feed.h"
#include "frame.h"
#include "redis_program.h"
#include "util.h"

#define ASK "connvis:ask:home"
#define COMMAND "connvis:command:home"

static char folder[64], socket_path[96];
static pid_t server = -1;

static void start_server(void)
{
	const char *argv[] = {"redis-server",
			      "--port",
			      "0",
			      "--unixsocket",
			      socket_path,
			      "--dir",
			      folder,
			      "--save",
			      "",
			      "--logfile",
			      "/dev/null",
			      "--client-output-buffer-limit",
			      "pubsub 12345678 8388608 60",
			      NULL};

	server = fork();
	if (!server) {
		/* It must not outlive a test that failed. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(open("/dev/null", O_RDWR | O_CLOEXEC), STDOUT_FILENO);
		redis_program_exec(argv);
		_exit(127);
	}
	assert_true(server > 0);
}

static void stop_server(void)
{
	if (server > 0) {
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
	}
	server = -1;
	unlink(socket_path);
}

static redisContext *connect_reader(void)
{
	for (unsigned i = 0; i < 100; i++) {
		redisContext *c = redisConnectUnix(socket_path);

		if (c && !c->err)
			return c;
		redisFree(c);
		usleep(50000);
	}
	fail_msg("Redis does not start");
	return NULL;
}

struct heard {
	struct publisher *publisher;
	unsigned ready, lost, received;
	long long receivers;
	uint64_t number, limit;
	char asked[64], commanded[64];
};

static void on_ready(void *data)
{
	((struct heard *)data)->ready++;
}

static void on_lost(void *data, const char *why)
{
	assert_true(why[0]);
	((struct heard *)data)->lost++;
}

static void on_asked(void *data, const char *text, size_t length)
{
	struct heard *h = data;

	assert_true(length < sizeof(h->asked));
	memcpy(h->asked, text, length);
	h->asked[length] = '\0';
}

static void on_commanded(void *data, const char *text, size_t length)
{
	struct heard *h = data;

	assert_true(length < sizeof(h->commanded));
	memcpy(h->commanded, text, length);
	h->commanded[length] = '\0';
}

static void on_received(void *data, unsigned topic, uint64_t number, long long receivers)
{
	struct heard *h = data;

	assert_int_equal(topic, 3);
	h->received++;
	h->number = number;
	h->receivers = receivers;
}

static void on_limit(void *data, uint64_t bytes)
{
	((struct heard *)data)->limit = bytes;
}

static const struct publisher_listener listener = {on_ready,	 on_lost,     on_asked,
						   on_commanded, on_received, on_limit};

/* Runs the loop until *value is at least wanted, 10 s at most. */
static void run_until(sd_event *event, const unsigned *value, unsigned wanted)
{
	uint64_t end = clock_ms() + 10000;

	while (*value < wanted && clock_ms() < end)
		assert_true(sd_event_run(event, 100000) >= 0);
	assert_true(*value >= wanted);
}

static void open_publisher(struct heard *h, sd_event **event, size_t max)
{
	struct publisher_options options = {
	    .ask_channel = ASK, .command_channel = COMMAND, .unacknowledged_max = max};

	*h = (struct heard){};
	strcpy(options.endpoint.path, socket_path);
	assert_int_equal(sd_event_new(event), 0);
	assert_int_equal(publisher_new(&h->publisher, *event, &options, &listener, h), 0);
}

static void test_publish_and_ask(void **state)
{
	struct heard h;
	sd_event *event;
	redisContext *reader, *asker;
	redisReply *reply;

	(void)state;
	start_server();
	reader = connect_reader();
	asker = connect_reader();
	open_publisher(&h, &event, 1000);
	run_until(event, &h.ready, 1);

	/* Nobody listens, then one does. */
	assert_int_equal(publisher_send(h.publisher, "ch", "a\0b", 3, 3, 41), 0);
	assert_int_equal(publisher_unacknowledged(h.publisher), 3);
	run_until(event, &h.received, 1);
	assert_int_equal(h.receivers, 0);
	assert_int_equal(h.number, 41);
	assert_int_equal(publisher_unacknowledged(h.publisher), 0);
	assert_int_equal(h.limit, 12345678);
	/* It follows what is set meanwhile. */
	freeReplyObject(
	    redisCommand(asker, "CONFIG SET client-output-buffer-limit %s", "pubsub 23456789 0 0"));
	for (uint64_t end = clock_ms() + 20000; h.limit != 23456789 && clock_ms() < end;) {
		sd_event_run(event, 100000);
		publisher_tick(h.publisher);
	}
	assert_int_equal(h.limit, 23456789);
	freeReplyObject(redisCommand(reader, "SUBSCRIBE ch"));
	assert_int_equal(publisher_send(h.publisher, "ch", "a\0b", 3, 3, 42), 0);
	run_until(event, &h.received, 2);
	assert_int_equal(h.receivers, 1);
	assert_int_equal(redisGetReply(reader, (void **)&reply), REDIS_OK);
	assert_int_equal(reply->element[2]->len, 3);
	assert_memory_equal(reply->element[2]->str, "a\0b", 3);
	freeReplyObject(reply);

	freeReplyObject(redisCommand(asker, "PUBLISH " ASK " hello"));
	for (unsigned i = 0; i < 100 && !h.asked[0]; i++)
		sd_event_run(event, 100000);
	assert_string_equal(h.asked, "hello");
	assert_string_equal(h.commanded, "");
	freeReplyObject(redisCommand(asker, "PUBLISH " COMMAND " do"));
	for (unsigned i = 0; i < 100 && !h.commanded[0]; i++)
		sd_event_run(event, 100000);
	assert_string_equal(h.commanded, "do");
	assert_string_equal(h.asked, "hello");

	/* More than fits is refused; a single large frame is not. */
	char big[5000] = "";
	assert_int_equal(publisher_send(h.publisher, "ch", big, sizeof(big), 3, 43), 0);
	assert_int_equal(publisher_send(h.publisher, "ch", "x", 1, 3, 44), -ENOBUFS);
	run_until(event, &h.received, 3);
	assert_int_equal(publisher_send(h.publisher, "ch", "x", 1, 3, 45), 0);
	publisher_free(h.publisher);
	sd_event_unref(event);
	redisFree(reader);
	redisFree(asker);
	stop_server();
}

static void test_absent_then_restarted(void **state)
{
	struct heard h;
	sd_event *event;

	(void)state;
	open_publisher(&h, &event, 1000);
	run_until(event, &h.lost, 2);
	assert_int_equal(publisher_losses(h.publisher), 0);
	assert_int_equal(publisher_send(h.publisher, "ch", "x", 1, 3, 1), -ENOTCONN);
	start_server();
	run_until(event, &h.ready, 1);
	assert_int_equal(publisher_send(h.publisher, "ch", "x", 1, 3, 1), 0);
	h.lost = 0;
	stop_server();
	run_until(event, &h.lost, 1);
	/* The two connections break one after the other. */
	for (unsigned i = 0; i < 100 && publisher_unacknowledged(h.publisher); i++)
		sd_event_run(event, 100000);
	assert_int_equal(publisher_unacknowledged(h.publisher), 0);
	assert_int_equal(publisher_losses(h.publisher), 1);
	start_server();
	run_until(event, &h.ready, 2);
	publisher_free(h.publisher);
	sd_event_unref(event);
	stop_server();
}

/* Whoever is told to go elsewhere has lost nothing, also where nobody is there yet. */
static void test_move(void **state)
{
	struct redis_endpoint elsewhere = {};
	struct heard h;
	sd_event *event;

	(void)state;
	start_server();
	open_publisher(&h, &event, 1000);
	run_until(event, &h.ready, 1);
	h.lost = 0;
	snprintf(elsewhere.path, sizeof(elsewhere.path), "%s.none", socket_path);
	assert_true(publisher_change(h.publisher, &elsewhere, 1000));
	assert_false(publisher_is_ready(h.publisher));
	run_until(event, &h.lost, 1);
	assert_int_equal(publisher_losses(h.publisher), 0);
	publisher_free(h.publisher);
	sd_event_unref(event);
	stop_server();
}

static void test_server_that_does_not_answer(void **state)
{
	struct heard h;
	sd_event *event;

	(void)state;
	start_server();
	open_publisher(&h, &event, 1000);
	run_until(event, &h.ready, 1);
	h.lost = 0;
	kill(server, SIGSTOP);
	assert_int_equal(publisher_send(h.publisher, "ch", "x", 1, 3, 1), 0);
	for (unsigned i = 0; i < 12 && !h.lost; i++) {
		uint64_t end = clock_ms() + 1000;

		while (clock_ms() < end)
			sd_event_run(event, 100000);
		publisher_tick(h.publisher);
	}
	assert_true(h.lost >= 1);
	kill(server, SIGCONT);
	run_until(event, &h.ready, 2);
	publisher_free(h.publisher);
	sd_event_unref(event);
	stop_server();
}

/* A keyframe that is larger than what fits into the socket: it is known how far it has gone. */
static void test_large_frame_under_way(void **state)
{
	enum { LARGE = 32 << 20 };
	char *large = calloc(1, LARGE);
	struct heard h;
	sd_event *event;

	(void)state;
	assert_non_null(large);
	start_server();
	open_publisher(&h, &event, 1000);
	run_until(event, &h.ready, 1);
	kill(server, SIGSTOP);
	assert_int_equal(publisher_send(h.publisher, "ch", large, LARGE, 3, 1), 0);
	for (unsigned i = 0; i < 20; i++)
		sd_event_run(event, 10000);
	assert_false(publisher_has_written(h.publisher, 3, 1));
	assert_true(publisher_has_written(h.publisher, 3, 2));
	assert_true(publisher_has_written(h.publisher, 2, 1));
	kill(server, SIGCONT);
	run_until(event, &h.received, 1);
	assert_true(publisher_has_written(h.publisher, 3, 1));
	assert_int_equal(publisher_send(h.publisher, "ch", "x", 1, 3, 2), 0);
	assert_false(publisher_has_written(h.publisher, 3, 2));
	run_until(event, &h.received, 2);
	publisher_free(h.publisher);
	sd_event_unref(event);
	stop_server();
	free(large);
}

static char why_lost[256];
static unsigned stuck;

static void on_lost_why(void *data, const char *why)
{
	struct heard *h = data;

	h->lost++;
	snprintf(why_lost, sizeof(why_lost), "%s", why);
	stuck += !strcmp(why, "it did not answer for 10 seconds");
}

/* A server that takes a little of a large frame now and then lives, however long that goes on. */
static void test_progress_is_a_sign_of_life(void **state)
{
	enum { LARGE = 64 << 20, TURNS = 8 };
	struct publisher_options options = {
	    .ask_channel = ASK, .command_channel = COMMAND, .unacknowledged_max = 1000};
	struct publisher_listener hears = listener;
	char *large = calloc(1, LARGE);
	struct heard h = {};
	sd_event *event;

	(void)state;
	assert_non_null(large);
	start_server();
	hears.lost = on_lost_why;
	strcpy(options.endpoint.path, socket_path);
	assert_int_equal(sd_event_new(&event), 0);
	assert_int_equal(publisher_new(&h.publisher, event, &options, &hears, &h), 0);
	run_until(event, &h.ready, 1);
	assert_int_equal(publisher_send(h.publisher, "ch", large, LARGE, 3, 1), 0);
	stuck = 0;
	for (unsigned i = 0; i < 4; i++) {
		kill(server, SIGCONT);
		for (unsigned turn = 0; turn < TURNS; turn++)
			sd_event_run(event, 100000);
		kill(server, SIGSTOP);
		clock_ahead += 8;
		publisher_tick(h.publisher);
		assert_int_equal(stuck, 0);
		assert_false(publisher_has_written(h.publisher, 3, 1));
	}
	clock_ahead += 11;
	publisher_tick(h.publisher);
	assert_int_equal(stuck, 1);
	publisher_free(h.publisher);
	sd_event_unref(event);
	stop_server();
	free(large);
}

/* A server that wants a password: its own words, and no flood of attempts. */
static void test_server_that_refuses(void **state)
{
	struct publisher_listener hears = listener;
	struct publisher_options options = {.ask_channel = ASK, .command_channel = COMMAND};
	struct heard h = {};
	redisContext *reader;
	sd_event *event;

	(void)state;
	start_server();
	reader = connect_reader();
	freeReplyObject(redisCommand(reader, "CONFIG SET requirepass secret"));
	hears.lost = on_lost_why;
	strcpy(options.endpoint.path, socket_path);
	assert_int_equal(sd_event_new(&event), 0);
	assert_int_equal(publisher_new(&h.publisher, event, &options, &hears, &h), 0);
	for (uint64_t end = clock_ms() + 3000; clock_ms() < end;)
		sd_event_run(event, 100000);
	assert_int_equal(h.ready, 0);
	assert_non_null(strstr(why_lost, "NOAUTH"));
	/* two connections that try after 0.1, 0.2, 0.4, 0.8 and 1.6 s */
	assert_in_range(h.lost, 2, 12);
	freeReplyObject(redisCommand(reader, "AUTH secret"));
	freeReplyObject(redisCommand(reader, "CONFIG SET requirepass %s", ""));
	run_until(event, &h.ready, 1);
	publisher_free(h.publisher);
	sd_event_unref(event);
	redisFree(reader);
	stop_server();
}

/* The whole feed: a rival is noticed, and forgotten when it is silent. */
static unsigned rivals, no_rivals;

static void on_rivals(void *data, bool any)
{
	(void)data;
	if (any)
		rivals++;
	else
		no_rivals++;
}

static void nothing(void *data)
{
	(void)data;
}

static void nothing_why(void *data, const char *why)
{
	(void)data;
	(void)why;
}

static struct feed *commanded;

static void on_feed_command(void *data, const char *text, size_t length)
{
	char reply[64];
	int n = snprintf(reply, sizeof(reply), "heard %.*s", (int)length, text);

	(void)data;
	feed_reply(commanded, reply, (size_t)n);
}

static const struct feed_listener feed_listener = {
    .prepare = nothing,
    .redis_ready = nothing,
    .redis_lost = nothing_why,
    .rivals = on_rivals,
    .commanded = on_feed_command,
};

static struct feed_options feed_options(void)
{
	struct feed_options options = {
	    .site = "home",
	    .epoch = {.start = 5, .random = 6},
	    .clock_base = clock_ms(),
	    .unacknowledged_max = 100000,
	    .flush_ms = 10,
	};

	strcpy(options.endpoint.path, socket_path);
	return options;
}

/* What comes next on the reader's channel while the loop runs, 10 s at most. */
static void assert_hears(redisContext *reader, sd_event *event, const char *wanted)
{
	redisReply *reply = NULL;

	fcntl(reader->fd, F_SETFL, O_NONBLOCK);
	reader->flags &= ~REDIS_BLOCK;
	for (uint64_t end = clock_ms() + 10000; clock_ms() < end && !reply;) {
		sd_event_run(event, 20000);
		assert_int_equal(redisBufferRead(reader), REDIS_OK);
		assert_int_equal(redisGetReplyFromReader(reader, (void **)&reply), REDIS_OK);
	}
	assert_non_null(reply);
	assert_string_equal(reply->element[2]->str, wanted);
	freeReplyObject(reply);
}

static void test_commands_are_answered(void **state)
{
	struct feed_options options;
	redisContext *reader, *asker;
	struct feed_status status = {};
	struct feed *feed;
	sd_event *event;

	(void)state;
	start_server();
	reader = connect_reader();
	asker = connect_reader();
	freeReplyObject(redisCommand(reader, "SUBSCRIBE connvis:reply:home"));
	options = feed_options();
	assert_int_equal(sd_event_new(&event), 0);
	assert_int_equal(feed_new(&feed, event, &options, &feed_listener, NULL), 0);
	for (uint64_t end = clock_ms() + 10000; clock_ms() < end && !status.ready;) {
		sd_event_run(event, 100000);
		feed_get_status(feed, &status);
	}
	assert_true(status.ready);
	commanded = feed;
	freeReplyObject(redisCommand(asker, "PUBLISH " COMMAND " %s", "r1 name 7 Aino"));
	assert_hears(reader, event, "heard r1 name 7 Aino");
	freeReplyObject(redisCommand(asker, "PUBLISH " COMMAND " %s", "r2"));
	assert_hears(reader, event, "heard r2");
	feed_free(feed);
	sd_event_unref(event);
	redisFree(reader);
	redisFree(asker);
	stop_server();
}

static void test_rivals(void **state)
{
	struct feed_options options;
	struct feed *one, *other;
	struct feed_status status;
	sd_event *event;

	(void)state;
	start_server();
	options = feed_options();
	assert_int_equal(sd_event_new(&event), 0);
	assert_int_equal(feed_new(&one, event, &options, &feed_listener, NULL), 0);
	/* Its own announcement is no rival's. */
	for (uint64_t end = clock_ms() + 1000; clock_ms() < end;)
		sd_event_run(event, 100000);
	assert_int_equal(rivals, 0);
	options.epoch.random = 7;
	assert_int_equal(feed_new(&other, event, &options, &feed_listener, NULL), 0);
	run_until(event, &rivals, 1);
	feed_get_status(one, &status);
	assert_true(status.rivals);
	feed_free(other);
	for (uint64_t end = clock_ms() + 18000; clock_ms() < end && !no_rivals;)
		sd_event_run(event, 100000);
	assert_int_equal(no_rivals, 1);
	feed_free(one);
	sd_event_unref(event);
	stop_server();
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/connvis-redis-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(socket_path, sizeof(socket_path), "%s/redis.sock", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	stop_server();
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_publish_and_ask),
	    cmocka_unit_test(test_large_frame_under_way),
	    cmocka_unit_test(test_progress_is_a_sign_of_life),
	    cmocka_unit_test(test_server_that_refuses),
	    cmocka_unit_test(test_absent_then_restarted),
	    cmocka_unit_test(test_move),
	    cmocka_unit_test(test_server_that_does_not_answer),
	    cmocka_unit_test(test_commands_are_answered),
	    cmocka_unit_test(test_rivals),
	};

	/* As the collector does: Redis may go in the middle of a write. */
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
