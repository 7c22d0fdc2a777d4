/* SPDX-License-Identifier: MIT */
#include "ct_dump.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netfilter/nfnetlink_conntrack.h>

#include "ct_message.h"
#include "ct_netlink.h"

enum { BUFFER = 64 * 1024 }; /* the kernel fills at most 32 KiB (net/netlink/af_netlink.c) */

struct ct_dump {
	int fd;
	uint32_t sequence;
	bool interrupted;
	bool counted, bare; /* entries with counters came, and ones without */
	_Alignas(struct nlmsghdr) uint8_t buffer[BUFFER];
};

int ct_dump_new(struct ct_dump **ret)
{
	struct ct_dump *d = calloc(1, sizeof(*d));

	if (!d)
		return -ENOMEM;
	d->fd = ct_netlink_open(0);
	if (d->fd < 0) {
		int r = d->fd;

		free(d);
		return r;
	}
	*ret = d;
	return 0;
}

struct ct_dump *ct_dump_free(struct ct_dump *d)
{
	if (!d)
		return NULL;
	close(d->fd);
	free(d);
	return NULL;
}

int ct_dump_fd(const struct ct_dump *d)
{
	return d->fd;
}

int ct_dump_reopen(struct ct_dump *d)
{
	int fd = ct_netlink_open(0);

	if (fd < 0)
		return fd;
	close(d->fd);
	d->fd = fd;
	return 0;
}

bool ct_dump_is_bare(const struct ct_dump *d)
{
	return d->bare && !d->counted;
}

int ct_dump_begin(struct ct_dump *d)
{
	d->sequence++;
	d->interrupted = d->counted = d->bare = false;
	return ct_netlink_request(d->fd, IPCTNL_MSG_CT_GET, NLM_F_DUMP, d->sequence);
}

/* The error in NLMSG_ERROR and, since Linux 4.20, in NLMSG_DONE; both begin with it. */
static int message_error(const struct nlmsghdr *nlh)
{
	int error = 0;

	if (nlh->nlmsg_len >= NLMSG_LENGTH(sizeof(error)))
		memcpy(&error, NLMSG_DATA(nlh), sizeof(error));
	return error < 0 ? error : 0;
}

static int take_message(struct ct_dump *d, const struct nlmsghdr *nlh, struct ct_table *table,
			uint64_t *malformed)
{
	struct ct_entry entry;
	int r;

	if (nlh->nlmsg_seq != d->sequence)
		return CT_DUMP_MORE;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		d->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		r = message_error(nlh);
		return r < 0 ? r : -EBADMSG;
	}
	if (nlh->nlmsg_type == NLMSG_DONE) {
		r = message_error(nlh);
		if (r < 0)
			return r;
		return d->interrupted ? CT_DUMP_INTERRUPTED : CT_DUMP_WHOLE;
	}
	if (ct_netlink_message(nlh) != IPCTNL_MSG_CT_NEW)
		return CT_DUMP_MORE;
	if (ct_message_parse(&entry, nlh) < 0) {
		(*malformed)++;
		return CT_DUMP_MORE;
	}
	d->counted |= entry.has_counters;
	d->bare |= !entry.has_counters;
	ct_table_dump_entry(table, &entry);
	return CT_DUMP_MORE;
}

int ct_dump_read(struct ct_dump *d, struct ct_table *table, uint64_t *malformed)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)d->buffer;
	ssize_t n = recv(d->fd, d->buffer, sizeof(d->buffer), MSG_DONTWAIT | MSG_TRUNC);
	unsigned left;

	if (n < 0)
		return errno == EAGAIN ? CT_DUMP_WAIT : -errno;
	if ((size_t)n > sizeof(d->buffer))
		return -EMSGSIZE;
	left = (unsigned)n;
	for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		int r = take_message(d, nlh, table, malformed);

		if (r != CT_DUMP_MORE)
			return r;
	}
	return CT_DUMP_MORE;
}
