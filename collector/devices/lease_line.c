/* SPDX-License-Identifier: MIT */
#include "lease_line.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define FIELDS 5
#define MOST_SECONDS 999999999999999999u
#define DUID_MAX 130 /* bytes (RFC 8415, 11.1) */
/* A dnsmasq that was built for machines without a clock (HAVE_BROKEN_RTC) writes how long a lease lasts, not
 * when it ends: less than any time since 2001. */
#define FIRST_EXPIRY 1000000000u

/* A DUID of the kinds LLT and LL holds the link-layer address of one of the client's interfaces (RFC
 * 8415, 11.2 and 11.4); hardware type 1 is Ethernet. */
static bool mac_of_duid(uint8_t mac[6], struct text f)
{
	uint8_t duid[DUID_MAX];
	size_t n = text_bytes(f, duid, sizeof(duid));
	size_t at = n == 14 && duid[1] == 1 ? 8 : n == 10 && duid[1] == 3 ? 4 : 0;

	if (!at || duid[0] || duid[2] || duid[3] != 1)
		return false;
	memcpy(mac, duid + at, 6);
	return true;
}

/* Names come from the devices: only what a host name may have (RFC 1123, and underscores) is kept. */
static void read_name(char *ret, size_t size, struct text f)
{
	size_t n = 0;

	if (text_is(f, "*"))
		return;
	for (size_t i = 0; i < f.length && n + 1 < size; i++) {
		char c = f.at[i];

		if (isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.')
			ret[n++] = c;
	}
	ret[n] = '\0';
}

int lease_line_parse(struct lease *ret, const char *text, size_t length)
{
	struct text fields[FIELDS], rest = {text, length};
	struct lease lease = {};
	size_t n = 0;

	while (rest.length && n < FIELDS)
		fields[n++] = text_take_until(&rest, ' ');
	if (!n || text_is(fields[0], "duid"))
		return 1;
	if (n < 4 || !text_take_number(&fields[0], MOST_SECONDS, &lease.expiry) || fields[0].length ||
	    !text_address(fields[2], &lease.address))
		return -EBADMSG;
	if (lease.expiry < FIRST_EXPIRY)
		lease.expiry = 0;
	if (address_is_ipv4(&lease.address))
		lease.has_mac = text_mac(fields[1], lease.mac);
	else if (n > 4)
		lease.has_mac = mac_of_duid(lease.mac, fields[4]);
	read_name(lease.host_name, sizeof(lease.host_name), fields[3]);
	*ret = lease;
	return 0;
}
