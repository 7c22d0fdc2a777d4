/* SPDX-License-Identifier: MIT */
#include "interfaces_read.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "pppoe.h"
#include "util.h"

#define BUFFER_BYTES 32768 /* the kernel fills no more at once */
#define TRIES 3		   /* something changed while it was read */
#define PATIENCE_S 1

static const struct {
	uint16_t type;
	size_t fixed; /* bytes of its header; the kernel reads the family alone, 0 is any */
} dumps[] = {
    {RTM_GETLINK, sizeof(struct ifinfomsg)},
    {RTM_GETADDR, sizeof(struct ifaddrmsg)},
    {RTM_GETROUTE, sizeof(struct rtmsg)},
    {RTM_GETNETCONF, sizeof(struct netconfmsg)},
};

static void cleanup_socket(struct mnl_socket **socket)
{
	if (*socket)
		mnl_socket_close(*socket);
}

/* 1 to go on, 0 at the end of the dump, -EAGAIN when something changed meanwhile, or -errno. */
static int take(struct interfaces *i, const char *buffer, ssize_t size, uint32_t sequence)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;
	int left = (int)size, result = 1;

	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
		struct rtnl_message m;

		if (nlh->nlmsg_seq != sequence)
			continue;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			result = -EAGAIN;
		/* A kernel without one of the families refuses its dump: what is not there is empty. */
		if (nlh->nlmsg_type == NLMSG_DONE || nlh->nlmsg_type == NLMSG_ERROR)
			return result < 0 ? result : 0;
		if (rtnl_message_parse(&m, nlh) == 0)
			interfaces_take(i, &m);
	}
	return result;
}

static int dump(struct interfaces *i, const struct mnl_socket *socket, size_t which)
{
	static char buffer[BUFFER_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	uint32_t sequence = (uint32_t)which + 1;
	int r = 1;

	nlh->nlmsg_type = dumps[which].type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	nlh->nlmsg_seq = sequence;
	mnl_nlmsg_put_extra_header(nlh, dumps[which].fixed);
	if (mnl_socket_sendto(socket, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	while (r > 0) {
		/* Only what the kernel sent is let in. */
		ssize_t n = mnl_socket_recvfrom(socket, buffer, sizeof(buffer));

		if (n < 0 && errno != EINTR)
			return -errno;
		if (n >= 0)
			r = take(i, buffer, n, sequence);
	}
	return r;
}

static int read_all(struct interfaces *i)
{
	_cleanup_(cleanup_socket) struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	const struct timeval patience = {.tv_sec = PATIENCE_S};
	int r = 0;

	if (!socket)
		return -errno;
	if (setsockopt(mnl_socket_get_fd(socket), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0 ||
	    mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
		return -errno;
	for (size_t which = 0; which < ELEMENTS_OF(dumps) && r == 0; which++)
		r = dump(i, socket, which);
	return r;
}

int interfaces_read(struct interfaces *ret)
{
	_cleanup_(cleanup_free) struct interfaces *i = NULL;
	int r = -EAGAIN;

	for (unsigned n = 0; n < TRIES && r == -EAGAIN; n++) {
		free(i);
		i = calloc(1, sizeof(*i));
		if (!i)
			return -ENOMEM;
		r = read_all(i);
	}
	if (r < 0)
		return r;
	pppoe_read(i);
	interfaces_settle(i, ret);
	*ret = *i;
	return 0;
}
