/* SPDX-License-Identifier: MIT */
/* One line of dnsmasq's lease file (dnsmasq(8), --dhcp-leasefile; lease.c of dnsmasq): a pure parser. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "device.h"

struct lease {
	uint64_t expiry; /* seconds of Unix time; 0: never */
	struct address address;
	bool has_mac; /* an IPv6 lease has one where the client's DUID tells it */
	uint8_t mac[6];
	char host_name[DEVICE_HOST_NAME_MAX]; /* empty: unknown; printable text */
};

/* text[0..length) without its newline. 0; 1 when it is no lease ("duid …", an empty line); -EBADMSG. */
int lease_line_parse(struct lease *ret, const char *text, size_t length);
