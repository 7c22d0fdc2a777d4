/* SPDX-License-Identifier: MIT */
/* IP addresses and networks of both families in one shape: 16 bytes, IPv4 as ::ffff:a.b.c.d (RFC
 * 4291, 2.5.5.2). */
#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any address or network as text, with its final NUL. */
#define ADDRESS_TEXT_MAX 64

struct address {
	uint8_t bytes[16];
};

struct network {
	struct address base; /* host bits are zero */
	uint8_t length;	     /* 0 to 128; an IPv4 prefix has 96 added */
};

struct address address_from_ipv4(const void *four_bytes);
struct address address_from_ipv6(const void *sixteen_bytes);
bool address_is_ipv4(const struct address *a);
bool address_is_loopback(const struct address *a);   /* 127.0.0.0/8, ::1 */
bool address_is_link_local(const struct address *a); /* 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291) */
bool address_is_private(const struct address *a);    /* RFC 1918, fc00::/7 (RFC 4193); not link-local ones */
/* Routed between networks of different owners: none of the above, nor shared (100.64.0.0/10, RFC 6598), multicast,
 * reserved or unspecified. Documentation addresses count as public. */
bool address_is_public(const struct address *a);
bool address_equal(const struct address *a, const struct address *b);

/* 4 or 16: how many bytes the address has on the wire; *ret_bytes points into a. */
size_t address_wire(const struct address *a, const uint8_t **ret_bytes);

/* Reads "192.0.2.1" or "2001:db8::1". 0, or -EINVAL. */
int address_parse(struct address *ret, const char *text);

/* Writes the usual text (inet_ntop(3)) into buffer, which it returns. */
const char *address_format(const struct address *a, char buffer[ADDRESS_TEXT_MAX]);

/* The network of a's first length bits (0 to 128, IPv4 with 96 added). */
struct network network_make(const struct address *a, uint8_t length);

/* Reads "192.0.2.0/24", "2001:db8::/32", or an address alone (a host). 0, or -EINVAL. */
int network_parse(struct network *ret, const char *text);
const char *network_format(const struct network *n, char buffer[ADDRESS_TEXT_MAX]);
bool network_contains(const struct network *n, const struct address *a);
