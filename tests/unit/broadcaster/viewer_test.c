/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
/* A viewer at one end of a socketpair, and at the other somebody who reads as fast or as slowly as it likes. */
#include "viewer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "fake_lws.h"
#include "frames.h"
#include "util.h"
#include "ws_frame.h"

#define HELLO "{\"hello\":true}"
#define MESSAGES_MAX 512
#define SITES 32 /* as many as a broadcaster relays */

/* A message that has come. */
struct message {
	bool text;
	bool cut; /* a frame shorter than its header says */
	struct frame_header header;
	char *bytes; /* ended by a NUL */
	size_t length;
};

struct room {
	struct relay_topic *overview, *connections;
	struct relay_topic *of_sites[SITES][2]; /* NULL but where a test made them */
	unsigned wanted, lost, commanded, left;
	enum role refused; /* sees nothing of any topic */
	struct peer peer;
	struct viewer_set set;
	struct viewer viewer;
	struct fake_lws lws;
	int far; /* the other end */
	uint8_t *came;
	size_t n_came;
	uint8_t *part; /* of a message */
	size_t n_part;
	uint8_t opcode;
	unsigned pings;
	struct message messages[MESSAGES_MAX];
	size_t n;
};

static struct relay_topic *find_topic(void *data, const char *site, const char *name)
{
	struct room *room = data;

	for (size_t i = 0; room->of_sites[0][0] && i < SITES; i++)
		if (!strcmp(site, room->of_sites[i][0]->site))
			return room->of_sites[i][!strcmp(name, "connections")];
	if (strcmp(site, "home") != 0)
		return NULL;
	return !strcmp(name, "overview")      ? room->overview
	       : !strcmp(name, "connections") ? room->connections
					      : NULL;
}

static bool is_allowed(void *data, const struct viewer *v, const struct relay_topic *topic)
{
	struct room *room = data;

	(void)topic;
	return v->role != room->refused;
}

static void on_wanted(void *data, struct relay_topic *topic)
{
	(void)topic;
	((struct room *)data)->wanted++;
}

static void on_lost(void *data, struct relay_topic *topic)
{
	(void)topic;
	((struct room *)data)->lost++;
}

static size_t write_hello(void *data, const struct viewer *v, char *buffer, size_t size)
{
	(void)data;
	(void)v;
	return (size_t)snprintf(buffer, size, HELLO);
}

static void on_command(void *data, struct viewer *v, const struct command_request *request,
		       enum command_fault fault)
{
	struct room *room = data;
	char text[64];

	room->commanded++;
	v->errands = 1;
	snprintf(text, sizeof(text), "%s %u %d %.*s", request->site, request->number, (int)fault,
		 (int)request->arguments.length, request->arguments.at);
	viewer_answer(v, text, strlen(text));
}

static void on_left(void *data, struct viewer *v)
{
	((struct room *)data)->left++;
	v->errands = 0;
}

static const struct viewer_listener listener = {
    .topic = find_topic,
    .allowed = is_allowed,
    .wanted = on_wanted,
    .lost = on_lost,
    .hello = write_hello,
    .command = on_command,
    .left = on_left,
};

static int begin(void **context, bool tls)
{
	struct room *room = calloc(1, sizeof(*room));
	const int small = 4096; /* the kernel has its own idea of the least */
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	assert_int_equal(setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof(small)), 0);
	room->far = ends[1];
	room->refused = ROLE_GUEST;
	assert_int_equal(relay_topic_new(&room->overview, "home", "overview", true, 1 << 20), 0);
	assert_int_equal(relay_topic_new(&room->connections, "home", "connections", false, 1 << 20), 0);
	room->set = (struct viewer_set){
	    .listener = &listener, .data = room, .maximum = 10, .maximum_per_address = 10};
	chain_init(&room->set.viewers);
	fake_lws_init(&room->lws, ends[0]);
	room->lws.tls = tls;
	viewer_begin(&room->viewer, &room->set, fake_lws_wsi(&room->lws), &room->peer, &(struct address){},
		     ROLE_PARTICIPANT);
	*context = room;
	return 0;
}

static int setup(void **context)
{
	return begin(context, false);
}

static int setup_tls(void **context)
{
	return begin(context, true);
}

/* More than what libwebsockets may ever keep. */
static size_t kept_most(const struct room *room)
{
	return (room->lws.tls ? 2 : 1) * TOPIC_LOG_FRAGMENT_MAX;
}

