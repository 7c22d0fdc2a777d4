/* SPDX-License-Identifier: MIT */
#include "home_watch.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "rtnl_message.h"

#define BUFFER_BYTES 32768 /* the kernel fills no more at once */
#define READS_MAX 64	   /* reads before others get their turn */
#define SETTLE_S 0.1	   /* changes come in bursts */

struct home_watch {
	struct ev_loop *loop;
	void (*changed)(void *data);
	void *data;
	struct mnl_socket *socket;
	ev_io io;
	ev_timer settle;
	char buffer[BUFFER_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
};

static void on_settle(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct home_watch *w = timer->data;

	(void)loop;
	(void)events;
	w->changed(w->data);
}

/* Once it is set, more changes do not put it off. */
static void settle_soon(struct home_watch *w)
{
	if (ev_is_active(&w->settle))
		return;
	ev_timer_set(&w->settle, SETTLE_S, 0.);
	ev_timer_start(w->loop, &w->settle);
}

static void take(struct home_watch *w, ssize_t size)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)w->buffer;
	int left = (int)size;

	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
		struct rtnl_message m;

		if (rtnl_message_parse(&m, nlh) == 0 && m.kind != RTNL_OTHER)
			settle_soon(w);
	}
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	struct home_watch *w = io->data;

	(void)loop;
	(void)events;
	for (unsigned i = 0; i < READS_MAX; i++) {
		ssize_t n = mnl_socket_recvfrom(w->socket, w->buffer, sizeof(w->buffer));

		if (n > 0)
			take(w, n);
		else if (n < 0 && errno == ENOBUFS)
			settle_soon(w); /* whatever was lost */
		else if (n < 0 && errno != EINTR)
			return;
	}
}

int home_watch_new(struct home_watch **ret, struct ev_loop *loop, void (*changed)(void *data), void *data)
{
	const unsigned groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
				RTMGRP_IPV6_ROUTE | 1u << (RTNLGRP_IPV4_NETCONF - 1) |
				1u << (RTNLGRP_IPV6_NETCONF - 1);
	struct home_watch *w = calloc(1, sizeof(*w));
	int r;

	if (!w)
		return -ENOMEM;
	w->loop = loop;
	w->changed = changed;
	w->data = data;
	ev_timer_init(&w->settle, on_settle, SETTLE_S, 0.);
	w->settle.data = w->io.data = w;
	w->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (!w->socket || mnl_socket_bind(w->socket, groups, MNL_SOCKET_AUTOPID) < 0) {
		r = -errno;
		home_watch_free(w);
		return r;
	}
	ev_io_init(&w->io, on_readable, mnl_socket_get_fd(w->socket), EV_READ);
	w->io.data = w;
	ev_io_start(loop, &w->io);
	*ret = w;
	return 0;
}

struct home_watch *home_watch_free(struct home_watch *w)
{
	if (!w)
		return NULL;
	ev_io_stop(w->loop, &w->io);
	ev_timer_stop(w->loop, &w->settle);
	if (w->socket)
		mnl_socket_close(w->socket);
	free(w);
	return NULL;
}
