/* SPDX-License-Identifier: MIT */
#include "bare.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netfilter/nfnetlink_compat.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "ct_netlink.h"
#include "process.h"
#include "util.h"

#define DUMP_MS 1000
#define BUFFER (8 * 1024 * 1024)

static _Alignas(struct nlmsghdr) char buffer[32768];

static int open_or_die(unsigned groups)
{
	int fd = ct_netlink_open(groups);

	if (fd < 0)
		die("conntrack cannot be read: %s", strerror(-fd));
	return fd;
}

static void dump(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	if (ct_netlink_request(fd, IPCTNL_MSG_CT_GET, NLM_F_DUMP, 1) < 0)
		die("a dump cannot be asked for");
	for (;;) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;
		ssize_t size = recv(fd, buffer, sizeof(buffer), 0);
		unsigned left;

		if (size < 0 && errno == EAGAIN) {
			poll(&p, 1, -1);
			continue;
		}
		if (size < 0)
			die("a dump cannot be read: %s", strerror(errno));
		for (left = (unsigned)size; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left))
			if (nlh->nlmsg_type == NLMSG_DONE)
				return;
	}
}

void bare_run(const void *data)
{
	int events = open_or_die(NF_NETLINK_CONNTRACK_NEW | NF_NETLINK_CONNTRACK_DESTROY),
	    dumps = open_or_die(0);
	uint64_t next = clock_ms();
	struct pollfd p = {.fd = events, .events = POLLIN};

	(void)data;
	ct_netlink_set_buffer(events, BUFFER);
	for (;;) {
		uint64_t now = clock_ms();

		if (now >= next) {
			dump(dumps);
			next += DUMP_MS;
			continue;
		}
		/* one event a call, as they come: events are recv'ed until there is none */
		if (poll(&p, 1, (int)(next - now)) > 0)
			while (recv(events, buffer, sizeof(buffer), MSG_DONTWAIT) >= 0)
				;
	}
}
