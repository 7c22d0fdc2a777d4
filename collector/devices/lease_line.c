/* SPDX-License-Identifier: MIT */
#include "lease_line.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 5
#define DUID_MAX 130 /* bytes (RFC 8415, 11.1) */
/* A dnsmasq that was built for machines without a clock (HAVE_BROKEN_RTC) writes how long a lease lasts, not
 * when it ends: less than any time since 2001. */
#define FIRST_EXPIRY 1000000000u

struct field {
	const char *text;
	size_t length;
};

static size_t split(struct field fields[FIELDS], const char *text, size_t length)
{
	size_t n = 0;

	while (length && n < FIELDS) {
		const char *blank = memchr(text, ' ', length);
		size_t own = blank ? (size_t)(blank - text) : length;

		fields[n++] = (struct field){text, own};
		own += blank ? 1 : 0;
		text += own;
		length -= own;
	}
	return n;
}

static bool is(const struct field *f, const char *word)
{
	return f->length == strlen(word) && !memcmp(f->text, word, f->length);
}

static int read_number(uint64_t *ret, const struct field *f)
{
	*ret = 0;
	if (!f->length || f->length > 18)
		return -EBADMSG;
	for (size_t i = 0; i < f->length; i++) {
		if (!isdigit((unsigned char)f->text[i]))
			return -EBADMSG;
		*ret = *ret * 10 + (uint64_t)(f->text[i] - '0');
	}
	return 0;
}

static int nibble(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* "0a:1b:…" into at most max bytes; how many, 0: it is something else. */
static size_t read_bytes(uint8_t *ret, size_t max, const struct field *f)
{
	size_t n = 0;

	if (f->length % 3 != 2)
		return 0;
	for (size_t i = 0; i < f->length; i += 3) {
		int high = nibble(f->text[i]), low = nibble(f->text[i + 1]);

		if (high < 0 || low < 0 || n == max || (i + 2 < f->length && f->text[i + 2] != ':'))
			return 0;
		ret[n++] = (uint8_t)(high << 4 | low);
	}
	return n;
}

/* A DUID of the kinds LLT and LL holds the link-layer address of one of the client's interfaces (RFC
 * 8415, 11.2 and 11.4); hardware type 1 is Ethernet. */
static bool mac_of_duid(uint8_t mac[6], const struct field *f)
{
	uint8_t duid[DUID_MAX];
	size_t n = read_bytes(duid, sizeof(duid), f);
	size_t at = n == 14 && duid[1] == 1 ? 8 : n == 10 && duid[1] == 3 ? 4 : 0;

	if (!at || duid[0] || duid[2] || duid[3] != 1)
		return false;
	memcpy(mac, duid + at, 6);
	return true;
}

static int read_address(struct address *ret, const struct field *f)
{
	char text[INET6_ADDRSTRLEN];

	if (f->length >= sizeof(text))
		return -EBADMSG;
	memcpy(text, f->text, f->length);
	text[f->length] = '\0';
	return strlen(text) != f->length || address_parse(ret, text) < 0 ? -EBADMSG : 0;
}

/* Names come from the devices: only what a host name may have (RFC 1123, and underscores) is kept. */
static void read_name(char *ret, size_t size, const struct field *f)
{
	size_t n = 0;

	if (is(f, "*"))
		return;
	for (size_t i = 0; i < f->length && n + 1 < size; i++) {
		char c = f->text[i];

		if (isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.')
			ret[n++] = c;
	}
	ret[n] = '\0';
}

int lease_line_parse(struct lease *ret, const char *text, size_t length)
{
	struct field fields[FIELDS];
	struct lease lease = {};
	size_t n = split(fields, text, length);

	if (!n || is(&fields[0], "duid"))
		return 1;
	if (n < 4 || read_number(&lease.expiry, &fields[0]) < 0 ||
	    read_address(&lease.address, &fields[2]) < 0)
		return -EBADMSG;
	if (lease.expiry < FIRST_EXPIRY)
		lease.expiry = 0;
	if (address_is_ipv4(&lease.address))
		lease.has_mac = read_bytes(lease.mac, sizeof(lease.mac), &fields[1]) == sizeof(lease.mac);
	else if (n > 4)
		lease.has_mac = mac_of_duid(lease.mac, &fields[4]);
	read_name(lease.host_name, sizeof(lease.host_name), &fields[3]);
	*ret = lease;
	return 0;
}
