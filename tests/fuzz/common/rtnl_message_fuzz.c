/* SPDX-License-Identifier: MIT */
#include "rtnl_message.h"

#include <stdlib.h>
#include <string.h>

#include "interfaces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input is messages one after another, as they come from the socket; the lengths are put right. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct interfaces interfaces, before;

	interfaces = (struct interfaces){};
	while (size >= NLMSG_HDRLEN) {
		struct nlmsghdr *copy;
		struct rtnl_message m;
		uint32_t length;

		memcpy(&length, data, sizeof(length));
		length = NLMSG_HDRLEN + length % 512;
		if (length > size)
			length = (uint32_t)size;
		copy = malloc(length);
		if (!copy)
			return 0;
		memcpy(copy, data, length);
		copy->nlmsg_len = length;
		if (rtnl_message_parse(&m, copy) == 0)
			interfaces_take(&interfaces, &m);
		free(copy);
		data += length;
		size -= length;
	}
	interfaces_settle(&interfaces, &before);
	before = interfaces;
	return 0;
}
