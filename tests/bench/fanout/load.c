/* SPDX-License-Identifier: MIT */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "process.h"

#define LATENCY_MAX_US 2000000u
#define STAMP_OFFSET 60 /* of the sending time in a message: behind its frame header and the names */

struct client {
	int fd;
	uint8_t head[10]; /* of the WebSocket frame */
	size_t n_head;
	uint64_t left;	  /* of its payload */
	uint64_t message; /* bytes of the message so far */
	bool final, text;
	uint64_t stamp;
};

struct load {
	int epoll;
	size_t n, message;
	struct client *clients;
	uint64_t messages;
	uint32_t *latencies; /* how many messages took so many microseconds */
};

static void send_text(int fd, const char *text)
{
	uint8_t frame[128] = {0x81, (uint8_t)(0x80 | strlen(text))}; /* the mask is 0 */

	memcpy(frame + 6, text, strlen(text));
	if (send(fd, frame, 6 + strlen(text), MSG_NOSIGNAL) < 0)
		die("a viewer was cut off");
}

static int join(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	char text[2048];
	size_t n = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		die("cannot connect: %s", strerror(errno));
	n = (size_t)snprintf(
	    text, sizeof(text),
	    "GET /feed HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
	    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
	    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: connvis.v1\r\n\r\n",
	    port, port);
	if (send(fd, text, n, MSG_NOSIGNAL) != (ssize_t)n)
		die("cannot send");
	/* byte by byte, so that nothing of what follows is lost */
	for (n = 0; n < 4 || memcmp(text + n - 4, "\r\n\r\n", 4) != 0; n++)
		if (n == sizeof(text) || recv(fd, text + n, 1, 0) != 1)
			die("the server does not upgrade");
	if (strncmp(text, "HTTP/1.1 101", 12) != 0)
		die("the server refuses: %.40s", text);
	send_text(fd, "watch home overview");
	return fd;
}

struct load *load_new(int port, size_t n, size_t message)
{
	struct load *load = calloc(1, sizeof(*load));

	load->n = n;
	load->message = message;
	load->clients = calloc(n, sizeof(struct client));
	load->latencies = calloc(LATENCY_MAX_US + 1, sizeof(uint32_t));
	load->epoll = epoll_create1(0);
	for (size_t i = 0; i < n; i++) {
		struct epoll_event e = {.events = EPOLLIN, .data.ptr = &load->clients[i]};

		load->clients[i].fd = join(port);
		epoll_ctl(load->epoll, EPOLL_CTL_ADD, load->clients[i].fd, &e);
	}
	return load;
}

void load_free(struct load *load)
{
	for (size_t i = 0; i < load->n; i++)
		close(load->clients[i].fd);
	close(load->epoll);
	free(load->clients);
	free(load->latencies);
	free(load);
}

static void end_message(struct load *load, struct client *c, uint64_t now)
{
	uint64_t us = (now - c->stamp) / 1000;

	if (!c->text && c->message == load->message) {
		load->messages++;
		load->latencies[us < LATENCY_MAX_US ? us : LATENCY_MAX_US]++;
	}
	c->message = 0;
}

/* How many bytes the header has, as far as is known. */
static size_t head_length(const struct client *c)
{
	if (c->n_head < 2)
		return 2;
	return (c->head[1] & 0x7f) == 126 ? 4 : (c->head[1] & 0x7f) == 127 ? 10 : 2;
}

static void begin_frame(struct client *c)
{
	size_t n = head_length(c);

	c->left = c->head[1] & 0x7f;
	if (n > 2)
		c->left = 0;
	for (size_t i = 2; i < n; i++)
		c->left = c->left << 8 | c->head[i];
	c->final = c->head[0] & 0x80;
	if (c->head[0] & 0x0f)
		c->text = (c->head[0] & 0x0f) != 2;
}

static void take(struct load *load, struct client *c, const uint8_t *p, size_t n, uint64_t now)
{
	while (n) {
		size_t m;

		if (c->n_head < head_length(c)) {
			c->head[c->n_head++] = *p++;
			n--;
			if (c->n_head < head_length(c))
				continue;
			begin_frame(c);
		}
		m = n < c->left ? n : (size_t)c->left;
		/* a stamp that is cut in two counts as that of the message before: they are rare */
		if (c->message <= STAMP_OFFSET && c->message + m >= STAMP_OFFSET + 8)
			memcpy(&c->stamp, p + (STAMP_OFFSET - c->message), 8);
		p += m;
		n -= m;
		c->left -= m;
		c->message += m;
		if (c->left)
			continue;
		c->n_head = 0;
		if (c->final)
			end_message(load, c, now);
	}
}

void load_read(struct load *load, int wait_ms)
{
	static uint8_t bytes[256 * 1024];
	struct epoll_event events[256];
	int n = epoll_wait(load->epoll, events, 256, wait_ms);

	for (int i = 0; i < n; i++) {
		struct client *c = events[i].data.ptr;
		ssize_t got = recv(c->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

		if (got == 0)
			die("a viewer was cut off");
		if (got > 0)
			take(load, c, bytes, (size_t)got, now_ns());
	}
}

uint64_t load_messages(const struct load *load)
{
	return load->messages;
}

void load_reset(struct load *load)
{
	load->messages = 0;
	memset(load->latencies, 0, (LATENCY_MAX_US + 1) * sizeof(uint32_t));
}

uint32_t load_latency_us(const struct load *load, double share)
{
	uint64_t wanted = (uint64_t)((double)load->messages * share), n = 0;

	for (uint32_t us = 0; us <= LATENCY_MAX_US; us++) {
		n += load->latencies[us];
		if (n > wanted)
			return us;
	}
	return 0;
}
