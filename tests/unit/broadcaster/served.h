/* SPDX-License-Identifier: MIT */
/* A server of the test's own at a free port of loopback, and clients that turn its loop while they wait. */
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "gate.h"
#include "server.h"
#include "sign_in.h"
#include "state_worker.h"
#include "util.h"

#define SERVED_MS 20000 /* however slow the machine */
#define SERVED_MOST 131072

struct served {
	struct ev_loop *loop;
	struct interfaces interfaces;
	struct home_networks homes;
	struct config_networks networks, proxies;
	struct config_list hosts;
	struct access_rules rules;
	struct gate gate;
	struct sign_in *sign_in;
	unsigned ended[GATE_ENDS + 1];
	struct http http;
	struct viewer_set viewers;
	struct server *server;
	int port;
	bool ill;
	unsigned refreshed;
	char answer[SERVED_MOST]; /* the last one */
	size_t length;
};

static inline struct relay_topic *served_topic(void *data, const char *site, const char *name)
{
	(void)data;
	(void)site;
	(void)name;
	return NULL;
}

static inline void served_wanted(void *data, struct relay_topic *topic)
{
	(void)data;
	(void)topic;
}

static inline bool served_allowed(void *data, enum role role, const struct relay_topic *topic)
{
	(void)data;
	(void)role;
	(void)topic;
	return true;
}

static inline void served_metrics(void *data, bool home, const enum role *role, FILE *out)
{
	(void)data;
	(void)role;
	fputs(home ? "connvis_test 1\n" : "connvis_test 0\n", out);
}

static inline bool served_health(void *data, FILE *out)
{
	fputs("{}", out);
	return !((struct served *)data)->ill;
}

static inline void served_refresh(void *data)
{
	((struct served *)data)->refreshed++;
}

static inline size_t served_hello(void *data, const struct viewer *v, char *buffer, size_t size)
{
	(void)data;
	(void)v;
	return (size_t)snprintf(buffer, size, "{}");
}

static inline void served_ended(void *data, const struct gate_pass *pass, enum gate_end why)
{
	struct served *s = data;

	s->ended[why]++;
	server_see_off(s->server, pass);
}

static const struct gate_listener served_gate = {served_ended};
static inline void served_sign_out_all(void *data)
{
	gate_end_all(&((struct served *)data)->gate, GATE_END_ALL);
}

static const struct http_listener served_http = {
    served_topic,  served_wanted,  served_allowed,	served_metrics,
    served_health, served_refresh, served_sign_out_all,
};
static const struct viewer_listener served_viewers = {
    .topic = served_topic,
    .wanted = served_wanted,
    .lost = served_wanted,
    .hello = served_hello,
};

static inline int served_listen(int *ret_port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, length), 0);
	assert_int_equal(listen(fd, 64), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &length), 0);
	*ret_port = ntohs(at.sin_port);
	return fd;
}

static inline void served_begin(struct served *s, size_t connections, size_t per_address)
{
	struct server_settings settings = {
	    .maximum_connections = connections,
	    .maximum_per_address = per_address,
	    .http = &s->http,
	    .viewers = &s->viewers,
	};

	*s = (struct served){};
	s->loop = settings.loop = ev_loop_new(EVFLAG_AUTO);
	assert_int_equal(home_networks_derive(&s->homes, &s->interfaces), 0); /* loopback */
	s->rules = (struct access_rules){&s->networks, &s->homes, &s->proxies, &s->hosts, "router", false};
	s->gate = (struct gate){.longest_ms = 3600000, .idle_ms = 3600000};
	gate_init(&s->gate, &served_gate, s);
	assert_int_equal(sign_in_new(&s->sign_in, s->loop, NULL), 0);
	s->http = (struct http){
	    .rules = &s->rules, .gate = &s->gate, .sign_in = s->sign_in, .listener = &served_http, .data = s};
	s->viewers = (struct viewer_set){
	    .listener = &served_viewers, .data = s, .maximum = 8, .maximum_per_address = 8};
	chain_init(&s->viewers.viewers);
	lws_set_log_level(LLL_ERR | LLL_WARN, NULL);
	assert_int_equal(state_worker_new(&s->http.states, s->loop, NULL), 0);
	settings.fd = served_listen(&s->port);
	assert_int_equal(server_new(&s->server, &settings), 0);
}

static inline void served_end(struct served *s)
{
	server_free(s->server);
	state_worker_free(s->http.states);
	sign_in_free(s->sign_in);
	gate_done(&s->gate);
	home_networks_done(&s->homes);
	ev_loop_destroy(s->loop);
}

static inline int served_connect(const struct served *s)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				 .sin_port = htons((uint16_t)s->port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* The bytes of a whole answer; 0: not yet. An upgrade and an answer to HEAD have headers alone. */
static inline size_t served_whole(const char *answer, bool head)
{
	const char *end = strstr(answer, "\r\n\r\n"), *length = strcasestr(answer, "content-length:");

	if (!end)
		return 0;
	end += 4;
	return (size_t)(end - answer) + (length && !head ? strtoul(length + 15, NULL, 10) : 0);
}

/* Its status; 0: the connection was closed without an answer. */
static inline int served_ask(struct served *s, int fd, const char *request)
{
	bool head = !strncmp(request, "HEAD", 4);
	size_t whole = 0;

	assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), strlen(request));
	s->length = 0;
	for (uint64_t end = clock_ms() + SERVED_MS; !whole || s->length < whole;) {
		ssize_t n;

		assert_true(clock_ms() < end);
		ev_run(s->loop, EVRUN_NOWAIT);
		n = recv(fd, s->answer + s->length, sizeof(s->answer) - 1 - s->length, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			break;
		if (n < 0) {
			usleep(1000);
			continue;
		}
		s->length += (size_t)n;
		s->answer[s->length] = '\0';
		whole = served_whole(s->answer, head);
	}
	s->answer[s->length] = '\0';
	return s->length > 12 ? (int)strtol(s->answer + 9, NULL, 10) : 0;
}

/* The same by a connection of its own. */
static inline int served_once(struct served *s, const char *request)
{
	int fd = served_connect(s), status;

	assert_true(fd >= 0);
	status = served_ask(s, fd, request);
	close(fd);
	/* that it has gone is seen */
	for (uint64_t end = clock_ms() + SERVED_MS;;) {
		struct server_stats stats;

		ev_run(s->loop, EVRUN_NOWAIT);
		server_stats(s->server, &stats);
		if (!stats.connections)
			return status;
		assert_true(clock_ms() < end);
		usleep(1000);
	}
}

#define SERVED_UPGRADE                                                                                       \
	"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