static void forget_messages(struct room *room)
{
	while (room->n)
		free(room->messages[--room->n].bytes);
}

static int teardown(void **context)
{
	struct room *room = *context;

	viewer_end(&room->viewer);
	assert_int_equal(room->set.n, 0);
	assert_int_equal(room->peer.viewers, 0);
	relay_topic_free(room->overview);
	relay_topic_free(room->connections);
	for (size_t i = 0; i < SITES; i++)
		for (size_t t = 0; t < 2; t++)
			relay_topic_free(room->of_sites[i][t]);
	fake_lws_done(&room->lws);
	close(room->lws.fd);
	close(room->far);
	forget_messages(room);
	free(room->came);
	free(room->part);
	free(room);
	return 0;
}

static void say(struct room *room, const char *text)
{
	viewer_receive(&room->viewer, text, strlen(text), false, true);
}

static void push(struct relay_topic *t, enum frame_kind kind, uint64_t sequence, size_t length)
{
	uint8_t *payload = calloc(1, length + 1);
	struct built b;
	bool ask;

	for (size_t i = 0; i < length; i++)
		payload[i] = (uint8_t)(i * 7 + sequence);
	b = frame_build(kind, 1, sequence, payload, length);
	snprintf(b.header.topic, sizeof(b.header.topic), "%s", t->name);
	free(b.bytes);
	b.bytes = malloc(FRAME_HEADER_MAX + length);
	b.length = frame_header_encode(&b.header, b.bytes);
	memcpy(b.bytes + b.length, payload, length);
	b.length += length;
	assert_int_equal(relay_topic_push(t, b.bytes, b.length, 5000, &ask), 0);
	free(b.bytes);
	free(payload);
	viewers_flush(t);
}

static void end_message(struct room *room)
{
	struct message *m = &room->messages[room->n++];
	size_t payload;

	assert_true(room->n < MESSAGES_MAX);
	*m = (struct message){.text = room->opcode == 1, .length = room->n_part};
	m->bytes = malloc(room->n_part + 1);
	memcpy(m->bytes, room->part, room->n_part);
	m->bytes[room->n_part] = '\0';
	if (!m->text)
		m->cut = frame_header_decode(&m->header, &payload, (uint8_t *)m->bytes, room->n_part) < 0;
	room->n_part = 0;
	room->opcode = 0;
}

/* One WebSocket frame: only control frames may stand between the pieces of a message. */
static void take_frame(struct room *room, uint8_t first, const uint8_t *payload, size_t length)
{
	uint8_t opcode = first & 15;

	if (opcode == 9) {
		room->pings++;
		return;
	}
	assert_int_equal(opcode != 0, room->opcode == 0);
	if (opcode)
		room->opcode = opcode;
	room->part = realloc(room->part, room->n_part + length + 1);
	memcpy(room->part + room->n_part, payload, length);
	room->n_part += length;
	if (first & 0x80)
		end_message(room);
}

/* Reads at most so many bytes, and takes what is whole. False when there was nothing. */
static bool read_some(struct room *room, size_t most)
{
	struct ws_frame f;
	ssize_t n;

	room->came = realloc(room->came, room->n_came + most);
	n = recv(room->far, room->came + room->n_came, most, MSG_DONTWAIT);
	if (n <= 0)
		return false;
	room->n_came += (size_t)n;
	while (ws_frame_decode(&f, room->came, room->n_came) == 0 && f.header + f.payload <= room->n_came) {
		take_frame(room, room->came[0], room->came + f.header, f.payload);
		room->n_came -= f.header + f.payload;
		memmove(room->came, room->came + f.header + f.payload, room->n_came);
	}
	return true;
}

/* Until all that is to be sent has come, so many bytes at a time. */
static void read_all(struct room *room, size_t most)
{
	bool more;

	do {
		fake_lws_turn(&room->lws, &room->viewer);
		more = read_some(room, most);
	} while (more || room->lws.n_kept || (room->lws.wants && !room->lws.closed));
}

static void assert_frame(const struct room *room, size_t i, enum frame_kind kind, uint64_t sequence,
			 size_t length)
{
	const struct message *m = &room->messages[i];
	size_t header;

	assert_true(i < room->n);
	assert_false(m->text);
	assert_false(m->cut);
	assert_int_equal(m->header.kind, kind);
	assert_int_equal(m->header.sequence, sequence);
	header = m->length - length;
	for (size_t j = 0; j < length; j++)
		assert_int_equal((uint8_t)m->bytes[header + j], (uint8_t)(j * 7 + sequence));
}

