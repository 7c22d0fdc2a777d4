/* SPDX-License-Identifier: MIT */
#include "server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define PORTS_MAX 64
#define CONNECTIONS_MAX 1024
#define REPLY_DATAGRAMS_MAX 40

const uint8_t server_filler[FILLER_SIZE];

struct port {
	struct watch watch;
	struct server *server;
	char member[32];
	uint16_t port;
	bool udp;
};

struct connection {
	struct watch watch;
	struct server *server;
	struct connection *next, **link;
	struct request request;
	uint32_t have;	  /* bytes of the request so far */
	uint32_t swallow; /* bytes of the client still to come */
	uint32_t left;	  /* bytes still to send */
};

struct server {
	struct network *network;
	struct port ports[PORTS_MAX];
	size_t n_ports;
	struct connection *connections;
	size_t n_connections;
};

int server_new(struct server **ret, struct network *n)
{
	struct server *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	s->network = n;
	*ret = s;
	return 0;
}

static void connection_free(struct connection *c)
{
	network_unwatch(c->server->network, &c->watch);
	c->server->n_connections--;
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	free(c);
}

struct server *server_free(struct server *s)
{
	if (!s)
		return NULL;
	while (s->connections)
		connection_free(s->connections);
	for (size_t i = 0; i < s->n_ports; i++)
		network_unwatch(s->network, &s->ports[i].watch);
	free(s);
	return NULL;
}

/* Reads one request and what follows it. 1 to go on, 0 when nothing is there, or -errno. */
static int connection_read(struct connection *c)
{
	ssize_t n;

	if (c->swallow) {
		/* MSG_TRUNC: TCP drops the bytes without copying them (tcp(7)) */
		n = recv(c->watch.fd, NULL, c->swallow, MSG_TRUNC);
		if (n > 0)
			c->swallow -= (uint32_t)n;
	} else {
		n = recv(c->watch.fd, (uint8_t *)&c->request + c->have, sizeof(c->request) - c->have, 0);
		if (n > 0)
			c->have += (uint32_t)n;
	}
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	if (n == 0)
		return -EPIPE;
	if (c->have == sizeof(c->request) && !c->swallow && c->request.up) {
		c->swallow = c->request.up;
		c->request.up = 0;
	}
	if (c->have == sizeof(c->request) && !c->swallow) {
		c->have = 0;
		c->left = c->request.down;
		return c->request.magic == REQUEST_MAGIC ? 1 : -EBADMSG;
	}
	return 1;
}

/* Sends at most limit bytes of what is owed. 0 or -errno. */
static int connection_send(struct connection *c, uint32_t limit)
{
	while (c->left && limit) {
		uint32_t size = c->left < limit ? c->left : limit;
		ssize_t n;

		if (size > FILLER_SIZE)
			size = FILLER_SIZE;
		n = send(c->watch.fd, server_filler, size, MSG_NOSIGNAL);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -errno;
		c->left -= (uint32_t)n;
		limit -= (uint32_t)n;
	}
	return 0;
}

static void connection_ready(struct watch *w, uint32_t events)
{
	struct connection *c = (struct connection *)w;
	int r;

	(void)events;
	do {
		r = connection_read(c);
		if (r >= 0 && c->left && !c->request.rate && connection_send(c, UINT32_MAX) < 0)
			r = -EPIPE;
	} while (r > 0);
	if (r < 0)
		connection_free(c);
}

static void port_accept(struct watch *w, uint32_t events)
{
	struct port *p = (struct port *)w;
	struct server *s = p->server;
	struct connection *c;
	int fd = accept4(w->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)events;
	if (fd < 0)
		return;
	c = s->n_connections < CONNECTIONS_MAX ? calloc(1, sizeof(*c)) : NULL;
	if (!c) {
		close(fd);
		return;
	}
	c->watch.fd = fd;
	c->watch.ready = connection_ready;
	c->server = s;
	c->next = s->connections;
	c->link = &s->connections;
	if (c->next)
		c->next->link = &c->next;
	s->connections = c;
	s->n_connections++;
	if (network_watch(s->network, &c->watch, EPOLLIN) < 0)
		connection_free(c);
}

