/* SPDX-License-Identifier: MIT */
#include "flow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "lookup.h"
#include "server.h"

#define DNS_PORT 53
#define ANSWER_MAX 1232
#define PATIENCE 10000	  /* ms for a connection to open, or for an answer to go on */
#define START_SPREAD 1500 /* ms over which the flows begin */

enum state {
	WAITING,    /* no connection, until due */
	ASKING,	    /* the DNS server, given up when due */
	CONNECTING, /* given up when due */
	TALKING,    /* in an exchange, given up when due */
	RESTING,    /* between two exchanges, until due */
};

struct client {
	struct watch watch;
	struct flows *flows;
	const struct plan_flow *plan;
	enum state state;
	uint64_t due;			  /* ms */
	const struct plan_target *target; /* of this connection */
	uint16_t question;
	const struct plan_target *known; /* whom the answer is about, until it is too old */
	struct lookup_answer answer;
	uint64_t known_until; /* ms */
	uint32_t exchange;    /* of this connection so far */
	struct request request;
	uint32_t header; /* bytes of the request still to send */
	uint32_t up;	 /* bytes still to send after it */
	uint32_t down;	 /* bytes still to come */
};

struct flows {
	struct network *network;
	const struct plan *plan;
	const struct flow_addresses *addresses;
	uint64_t now;
	struct client clients[PLAN_FLOWS_MAX];
};

/* A quarter more or less, so that the lab does not tick like a clock. */
static uint32_t vary(uint32_t ms)
{
	return ms < 1000 ? ms : ms - ms / 4 + (uint32_t)random() % (ms / 2);
}

static void client_close(struct client *c)
{
	network_unwatch(c->flows->network, &c->watch);
	c->state = WAITING;
	c->due = c->flows->now + vary(c->plan->pause);
}

static void client_rest(struct client *c)
{
	c->exchange++;
	if (!c->plan->udp && c->exchange == c->plan->exchanges) {
		client_close(c);
		return;
	}
	c->state = RESTING;
	c->due = c->flows->now + vary(c->plan->every);
}

