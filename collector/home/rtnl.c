/* SPDX-License-Identifier: MIT */
#include "rtnl.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "pppoe.h"
#include "util.h"

#define BUFFER_BYTES 32768	    /* the kernel fills no more at once */
#define READS_MAX 64		    /* reads before others get their turn */
#define SETTLE_US (100 * 1000ull)   /* changes of interfaces come in bursts */
#define ANSWER_US (10 * 1000000ull) /* for a dump; a kernel that says nothing is asked anew on a new socket */
#define BACKOFF_FIRST_US (250 * 1000ull)
#define BACKOFF_LAST_US (30 * 1000000ull)
#define RECEIVE_BUFFER (1024 * 1024)

/* What is dumped, in turn. */
static const uint16_t dumps[] = {RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETNETCONF, RTM_GETNEIGH};
enum {
	DUMP_NEIGHBOURS = 4,
	DUMP_NONE = 5,
};

struct rtnl {
	sd_event *event;
	struct rtnl_listener listener;
	void *data;
	struct mnl_socket *socket; /* NULL while it waits to be opened anew */
	sd_event_source *io;
	sd_event_source *settle;   /* when everything is read again */
	sd_event_source *patience; /* when a dump was to be there; without a socket: when it is opened */
	uint64_t backoff;	   /* us */
	unsigned dump;		   /* which one is under way */
	uint32_t sequence;	   /* of the request under way */
	bool again;		   /* begin anew when it ends */
	bool interrupted;
	bool lost; /* failed was told */
	struct interfaces known, coming;
	char buffer[BUFFER_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
};

static void set_timer(sd_event_source *timer, uint64_t us)
{
	sd_event_source_set_time_relative(timer, us);
	sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

static void close_socket(struct rtnl *r)
{
	r->io = sd_event_source_disable_unref(r->io);
	if (r->socket)
		mnl_socket_close(r->socket);
	r->socket = NULL;
	r->dump = DUMP_NONE;
}

static void fail(struct rtnl *r, int error)
{
	close_socket(r);
	sd_event_source_set_enabled(r->settle, SD_EVENT_OFF);
	set_timer(r->patience, r->backoff);
	r->backoff = r->backoff * 2 > BACKOFF_LAST_US ? BACKOFF_LAST_US : r->backoff * 2;
	if (r->lost)
		return;
	r->lost = true;
	r->listener.failed(r->data, error);
}

static int request(struct rtnl *r)
{
	char buffer[NLMSG_HDRLEN + 64] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	size_t fixed = sizeof(struct ifinfomsg);

	if (dumps[r->dump] == RTM_GETADDR)
		fixed = sizeof(struct ifaddrmsg);
	else if (dumps[r->dump] == RTM_GETROUTE || dumps[r->dump] == RTM_GETNEIGH)
		fixed = sizeof(struct rtmsg);
	nlh->nlmsg_type = dumps[r->dump];
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	nlh->nlmsg_seq = ++r->sequence;
	/* The kernel reads the family alone: 0 is any. */
	mnl_nlmsg_put_extra_header(nlh, fixed);
	if (mnl_socket_sendto(r->socket, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	set_timer(r->patience, ANSWER_US);
	return 0;
}

static void begin(struct rtnl *r)
{
	int e;

	r->dump = 0;
	r->again = r->interrupted = false;
	memset(&r->coming, 0, sizeof(r->coming));
	e = request(r);
	if (e < 0)
		fail(r, e);
}

void rtnl_refresh(struct rtnl *r)
{
	if (r->dump != DUMP_NONE)
		r->again = true;
	else if (r->socket)
		begin(r);
}

/* Once it is set, more changes do not put it off: where they never end it would never come. */
static void settle_soon(struct rtnl *r)
{
	int enabled;

	if (sd_event_source_get_enabled(r->settle, &enabled) >= 0 && enabled == SD_EVENT_OFF)
		set_timer(r->settle, SETTLE_US);
}

static int on_settle(sd_event_source *s, uint64_t usec, void *data)
{
	(void)s;
	(void)usec;
	rtnl_refresh(data);
	return 0;
}

static void end(struct rtnl *r)
{
	sd_event_source_set_enabled(r->patience, SD_EVENT_OFF);
	r->backoff = BACKOFF_FIRST_US;
	r->listener.neighbours_told(r->data);
	if (!r->lost)
		return;
	r->lost = false;
	r->listener.recovered(r->data);
}

static void end_dump(struct rtnl *r)
{
	int e;

	if (r->again || r->interrupted) {
		begin(r);
		return;
	}
	r->dump++;
	if (r->dump == DUMP_NEIGHBOURS) {
		pppoe_read(&r->coming);
		interfaces_settle(&r->coming, &r->known);
		r->known = r->coming;
		r->listener.interfaces(r->data, &r->known);
	}
	if (r->dump == DUMP_NONE) {
		end(r);
		return;
	}
	e = request(r);
	if (e < 0)
		fail(r, e);
}

static void take_message(struct rtnl *r, const struct nlmsghdr *nlh)
{
	bool of_dump = r->dump != DUMP_NONE && nlh->nlmsg_seq == r->sequence && nlh->nlmsg_pid;
	struct rtnl_message m;

	if (of_dump && nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		r->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_DONE || nlh->nlmsg_type == NLMSG_ERROR) {
		/* A kernel without one of the families refuses its dump: what is not there is empty. */
		if (of_dump)
			end_dump(r);
		return;
	}
	if (rtnl_message_parse(&m, nlh) < 0)
		return;
	if (m.kind == RTNL_NEIGHBOUR)
		r->listener.neighbour(r->data, &m);
	else if (m.kind != RTNL_OTHER && of_dump)
		interfaces_take(&r->coming, &m);
	else if (m.kind != RTNL_OTHER)
		settle_soon(r);
}

static void take_buffer(struct rtnl *r, size_t length)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)r->buffer;
	int left = (int)length;

	for (; r->socket && mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left))
		take_message(r, nlh);
}

/* True when there may be more. */
static bool receive(struct rtnl *r, int fd)
{
	struct sockaddr_nl from = {};
	socklen_t size = sizeof(from);
	/* Not libmnl's: it does not say who sent it, and only the kernel (port 0) is believed. */
	ssize_t n = recvfrom(fd, r->buffer, sizeof(r->buffer), MSG_DONTWAIT, (struct sockaddr *)&from, &size);

	if (n < 0 && errno == ENOBUFS) {
		/* Messages were lost: whatever they said, a dump says it as well. */
		rtnl_refresh(r);
		return true;
	}
	if (n < 0 && errno == EINTR)
		return true;
	if (n < 0 && errno != EAGAIN)
		fail(r, -errno);
	if (n <= 0)
		return false;
	if (from.nl_pid == 0)
		take_buffer(r, (size_t)n);
	return r->socket;
}

static int on_readable(sd_event_source *s, int fd, uint32_t events, void *data)
{
	struct rtnl *r = data;

	(void)s;
	(void)events;
	for (unsigned i = 0; i < READS_MAX && receive(r, fd); i++)
		;
	if (r->socket)
		r->listener.settled(r->data);
	return 0;
}

static int open_socket(struct rtnl *r)
{
	const unsigned groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
				RTMGRP_IPV6_ROUTE | RTMGRP_NEIGH | 1u << (RTNLGRP_IPV4_NETCONF - 1) |
				1u << (RTNLGRP_IPV6_NETCONF - 1);
	int size = RECEIVE_BUFFER, fd;

	r->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (!r->socket)
		return -errno;
	fd = mnl_socket_get_fd(r->socket);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (mnl_socket_bind(r->socket, groups, MNL_SOCKET_AUTOPID) < 0)
		return -errno;
	return sd_event_add_io(r->event, &r->io, fd, EPOLLIN, on_readable, r);
}

static void start(struct rtnl *r)
{
	int e = open_socket(r);

	if (e < 0)
		fail(r, e);
	else
		begin(r);
}

static int on_patience(sd_event_source *s, uint64_t usec, void *data)
{
	struct rtnl *r = data;

	(void)s;
	(void)usec;
	if (r->socket)
		fail(r, -ETIMEDOUT);
	else
		start(r);
	return 0;
}

int rtnl_new(struct rtnl **ret, sd_event *event, const struct rtnl_listener *listener, void *data)
{
	struct rtnl *r = calloc(1, sizeof(*r));
	int e;

	if (!r)
		return -ENOMEM;
	r->event = event;
	r->listener = *listener;
	r->data = data;
	r->dump = DUMP_NONE;
	r->backoff = BACKOFF_FIRST_US;
	e = sd_event_add_time_relative(event, &r->settle, CLOCK_MONOTONIC, 0, 0, on_settle, r);
	if (e >= 0)
		e = sd_event_source_set_enabled(r->settle, SD_EVENT_OFF);
	if (e >= 0)
		e = sd_event_add_time_relative(event, &r->patience, CLOCK_MONOTONIC, 0, 0, on_patience, r);
	if (e >= 0)
		e = sd_event_source_set_enabled(r->patience, SD_EVENT_OFF);
	if (e < 0) {
		rtnl_free(r);
		return e;
	}
	*ret = r;
	start(r);
	return 0;
}

struct rtnl *rtnl_free(struct rtnl *r)
{
	if (!r)
		return NULL;
	close_socket(r);
	sd_event_source_disable_unref(r->settle);
	sd_event_source_disable_unref(r->patience);
	free(r);
	return NULL;
}

const struct interfaces *rtnl_interfaces(const struct rtnl *r)
{
	return &r->known;
}