static void assert_text(const struct room *room, size_t i, const char *text)
{
	assert_true(i < room->n);
	assert_true(room->messages[i].text);
	assert_string_equal(room->messages[i].bytes, text);
}

/* Watches, and has read all that comes before the first keyframe. */
static void join(struct room *room)
{
	say(room, "watch home overview");
	read_all(room, 4096);
	forget_messages(room);
}

static void test_join(void **context)
{
	struct room *room = *context;

	say(room, "watch home overview");
	assert_int_equal(room->wanted, 1);
	read_all(room, 4096);
	assert_int_equal(room->n, 2);
	assert_text(room, 0, HELLO);
	assert_text(room, 1, "{\"waiting\":\"overview\",\"site\":\"home\"}");
	push(room->overview, FRAME_KEYFRAME, 5, 300);
	push(room->overview, FRAME_DELTA, 6, 10);
	read_all(room, 4096);
	push(room->overview, FRAME_DELTA, 7, 20);
	/* in step: it needs no keyframe */
	push(room->overview, FRAME_KEYFRAME, 7, 300);
	push(room->overview, FRAME_DELTA, 8, 0);
	read_all(room, 4096);
	assert_int_equal(room->n, 6);
	assert_frame(room, 2, FRAME_KEYFRAME, 5, 300);
	assert_frame(room, 3, FRAME_DELTA, 6, 10);
	assert_frame(room, 4, FRAME_DELTA, 7, 20);
	assert_frame(room, 5, FRAME_DELTA, 8, 0);
	/* it lost its place */
	forget_messages(room);
	say(room, "watch home overview");
	assert_int_equal(room->lost, 1);
	read_all(room, 4096);
	assert_int_equal(room->n, 2);
	assert_frame(room, 0, FRAME_KEYFRAME, 7, 300);
	assert_frame(room, 1, FRAME_DELTA, 8, 0);
	assert_int_equal(room->wanted, 1);
}

static void test_partial_writes(void **context)
{
	struct room *room = *context;
	size_t most = 1;

	push(room->overview, FRAME_KEYFRAME, 1, 200000);
	for (uint64_t i = 2; i < 30; i++)
		push(room->overview, FRAME_DELTA, i, 900 * (size_t)i);
	say(room, "watch home overview");
	for (;; most = most * 3 % 7919 + 1) {
		fake_lws_turn(&room->lws, &room->viewer);
		if (!read_some(room, most) && !room->lws.n_kept && !room->lws.wants)
			break;
	}
	assert_int_equal(room->n, 30);
	assert_text(room, 0, HELLO);
	assert_frame(room, 1, FRAME_KEYFRAME, 1, 200000);
	for (uint64_t i = 2; i < 30; i++)
		assert_frame(room, (size_t)i, FRAME_DELTA, i, 900 * (size_t)i);
	assert_true(room->set.stats.blocks > 0);
	/* the rest of one fragment, and no more; by TLS a record before it */
	assert_true(room->lws.most_kept < kept_most(room));
}

/* It stops reading between two messages' bytes, and finds the log two keyframes further. */
static void test_falls_behind(void **context)
{
	struct room *room = *context;
	size_t i = 0, cut;

	join(room);
	push(room->overview, FRAME_KEYFRAME, 1, 100);
	for (uint64_t s = 2; s < 60; s++)
		push(room->overview, FRAME_DELTA, s, 1000);
	push(room->overview, FRAME_KEYFRAME, 59, 5000);
	push(room->overview, FRAME_KEYFRAME, 59, 6000);
	push(room->overview, FRAME_KEYFRAME, 59, 7000);
	push(room->overview, FRAME_DELTA, 60, 50);
	read_all(room, 4096);
	/* what was on its way, to the end of a message or cut off there; then a keyframe */
	assert_frame(room, i++, FRAME_KEYFRAME, 1, 100);
	while (!room->messages[i].cut && room->messages[i].header.kind == FRAME_DELTA) {
		assert_frame(room, i, FRAME_DELTA, i + 1, 1000);
		i++;
	}
	cut = room->messages[i].cut;
	/* one that it was moved to before may have been the last but one: it holds the same state */
	assert_frame(room, i + cut, FRAME_KEYFRAME, 59, room->messages[i + cut].length > 7000 ? 7000 : 6000);
	assert_frame(room, i + cut + 1, FRAME_DELTA, 60, 50);
	assert_int_equal(room->n, i + cut + 2);
	assert_true(i < 59);
}

