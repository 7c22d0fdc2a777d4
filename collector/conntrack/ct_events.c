/* SPDX-License-Identifier: MIT */
#include "ct_events.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netfilter/nfnetlink_compat.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "ct_message.h"
#include "ct_netlink.h"

enum {
	BATCH = 64,
	MESSAGE_MAX =
	    2048, /* an event is one datagram of some 250 bytes; labels and a security context add some */
	BUFFER_MAX = 64 * 1024 * 1024,
};

struct ct_events {
	int fd;
	uint32_t receive_buffer;
	struct mmsghdr messages[BATCH];
	struct iovec vectors[BATCH];
	_Alignas(struct nlmsghdr) uint8_t buffers[BATCH][MESSAGE_MAX];
};

int ct_events_new(struct ct_events **ret, uint32_t receive_buffer)
{
	struct ct_events *e = calloc(1, sizeof(*e));

	if (!e)
		return -ENOMEM;
	for (int i = 0; i < BATCH; i++) {
		e->vectors[i] = (struct iovec){e->buffers[i], MESSAGE_MAX};
		e->messages[i].msg_hdr.msg_iov = &e->vectors[i];
		e->messages[i].msg_hdr.msg_iovlen = 1;
	}
	e->fd = ct_netlink_open(NF_NETLINK_CONNTRACK_NEW | NF_NETLINK_CONNTRACK_DESTROY);
	if (e->fd < 0) {
		int r = e->fd;

		ct_events_free(e);
		return r;
	}
	e->receive_buffer = receive_buffer < BUFFER_MAX ? receive_buffer : BUFFER_MAX;
	ct_netlink_set_buffer(e->fd, e->receive_buffer);
	*ret = e;
	return 0;
}

struct ct_events *ct_events_free(struct ct_events *e)
{
	if (!e)
		return NULL;
	if (e->fd >= 0)
		close(e->fd);
	free(e);
	return NULL;
}

int ct_events_fd(const struct ct_events *e)
{
	return e->fd;
}

static void take_message(const struct nlmsghdr *nlh, struct ct_table *table, uint64_t now,
			 struct ct_events_result *result)
{
	int message = ct_netlink_message(nlh);
	struct ct_entry entry;

	if (message != IPCTNL_MSG_CT_NEW && message != IPCTNL_MSG_CT_DELETE)
		return;
	if (ct_message_parse(&entry, nlh) < 0) {
		result->malformed++;
		return;
	}
	result->taken++;
	if (message == IPCTNL_MSG_CT_DELETE)
		ct_table_event_destroy(table, &entry, now);
	else if (nlh->nlmsg_flags & NLM_F_CREATE) /* without it, an update */
		ct_table_event_new(table, &entry, now);
}

static void take_datagram(const struct mmsghdr *m, struct ct_table *table, uint64_t now,
			  struct ct_events_result *result)
{
	const struct nlmsghdr *nlh = m->msg_hdr.msg_iov->iov_base;
	unsigned left = m->msg_len;

	if (m->msg_hdr.msg_flags & MSG_TRUNC)
		result->losses++;
	for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left))
		take_message(nlh, table, now, result);
}

static void enlarge(struct ct_events *e)
{
	if (e->receive_buffer >= BUFFER_MAX)
		return;
	e->receive_buffer = e->receive_buffer < BUFFER_MAX / 2 ? e->receive_buffer * 2 : BUFFER_MAX;
	ct_netlink_set_buffer(e->fd, e->receive_buffer);
}

struct ct_events_result ct_events_drain(struct ct_events *e, struct ct_table *table, uint64_t now,
					uint32_t max)
{
	struct ct_events_result result = {};

	for (uint32_t read = 0; read < max;) {
		int n = recvmmsg(e->fd, e->messages, BATCH, MSG_DONTWAIT, NULL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == ENOBUFS) {
			result.losses++;
			enlarge(e);
			continue;
		}
		if (n <= 0) {
			result.empty = true;
			break;
		}
		for (int i = 0; i < n; i++)
			take_datagram(&e->messages[i], table, now, &result);
		read += (uint32_t)n;
		if (n < BATCH) {
			result.empty =
			    true; /* but for what came just now, or an error kept for the next call */
			break;
		}
	}
	return result;
}
