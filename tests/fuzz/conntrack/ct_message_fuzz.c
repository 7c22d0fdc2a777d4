/* SPDX-License-Identifier: MIT */
/* Any bytes as a conntrack message: read within their bounds, and told apart from what is none. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ct_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_bool(const bool *b)
{
	unsigned char byte;

	memcpy(&byte, b, 1);
	return byte <= 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_entry e, untouched;
	struct nlmsghdr *nlh;
	int r;

	if (size < sizeof(*nlh) || size > 65536)
		return 0;
	nlh = malloc(size); /* of just that size: the sanitizer sees what is behind */
	if (!nlh)
		return 0;
	memcpy(nlh, data, size);
	nlh->nlmsg_len = (uint32_t)size;
	memset(&e, 0x5a, sizeof(e));
	untouched = e;
	r = ct_message_parse(&e, nlh);
	if (r < 0 && memcmp(&e, &untouched, sizeof(e)) != 0)
		abort();
	if (r == 0 && (!is_bool(&e.has_counters) || !is_bool(&e.has_ports) || !is_bool(&e.has_state)))
		abort();
	if (r == 0 && !e.has_counters && (e.packets[CT_ORIG] || e.bytes[CT_REPLY]))
		abort();
	if (r == 0 && !e.has_ports && (e.tuple[CT_ORIG].sport || e.tuple[CT_ORIG].dport))
		abort();
	free(nlh);
	return 0;
}
