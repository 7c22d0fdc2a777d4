/* SPDX-License-Identifier: MIT */
#include "ending_answer.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <linux/netlink.h>

static void take(struct ending_answers *a, uint32_t sequence, int error)
{
	/* an error that no kernel has is one all the same */
	if (error > 0)
		error = -EBADMSG;
	if (error == 0)
		a->good++;
	else if (error == -ENOENT)
		a->gone++;
	else if (error == -EBUSY)
		a->busy++;
	else if (!a->error) {
		a->error = error;
		a->error_sequence = sequence;
	}
}

int ending_answers_take(struct ending_answers *a, const void *datagram, size_t length)
{
	const char *at = datagram;
	struct nlmsghdr header;
	int error;

	for (size_t step; length > 0; at += step, length -= step) {
		if (length < sizeof(header))
			return -EBADMSG;
		memcpy(&header, at, sizeof(header));
		if (header.nlmsg_len < sizeof(header) || header.nlmsg_len > length)
			return -EBADMSG;
		step = NLMSG_ALIGN((size_t)header.nlmsg_len);
		if (step > length) /* the last one may come without its padding */
			step = length;
		if (header.nlmsg_type != NLMSG_ERROR || header.nlmsg_seq < a->first ||
		    header.nlmsg_seq > a->last)
			continue;
		if (header.nlmsg_len < NLMSG_LENGTH(sizeof(error)))
			return -EBADMSG;
		memcpy(&error, at + NLMSG_LENGTH(0), sizeof(error));
		take(a, header.nlmsg_seq, error);
	}
	return 0;
}