/* Sends at most limit bytes of the exchange. 0 or -errno. */
static int client_send(struct client *c, uint64_t limit)
{
	while (c->header) {
		const uint8_t *rest = (const uint8_t *)&c->request + sizeof(c->request) - c->header;
		ssize_t n = send(c->watch.fd, rest, c->header, MSG_NOSIGNAL);

		if (n < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -errno;
		c->header -= (uint32_t)n;
	}
	while (c->up && limit) {
		uint64_t size = c->up < limit ? c->up : limit;
		ssize_t n =
		    send(c->watch.fd, server_filler, size < FILLER_SIZE ? size : FILLER_SIZE, MSG_NOSIGNAL);

		if (n < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -errno;
		c->up -= (uint32_t)n;
		limit -= (uint64_t)n;
		c->due = c->flows->now + PATIENCE;
	}
	return 0;
}

static void client_send_datagram(struct client *c)
{
	uint8_t buffer[DATAGRAM_MAX] = {};
	size_t size = c->plan->up > DATAGRAM_MAX ? DATAGRAM_MAX : c->plan->up;

	memcpy(buffer, &c->request, sizeof(c->request));
	if (size < sizeof(c->request))
		size = sizeof(c->request);
	/* a lost datagram is what UDP is like */
	(void)!send(c->watch.fd, buffer, size, MSG_NOSIGNAL);
	client_rest(c);
}

static void client_talk(struct client *c)
{
	const struct plan_flow *p = c->plan;

	if (p->exchanges && c->exchange == p->exchanges) {
		client_close(c);
		return;
	}
	c->request = (struct request){.magic = REQUEST_MAGIC, .down = p->down, .rate = p->rate};
	if (p->udp) {
		client_send_datagram(c);
		return;
	}
	c->request.up = p->up;
	c->header = sizeof(c->request);
	c->up = p->up;
	c->down = p->down;
	c->state = TALKING;
	c->due = c->flows->now + PATIENCE;
	if (client_send(c, p->rate ? 0 : UINT64_MAX) < 0)
		client_close(c);
}

static void client_receive(struct client *c)
{
	for (;;) {
		/* MSG_TRUNC: TCP drops the bytes without copying them (tcp(7)), a datagram's rest is dropped
		 * too */
		uint8_t byte;
		ssize_t n = recv(c->watch.fd, c->plan->udp ? &byte : NULL,
				 c->plan->udp ? sizeof(byte) : FILLER_SIZE, MSG_TRUNC);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n < 0 || (n == 0 && !c->plan->udp)) {
			client_close(c);
			return;
		}
		if (c->plan->udp)
			continue;
		c->down = c->down > (size_t)n ? c->down - (uint32_t)n : 0;
		c->due = c->flows->now + PATIENCE;
		if (c->down == 0 && c->up == 0 && c->state == TALKING) {
			client_rest(c);
			return;
		}
	}
}

/* An address of the connection's target: the host's, or one that the DNS server has told. */
static union network_address client_address(const struct client *c)
{
	const struct plan_flow *p = c->plan;
	const struct plan_host *host = &c->flows->plan->hosts[c->target->host];
	const uint8_t *told;
	struct in6_addr ipv6;
	struct in_addr ipv4;

	if (!c->target->is_domain)
		return p->ipv6 ? network_ipv6(host->ipv6, p->port) : network_ipv4(host->ipv4, p->port);
	told = c->answer.addresses[(size_t)random() % c->answer.n];
	memcpy(&ipv4, told, sizeof(ipv4));
	memcpy(&ipv6, told, sizeof(ipv6));
	return p->ipv6 ? network_ipv6(ipv6, p->port) : network_ipv4(ipv4, p->port);
}

/* Where a flow's socket lives, whom it calls, and from where where that must be said. */
static int client_open(struct client *c)
{
	const struct plan_flow *p = c->plan;
	union network_address to = client_address(c);
	int r;

	c->watch.fd = network_socket(c->flows->network, p->inbound ? "world" : p->device,
				     p->ipv6 ? AF_INET6 : AF_INET, p->udp ? SOCK_DGRAM : SOCK_STREAM);
	if (c->watch.fd < 0)
		return c->watch.fd;
	if (p->inbound) {
		union network_address from = network_ipv4(c->flows->plan->hosts[c->target->host].ipv4, 0);

		if (bind(c->watch.fd, &from.any, network_address_size(&from)) < 0)
			return -errno;
		to = network_ipv4(c->flows->addresses->outside, p->port);
	}
	r = connect(c->watch.fd, &to.any, network_address_size(&to));
	if (r < 0 && errno != EINPROGRESS)
		return -errno;
	/* edges: a socket that stays writable, as most do, must not keep the loop busy */
	return network_watch(c->flows->network, &c->watch, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
}

static void client_connect(struct client *c)
{
	c->exchange = 0;
	c->state = CONNECTING;
	c->due = c->flows->now + PATIENCE;
	if (client_open(c) < 0)
		client_close(c);
}

/* Asks for the addresses of the family that is wanted; before that, as browsers and phones do, for those of
 * the other family and the HTTPS record, whose answers are dropped. */
static int client_ask(struct client *c)
{
	const struct plan_flow *p = c->plan;
	const struct flow_addresses *a = c->flows->addresses;
	const enum lookup_type types[] = {LOOKUP_HTTPS, p->ipv6 ? LOOKUP_A : LOOKUP_AAAA,
					  p->ipv6 ? LOOKUP_AAAA : LOOKUP_A};
	union network_address to =
	    p->ipv6 ? network_ipv6(a->dns_ipv6, DNS_PORT) : network_ipv4(a->dns_ipv4, DNS_PORT);
	uint8_t question[LOOKUP_QUESTION_MAX];

	c->known = NULL;
	c->watch.fd = network_socket(c->flows->network, p->device, p->ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM);
	if (c->watch.fd < 0)
		return c->watch.fd;
	if (connect(c->watch.fd, &to.any, network_address_size(&to)) < 0)
		return -errno;
	for (size_t i = p->port == 443 ? 0 : 2; i < sizeof(types) / sizeof(types[0]); i++) {
		int size = lookup_ask(question, ++c->question, c->target->domain, types[i]);

		if (size < 0)
			return size;
		(void)!send(c->watch.fd, question, (size_t)size, MSG_NOSIGNAL);
	}
	c->state = ASKING;
	c->due = c->flows->now + PATIENCE;
	return network_watch(c->flows->network, &c->watch, EPOLLIN);
}

/* A name without an address, and one that is blocked, is tried again after the pause. */
static void client_answer(struct client *c)
{
	static const uint8_t nowhere[16];
	const size_t size = c->plan->ipv6 ? 16 : 4;
	uint8_t bytes[ANSWER_MAX];
	ssize_t n = recv(c->watch.fd, bytes, sizeof(bytes), 0);
	int r;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	r = n < 0 ? -errno
		  : lookup_read(&c->answer, bytes, (size_t)n, c->question,
				c->plan->ipv6 ? LOOKUP_AAAA : LOOKUP_A);
	if (r == -EAGAIN)
		return;
	if (r < 0 || c->answer.n == 0 || memcmp(c->answer.addresses[0], nowhere, size) == 0) {
		client_close(c);
		return;
	}
	network_unwatch(c->flows->network, &c->watch);
	c->known = c->target;
	c->known_until = c->flows->now + c->answer.ttl * 1000ull;
	client_connect(c);
}

static void client_ready(struct watch *w, uint32_t events)
{
	struct client *c = (struct client *)w;

	if (c->state == ASKING)
		client_answer(c);
	else if (c->state == CONNECTING && (events & EPOLLOUT) && !(events & (EPOLLERR | EPOLLHUP)))
		client_talk(c);
	else if (c->state == CONNECTING)
		client_close(c);
	else if (events & (EPOLLIN | EPOLLERR | EPOLLHUP | EPOLLRDHUP))
		client_receive(c);
}

static void client_begin(struct client *c)
{
	c->target = &c->plan->targets[(size_t)random() % c->plan->n_targets];
	if (!c->target->is_domain || (c->known == c->target && c->flows->now < c->known_until))
		client_connect(c);
	else if (client_ask(c) < 0)
		client_close(c);
}

int flows_new(struct flows **ret, struct network *n, const struct plan *plan,
	      const struct flow_addresses *addresses)
{
	struct flows *f = calloc(1, sizeof(*f));

	if (!f)
		return -ENOMEM;
	f->network = n;
	f->plan = plan;
	f->addresses = addresses;
	for (size_t i = 0; i < plan->n_flows; i++) {
		f->clients[i].watch = (struct watch){.fd = -1, .ready = client_ready};
		f->clients[i].flows = f;
		f->clients[i].plan = &plan->flows[i];
		f->clients[i].question = (uint16_t)random();
	}
	*ret = f;
	return 0;
}

struct flows *flows_free(struct flows *f)
{
	if (!f)
		return NULL;
	for (size_t i = 0; i < f->plan->n_flows; i++)
		network_unwatch(f->network, &f->clients[i].watch);
	free(f);
	return NULL;
}

void flows_tick(struct flows *f, uint64_t now, uint32_t elapsed)
{
	uint64_t before = f->now;

	f->now = now;
	for (size_t i = 0; i < f->plan->n_flows; i++) {
		struct client *c = &f->clients[i];
		uint64_t limit = (uint64_t)c->plan->rate * elapsed / 1000;

		if (!before)
			c->due = now + (uint64_t)random() % START_SPREAD;
		if (c->state == TALKING && c->up && client_send(c, c->plan->rate ? limit : UINT64_MAX) < 0)
			client_close(c);
		if (now < c->due)
			continue;
		if (c->state == WAITING)
			client_begin(c);
		else if (c->state == RESTING)
			client_talk(c);
		else
			client_close(c);
	}
}