/* It stalls inside a large keyframe, while others come: the rest of that one is given up. */
static void test_stalls_in_a_keyframe(void **context)
{
	struct room *room = *context;
	struct topic_log_stats stats;

	join(room);
	for (uint64_t s = 1; s <= 20; s++) {
		push(room->overview, FRAME_KEYFRAME, s * 10, 300000);
		fake_lws_turn(&room->lws, &room->viewer);
	}
	assert_true(room->lws.most_kept < kept_most(room));
	read_all(room, 65536);
	assert_int_equal(room->n, 2);
	assert_true(room->messages[0].cut);
	assert_true(room->messages[0].length < 300000);
	assert_frame(room, 1, FRAME_KEYFRAME, 200, 300000);
	topic_log_stats(room->overview->log, &stats);
	assert_int_equal(stats.abandoned, 1);
	assert_int_equal(stats.jumps, 1);
	/* and then it follows */
	push(room->overview, FRAME_DELTA, 201, 10);
	read_all(room, 65536);
	assert_frame(room, 2, FRAME_DELTA, 201, 10);
}

static void test_two_topics(void **context)
{
	struct room *room = *context;
	size_t frames[2] = {};

	say(room, "watch home overview");
	say(room, "watch home connections");
	push(room->connections, FRAME_KEYFRAME, 1, 100000);
	push(room->overview, FRAME_KEYFRAME, 1, 100000);
	for (uint64_t s = 2; s < 20; s++) {
		push(room->connections, FRAME_DELTA, s, 2000);
		push(room->overview, FRAME_DELTA, s, 2000);
	}
	read_all(room, 700);
	for (size_t i = 0; i < room->n; i++) {
		const struct message *m = &room->messages[i];

		if (m->text)
			continue;
		assert_false(m->cut);
		/* each in its own order */
		assert_int_equal(m->header.sequence, ++frames[!strcmp(m->header.topic, "connections")]);
	}
	assert_int_equal(frames[0], 19);
	assert_int_equal(frames[1], 19);
}

static void test_unwatch_inside_a_message(void **context)
{
	struct room *room = *context;

	join(room);
	push(room->overview, FRAME_KEYFRAME, 1, 300000);
	say(room, "unwatch home overview");
	assert_int_equal(room->overview->n_watches, 0);
	push(room->connections, FRAME_KEYFRAME, 3, 100);
	say(room, "watch home connections");
	read_all(room, 65536);
	assert_int_equal(room->n, 2);
	assert_true(room->messages[0].cut);
	assert_frame(room, 1, FRAME_KEYFRAME, 3, 100);
}

static void test_unknown_topics(void **context)
{
	struct room *room = *context;

	join(room);
	push(room->overview, FRAME_KEYFRAME, 1, 300000);
	/* a message has been begun: the answers come after it */
	say(room, "watch home nothing");
	say(room, "watch elsewhere overview");
	say(room, "unwatch home nothing");
	read_all(room, 65536);
	assert_int_equal(room->n, 3);
	assert_frame(room, 0, FRAME_KEYFRAME, 1, 300000);
	assert_text(room, 1, "{\"unknown\":\"nothing\",\"site\":\"home\"}");
	assert_text(room, 2, "{\"unknown\":\"overview\",\"site\":\"elsewhere\"}");
	push(room->overview, FRAME_DELTA, 2, 10);
	read_all(room, 65536);
	assert_frame(room, 3, FRAME_DELTA, 2, 10);
	assert_false(room->lws.closed);
	/* who asks and does not read the answers holds little */
	push(room->overview, FRAME_KEYFRAME, 9, 300000);
	say(room, "watch home overview");
	for (int i = 0; i <= VIEWER_WATCHES_MAX; i++)
		say(room, "watch home nothing");
	read_all(room, 65536);
	assert_true(room->lws.closed);
	assert_int_equal(room->lws.code, VIEWER_CLOSE_RULE);
}

