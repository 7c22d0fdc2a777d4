/* SPDX-License-Identifier: MIT */
#include "raw.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "process.h"
#include "ws_frame.h"

#define CLIENTS_MAX 20000
#define FRAME_MAX (1 << 20)

static int clients[CLIENTS_MAX];
static size_t n_clients;

static void read_all(int fd, void *bytes, size_t n)
{
	uint8_t *p = bytes;

	while (n) {
		ssize_t r = read(fd, p, n);

		if (r <= 0)
			exit(0);
		p += r;
		n -= (size_t)r;
	}
}

static void send_all(int fd, const uint8_t *bytes, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent < 0 && errno == EAGAIN) {
			struct pollfd p = {.fd = fd, .events = POLLOUT};

			poll(&p, 1, -1);
			continue;
		}
		if (sent < 0)
			return;
		bytes += sent;
		n -= (size_t)sent;
	}
}

static void take_client(int listener, int epoll)
{
	static const char answer[] =
	    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
	struct epoll_event e = {.events = EPOLLIN};
	int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK), yes = 1, buffer = 128 * 1024;

	if (fd < 0 || n_clients == CLIENTS_MAX)
		return;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
	e.data.fd = fd;
	epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
	clients[n_clients++] = fd;
	send_all(fd, (const uint8_t *)answer, sizeof(answer) - 1);
}

static void fan_out(int input)
{
	static uint8_t frame[WS_FRAME_HEADER_MAX + FRAME_MAX];
	uint8_t header[WS_FRAME_HEADER_MAX];
	uint32_t length;
	size_t n;

	read_all(input, &length, sizeof(length));
	n = ws_frame_header_encode(header, true, WS_BINARY, length);
	memcpy(frame + WS_FRAME_HEADER_MAX - n, header, n);
	read_all(input, frame + WS_FRAME_HEADER_MAX, length);
	for (size_t i = 0; i < n_clients; i++)
		send_all(clients[i], frame + WS_FRAME_HEADER_MAX - n, n + length);
}

/* What clients say is read and thrown away. */
static void forget(int fd)
{
	uint8_t bytes[4096];
	ssize_t n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (n > 0 || (n < 0 && errno == EAGAIN))
		return;
	for (size_t i = 0; i < n_clients; i++)
		if (clients[i] == fd)
			clients[i] = clients[--n_clients];
	close(fd);
}

void raw_serve(int port, int input)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct epoll_event e = {.events = EPOLLIN}, events[64];
	int listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0), yes = 1;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(listener, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(listener, 512) < 0)
		die("cannot listen at port %d: %s", port, strerror(errno));
	e.data.fd = listener;
	epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
	e.data.fd = input;
	epoll_ctl(epoll, EPOLL_CTL_ADD, input, &e);
	for (;;) {
		int n = epoll_wait(epoll, events, 64, -1);

		for (int i = 0; i < n; i++) {
			if (events[i].data.fd == listener)
				take_client(listener, epoll);
			else if (events[i].data.fd == input)
				fan_out(input);
			else
				forget(events[i].data.fd);
		}
	}
}