/* Answers a datagram from the address that it was sent to (IPV6_PKTINFO, ipv6(7)). */
static void port_datagram(struct watch *w, uint32_t events)
{
	uint8_t buffer[DATAGRAM_MAX], control[128];
	union network_address from;
	struct iovec iov = {.iov_base = buffer, .iov_len = sizeof(buffer)};
	struct msghdr m = {.msg_name = &from,
			   .msg_namelen = sizeof(from),
			   .msg_iov = &iov,
			   .msg_iovlen = 1,
			   .msg_control = control,
			   .msg_controllen = sizeof(control)};
	struct request request;
	struct cmsghdr *c;
	ssize_t n = recvmsg(w->fd, &m, 0);

	(void)events;
	if (n < (ssize_t)sizeof(request))
		return;
	memcpy(&request, buffer, sizeof(request));
	if (request.magic != REQUEST_MAGIC)
		return;
	/* the kernel takes back its own control message as the source to send from, on any interface */
	for (c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c))
		if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO)
			((struct in6_pktinfo *)CMSG_DATA(c))->ipi6_ifindex = 0;
	for (int i = 0; i < REPLY_DATAGRAMS_MAX && request.down; i++) {
		iov.iov_base = (void *)server_filler;
		iov.iov_len = request.down < DATAGRAM_MAX ? request.down : DATAGRAM_MAX;
		request.down -= (uint32_t)iov.iov_len;
		m.msg_flags = 0;
		if (sendmsg(w->fd, &m, MSG_NOSIGNAL) < 0)
			return;
	}
}

static int port_open(struct port *p)
{
	union network_address any = network_ipv6(in6addr_any, p->port);
	int on = 1, off = 0;

	p->watch.fd =
	    network_socket(p->server->network, p->member, AF_INET6, p->udp ? SOCK_DGRAM : SOCK_STREAM);
	if (p->watch.fd < 0)
		return p->watch.fd;
	p->watch.ready = p->udp ? port_datagram : port_accept;
	if (setsockopt(p->watch.fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
	    setsockopt(p->watch.fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off)) < 0 ||
	    (p->udp && setsockopt(p->watch.fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof(on)) < 0) ||
	    bind(p->watch.fd, &any.any, sizeof(any.ipv6)) < 0 || (!p->udp && listen(p->watch.fd, 64) < 0))
		return -errno;
	return network_watch(p->server->network, &p->watch, EPOLLIN);
}

int server_listen(struct server *s, const char *member, uint16_t port, bool udp)
{
	struct port *p;
	int r;

	for (size_t i = 0; i < s->n_ports; i++)
		if (s->ports[i].port == port && s->ports[i].udp == udp &&
		    strcmp(s->ports[i].member, member) == 0)
			return 0;
	if (s->n_ports == PORTS_MAX || strlen(member) >= sizeof(p->member))
		return -E2BIG;
	p = &s->ports[s->n_ports];
	p->server = s;
	p->port = port;
	p->udp = udp;
	strcpy(p->member, member);
	r = port_open(p);
	if (r < 0) {
		network_unwatch(s->network, &p->watch);
		return r;
	}
	s->n_ports++;
	return 0;
}

void server_tick(struct server *s, uint32_t elapsed)
{
	struct connection *next;

	for (struct connection *c = s->connections; c; c = next) {
		uint64_t limit = (uint64_t)c->request.rate * elapsed / 1000;

		next = c->next;
		if (!c->request.rate || limit > UINT32_MAX)
			limit = UINT32_MAX;
		if (c->left && connection_send(c, (uint32_t)limit) < 0)
			connection_free(c);
	}
}