static void test_refused_topics(void **context)
{
	struct room *room = *context;

	join(room);
	push(room->overview, FRAME_KEYFRAME, 1, 10);
	read_all(room, 65536);
	room->refused = ROLE_PARTICIPANT;
	say(room, "watch home connections");
	push(room->connections, FRAME_KEYFRAME, 1, 10);
	read_all(room, 65536);
	assert_int_equal(room->n, 2);
	assert_text(
	    room, 1,
	    "{\"refused\":\"connections\",\"site\":\"home\",\"sentence\":\"This is not shown in your role.\"}");
	assert_int_equal(room->connections->n_watches, 0);
	/* what it has not, it may leave; what it watches already goes on, but is not begun anew */
	say(room, "unwatch home connections");
	push(room->overview, FRAME_DELTA, 2, 10);
	say(room, "watch home overview");
	read_all(room, 65536);
	assert_int_equal(room->n, 4);
	assert_frame(room, 2, FRAME_DELTA, 2, 10);
	assert_text(
	    room, 3,
	    "{\"refused\":\"overview\",\"site\":\"home\",\"sentence\":\"This is not shown in your role.\"}");
	assert_false(room->lws.closed);
	room->refused = ROLE_GUEST;
	say(room, "watch home connections");
	read_all(room, 65536);
	assert_int_equal(room->n, 5);
	assert_frame(room, 4, FRAME_KEYFRAME, 1, 10);
}

static void test_commands(void **context)
{
	struct room *room = *context;

	join(room);
	/* a message has been begun: the answers come after it, in their order */
	push(room->overview, FRAME_KEYFRAME, 1, 300000);
	say(room, "command home 7 name 12 Aino");
	say(room, "command home 8 dance");
	viewer_receive(&room->viewer, "command home 9 n", 16, false, false);
	viewer_receive(&room->viewer, "ame 12 x\xff", 9, false, true);
	read_all(room, 65536);
	push(room->overview, FRAME_DELTA, 2, 10);
	read_all(room, 65536);
	assert_int_equal(room->n, 5);
	assert_frame(room, 0, FRAME_KEYFRAME, 1, 300000);
	assert_text(room, 1, "home 7 0 12 Aino");
	assert_int_equal(strncmp(room->messages[2].bytes, "home 8 ", 7), 0);
	assert_int_equal(strncmp(room->messages[3].bytes, "home 9 ", 7), 0);
	assert_frame(room, 4, FRAME_DELTA, 2, 10);
	assert_false(room->lws.closed);
	viewer_end(&room->viewer);
	assert_int_equal(room->left, 1);
	/* nothing comes to one who has gone */
	viewer_answer(&room->viewer, "x", 1);
	assert_null(room->viewer.answers);
}

/* Who asks and does not read the answers holds little. */
static void test_commands_without_end(void **context)
{
	struct room *room = *context;
	char text[64];

	join(room);
	push(room->overview, FRAME_KEYFRAME, 1, 300000);
	for (int i = 1; i <= 64; i++) {
		snprintf(text, sizeof(text), "command home %d me", i);
		say(room, text);
	}
	assert_int_equal(room->viewer.close_code, 0);
	say(room, "command home 65 me");
	assert_int_equal(room->viewer.close_code, VIEWER_CLOSE_RULE);
	read_all(room, 65536);
	assert_true(room->lws.closed);
	assert_string_equal(room->lws.reason, "answers are not taken");
}

static void test_rules(void **context)
{
	static const char *const broken[] = {
	    "",
	    "watch",
	    "watch home",
	    "watch home overview x",
	    "read home overview",
	    "command",
	    "command ",
	    "command home",
	    "command home me",
	    "command home 0 me",
	    "command Home 1 me",
	};
	struct room *room = *context;

	for (size_t i = 0; i < ELEMENTS_OF(broken); i++) {
		struct viewer v = {};
		struct fake_lws lws;

		fake_lws_init(&lws, room->lws.fd);
		viewer_begin(&v, &room->set, fake_lws_wsi(&lws), &room->peer, &(struct address){},
			     ROLE_PARTICIPANT);
		viewer_receive(&v, broken[i], strlen(broken[i]), false, true);
		assert_int_equal(v.close_code, VIEWER_CLOSE_RULE);
		/* nothing more is listened to */
		viewer_receive(&v, "watch home overview", 19, false, true);
		assert_int_equal(v.n_watches, 0);
		viewer_end(&v);
		viewer_end(&v);
		fake_lws_done(&lws);
	}
	assert_int_equal(room->set.stats.broken_rules, ELEMENTS_OF(broken));
	/* a message in pieces is one all the same */
	viewer_receive(&room->viewer, "watch ho", 8, false, false);
	viewer_receive(&room->viewer, "me overview", 11, false, true);
	assert_int_equal(room->overview->n_watches, 1);
	/* within one second, or two */
	for (int i = 0; i < 4 * VIEWER_WATCHES_MAX + 2; i++)
		say(room, "watch home overview");
	read_all(room, 65536);
	assert_true(room->lws.closed);
	assert_string_equal(room->lws.reason, "too many messages");
}

