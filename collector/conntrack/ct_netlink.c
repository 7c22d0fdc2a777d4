/* SPDX-License-Identifier: MIT */
#include "ct_netlink.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "util.h"

int ct_netlink_open(uint32_t groups)
{
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = groups};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER);
	int r;

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		r = -errno;
		close(fd);
		return r;
	}
	return fd;
}

int ct_netlink_request(int fd, uint8_t message, uint16_t flags, uint32_t sequence)
{
	struct {
		struct nlmsghdr header;
		struct nfgenmsg family;
	} request = {
	    .header.nlmsg_len = sizeof(request),
	    .header.nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | message,
	    .header.nlmsg_flags = NLM_F_REQUEST | flags,
	    .header.nlmsg_seq = sequence,
	    .family.nfgen_family = AF_UNSPEC,
	    .family.version = NFNETLINK_V0,
	};
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};

	if (sendto(fd, &request, sizeof(request), MSG_NOSIGNAL, (struct sockaddr *)&kernel, sizeof(kernel)) <
	    0)
		return -errno;
	return 0;
}

int ct_netlink_probe(void)
{
	_cleanup_(cleanup_close) int fd = ct_netlink_open(0);
	_Alignas(struct nlmsghdr) char buffer[4096];
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;
	const struct nlmsgerr *error;
	ssize_t n;
	int r;

	if (fd < 0)
		return fd;
	/* the kernel answers while it takes the request, so there is nothing to wait for */
	r = ct_netlink_request(fd, IPCTNL_MSG_CT_GET_STATS, 0, 1);
	if (r < 0)
		return r;
	n = recv(fd, buffer, sizeof(buffer), 0);
	if (n < 0)
		return -errno;
	if (!NLMSG_OK(nlh, (size_t)n))
		return -EBADMSG;
	if (nlh->nlmsg_type != NLMSG_ERROR)
		return 0;
	if (nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*error)))
		return -EBADMSG;
	error = NLMSG_DATA(nlh);
	/* -EINVAL: nfnetlink knows of no such subsystem (net/netfilter/nfnetlink.c) */
	return error->error == -EINVAL ? -EPROTONOSUPPORT : error->error;
}

void ct_netlink_set_buffer(int fd, uint32_t bytes)
{
	int value = (int)bytes;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &value, sizeof(value)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &value, sizeof(value));
}
