/* SPDX-License-Identifier: MIT */
#include "rtnl.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "util.h"

#define BUFFER_BYTES 32768	  /* the kernel fills no more at once */
#define READS_MAX 64		  /* reads before others get their turn */
#define SETTLE_US (100 * 1000ull) /* changes of interfaces come in bursts */
#define RECEIVE_BUFFER (1024 * 1024)

/* What is dumped, in turn. */
static const uint16_t dumps[] = {RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETNEIGH};
enum {
	DUMP_NEIGHBOURS = 3,
	DUMP_NONE = 4,
};

struct rtnl {
	struct rtnl_listener listener;
	void *data;
	sd_event_source *io, *timer;
	int fd;
	unsigned dump;	   /* which one is under way */
	uint32_t sequence; /* of the request under way */
	bool again;	   /* begin anew when it ends */
	bool interrupted;
	struct interfaces known, coming;
	char buffer[BUFFER_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
};

static int request(struct rtnl *r)
{
	struct {
		struct nlmsghdr header;
		struct rtmsg fixed; /* as large as any of them needs: the kernel reads the family */
		char more[8];
	} message = {
	    .header =
		{
		    .nlmsg_type = dumps[r->dump],
		    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
		    .nlmsg_seq = ++r->sequence,
		},
	};
	size_t fixed = sizeof(struct ifinfomsg);

	if (dumps[r->dump] == RTM_GETADDR)
		fixed = sizeof(struct ifaddrmsg);
	else if (dumps[r->dump] == RTM_GETROUTE || dumps[r->dump] == RTM_GETNEIGH)
		fixed = sizeof(struct rtmsg);
	message.header.nlmsg_len = (uint32_t)NLMSG_LENGTH(fixed);
	if (send(r->fd, &message, message.header.nlmsg_len, 0) < 0)
		return -errno;
	return 0;
}

static void fail(struct rtnl *r, int error)
{
	r->io = sd_event_source_disable_unref(r->io);
	r->timer = sd_event_source_disable_unref(r->timer);
	r->listener.failed(r->data, error);
}

static void begin(struct rtnl *r)
{
	int e;

	r->dump = 0;
	r->again = r->interrupted = false;
	r->coming = (struct interfaces){};
	e = request(r);
	if (e < 0)
		fail(r, e);
}

void rtnl_refresh(struct rtnl *r)
{
	if (r->dump == DUMP_NONE)
		begin(r);
	else
		r->again = true;
}

static int on_timer(sd_event_source *s, uint64_t usec, void *data)
{
	(void)s;
	(void)usec;
	rtnl_refresh(data);
	return 0;
}

static void refresh_soon(struct rtnl *r)
{
	sd_event_source_set_time_relative(r->timer, SETTLE_US);
	sd_event_source_set_enabled(r->timer, SD_EVENT_ONESHOT);
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
		r->known = r->coming;
		r->listener.interfaces(r->data, &r->known);
	}
	if (r->dump == DUMP_NONE)
		return;
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
		refresh_soon(r);
}

static void take_buffer(struct rtnl *r, size_t length)
{
	const char *at = r->buffer;

	while (r->io && length >= NLMSG_HDRLEN) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)at;
		size_t whole;

		if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > length)
			return;
		take_message(r, nlh);
		whole = NLMSG_ALIGN(nlh->nlmsg_len);
		if (whole > length)
			return;
		at += whole;
		length -= whole;
	}
}

static int on_readable(sd_event_source *s, int fd, uint32_t events, void *data)
{
	struct rtnl *r = data;

	(void)s;
	(void)events;
	for (unsigned i = 0; r->io && i < READS_MAX; i++) {
		struct sockaddr_nl from = {};
		socklen_t size = sizeof(from);
		ssize_t n =
		    recvfrom(fd, r->buffer, sizeof(r->buffer), MSG_DONTWAIT, (struct sockaddr *)&from, &size);

		if (n < 0 && errno == ENOBUFS) {
			/* Messages were lost: whatever they said, a dump says it as well. */
			rtnl_refresh(r);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN)
			fail(r, -errno);
		if (n <= 0)
			break;
		/* Only the kernel (port 0) is believed. */
		if (from.nl_pid == 0)
			take_buffer(r, (size_t)n);
	}
	if (r->io)
		r->listener.settled(r->data);
	return 0;
}

static int open_socket(struct rtnl *r)
{
	struct sockaddr_nl local = {
	    .nl_family = AF_NETLINK,
	    .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
			 RTMGRP_IPV6_ROUTE | RTMGRP_NEIGH,
	};
	int size = RECEIVE_BUFFER;

	r->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	if (r->fd < 0)
		return -errno;
	if (setsockopt(r->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(r->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	return bind(r->fd, (struct sockaddr *)&local, sizeof(local)) < 0 ? -errno : 0;
}

int rtnl_new(struct rtnl **ret, sd_event *event, const struct rtnl_listener *listener, void *data)
{
	struct rtnl *r = calloc(1, sizeof(*r));
	int e;

	if (!r)
		return -ENOMEM;
	r->fd = -1;
	r->listener = *listener;
	r->data = data;
	r->dump = DUMP_NONE;
	e = open_socket(r);
	if (e >= 0)
		e = sd_event_add_io(event, &r->io, r->fd, EPOLLIN, on_readable, r);
	if (e >= 0)
		e = sd_event_add_time_relative(event, &r->timer, CLOCK_MONOTONIC, SETTLE_US, 0, on_timer, r);
	if (e >= 0)
		e = sd_event_source_set_enabled(r->timer, SD_EVENT_OFF);
	if (e < 0) {
		rtnl_free(r);
		return e;
	}
	*ret = r;
	begin(r);
	return 0;
}

struct rtnl *rtnl_free(struct rtnl *r)
{
	if (!r)
		return NULL;
	sd_event_source_disable_unref(r->timer);
	sd_event_source_disable_unref(r->io);
	cleanup_close(&r->fd);
	free(r);
	return NULL;
}

const struct interfaces *rtnl_interfaces(const struct rtnl *r)
{
	return &r->known;
}