/* A page that follows all sites turns to its connections, away and to them again, all in a second. */
static void test_every_site(void **context)
{
	static const char *const turns[] = {"watch", "watch", "unwatch", "watch"};
	struct room *room = *context;
	char text[64];

	for (size_t i = 0; i < SITES; i++)
		for (size_t t = 0; t < 2; t++) {
			snprintf(text, sizeof(text), "site%zu", i);
			assert_int_equal(relay_topic_new(&room->of_sites[i][t], text,
							 t ? "connections" : "overview", !t, 1 << 20),
					 0);
		}
	for (size_t n = 0; n < ELEMENTS_OF(turns); n++)
		for (size_t i = 0; i < SITES; i++) {
			snprintf(text, sizeof(text), "%s site%zu %s", turns[n], i,
				 n ? "connections" : "overview");
			say(room, text);
		}
	read_all(room, 65536);
	assert_false(room->lws.closed);
	assert_int_equal(room->viewer.n_watches, 2 * SITES);
	assert_int_equal(room->set.stats.broken_rules, 0);
	viewer_end(&room->viewer);
}

static void test_how_many(void **context)
{
	struct room *room = *context;
	struct fake_lws lws;
	struct viewer v = {};

	room->set.maximum_per_address = 1;
	fake_lws_init(&lws, room->lws.fd);
	viewer_begin(&v, &room->set, fake_lws_wsi(&lws), &room->peer, &(struct address){}, ROLE_PARTICIPANT);
	assert_int_equal(v.close_code, VIEWER_CLOSE_FULL);
	assert_int_equal(room->set.stats.refused, 1);
	viewer_end(&v);
	fake_lws_done(&lws);
}

static void test_silence(void **context)
{
	struct room *room = *context;
	uint32_t now = room->viewer.heard_s;

	viewer_check(&room->viewer, now + VIEWER_PING_S - 1);
	read_all(room, 4096);
	assert_int_equal(room->pings, 0);
	viewer_check(&room->viewer, now + VIEWER_PING_S);
	viewer_check(&room->viewer, now + VIEWER_PING_S + 1);
	read_all(room, 4096);
	assert_int_equal(room->pings, 1);
	viewer_heard(&room->viewer, now + VIEWER_PING_S + 2);
	viewer_check(&room->viewer, now + VIEWER_HANGUP_S);
	assert_false(room->lws.killed);
	viewer_check(&room->viewer, now + VIEWER_PING_S + 2 + VIEWER_HANGUP_S);
	assert_true(room->lws.killed);
	assert_int_equal(room->set.stats.hangups, 1);
	/* nothing is written any more */
	say(room, "watch home overview");
	assert_int_equal(room->overview->n_watches, 0);
}

/* What comes by a Unix socket is not counted; what nobody keeps up with lies there. */
static void test_talks_too_much(void **context)
{
	struct room *room = *context;
	const char nothing[4096] = {};

	viewer_check(&room->viewer, room->viewer.heard_s);
	assert_int_equal(room->viewer.close_code, 0);
	for (int i = 0; i < 17; i++)
		assert_int_equal(send(room->far, nothing, sizeof(nothing), MSG_DONTWAIT), sizeof(nothing));
	viewer_check(&room->viewer, room->viewer.heard_s);
	assert_int_equal(room->viewer.close_code, VIEWER_CLOSE_RULE);
	assert_int_equal(room->set.stats.broken_rules, 1);
}

static void test_the_other_end_is_gone(void **context)
{
	struct room *room = *context;

	say(room, "watch home overview");
	read_all(room, 4096);
	assert_int_equal(shutdown(room->far, SHUT_RDWR), 0);
	push(room->overview, FRAME_KEYFRAME, 1, 100);
	assert_true(room->lws.killed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_join, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_join, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_partial_writes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_partial_writes, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_falls_behind, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_falls_behind, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_stalls_in_a_keyframe, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_stalls_in_a_keyframe, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_two_topics, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_two_topics, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_unwatch_inside_a_message, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_unwatch_inside_a_message, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_unknown_topics, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_refused_topics, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_commands, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_commands, setup_tls, teardown),
	    cmocka_unit_test_setup_teardown(test_commands_without_end, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_rules, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_every_site, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_how_many, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_silence, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_talks_too_much, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_the_other_end_is_gone, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
