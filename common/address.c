/* SPDX-License-Identifier: MIT */
#include "address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

static const uint8_t mapped_prefix[12] = {[10] = 0xff, [11] = 0xff};

struct address address_from_ipv4(const void *four_bytes)
{
	struct address a;

	memcpy(a.bytes, mapped_prefix, sizeof(mapped_prefix));
	memcpy(a.bytes + sizeof(mapped_prefix), four_bytes, 4);
	return a;
}

struct address address_from_ipv6(const void *sixteen_bytes)
{
	struct address a;

	memcpy(a.bytes, sixteen_bytes, sizeof(a.bytes));
	return a;
}

bool address_is_ipv4(const struct address *a)
{
	return !memcmp(a->bytes, mapped_prefix, sizeof(mapped_prefix));
}

bool address_is_loopback(const struct address *a)
{
	return address_is_ipv4(a) ? a->bytes[12] == 127 : !memcmp(a->bytes, &in6addr_loopback, 16);
}

#define V4(a, b, c, d)                                                                                       \
	{                                                                                                    \
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d                                         \
	}

static bool is_in(const struct network *networks, size_t n, const struct address *a)
{
	for (size_t i = 0; i < n; i++)
		if (network_contains(&networks[i], a))
			return true;
	return false;
}

bool address_is_link_local(const struct address *a)
{
	static const struct network link_local[] = {
	    {{V4(169, 254, 0, 0)}, 96 + 16},
	    {{{0xfe, 0x80}}, 10},
	};

	return is_in(link_local, ELEMENTS_OF(link_local), a);
}

bool address_is_private(const struct address *a)
{
	static const struct network private[] = {
	    {{V4(10, 0, 0, 0)}, 96 + 8},
	    {{V4(172, 16, 0, 0)}, 96 + 12},
	    {{V4(192, 168, 0, 0)}, 96 + 16},
	    {{{0xfc}}, 7},
	};

	return is_in(private, ELEMENTS_OF(private), a);
}

bool address_is_public(const struct address *a)
{
	static const struct network others[] = {
	    {{V4(0, 0, 0, 0)}, 96 + 8},
	    {{V4(100, 64, 0, 0)}, 96 + 10},
	    {{V4(127, 0, 0, 0)}, 96 + 8},
	    {{V4(224, 0, 0, 0)}, 96 + 3}, /* multicast and reserved */
	    {{{0}}, 127},		  /* unspecified and loopback */
	    {{{0xff}}, 8},
	};

	return !address_is_link_local(a) && !address_is_private(a) && !is_in(others, ELEMENTS_OF(others), a);
}

bool address_equal(const struct address *a, const struct address *b)
{
	return !memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

size_t address_wire(const struct address *a, const uint8_t **ret_bytes)
{
	if (address_is_ipv4(a)) {
		*ret_bytes = a->bytes + sizeof(mapped_prefix);
		return 4;
	}
	*ret_bytes = a->bytes;
	return 16;
}

int address_parse(struct address *ret, const char *text)
{
	uint8_t bytes[16];

	if (inet_pton(AF_INET, text, bytes) == 1)
		*ret = address_from_ipv4(bytes);
	else if (inet_pton(AF_INET6, text, bytes) == 1)
		*ret = address_from_ipv6(bytes);
	else
		return -EINVAL;
	return 0;
}

const char *address_format(const struct address *a, char buffer[ADDRESS_TEXT_MAX])
{
	const uint8_t *bytes;
	int family = address_wire(a, &bytes) == 4 ? AF_INET : AF_INET6;

	return inet_ntop(family, bytes, buffer, ADDRESS_TEXT_MAX);
}

struct network network_make(const struct address *a, uint8_t length)
{
	struct network n = {.base = *a, .length = length > 128 ? 128 : length};
	size_t whole = n.length / 8;

	if (whole < sizeof(n.base.bytes)) {
		n.base.bytes[whole] &= (uint8_t)(0xff00 >> n.length % 8);
		memset(n.base.bytes + whole + 1, 0, sizeof(n.base.bytes) - whole - 1);
	}
	return n;
}

int network_parse(struct network *ret, const char *text)
{
	char copy[ADDRESS_TEXT_MAX];
	const char *slash = strchr(text, '/');
	size_t n = slash ? (size_t)(slash - text) : strlen(text);
	struct address a;
	unsigned long length, longest;
	char *end;

	if (n >= sizeof(copy))
		return -EINVAL;
	memcpy(copy, text, n);
	copy[n] = 0;
	if (address_parse(&a, copy) < 0)
		return -EINVAL;

	longest = address_is_ipv4(&a) ? 32 : 128;
	length = longest;
	if (slash) {
		/* strtoul takes signs and blanks */
		if (slash[1] < '0' || slash[1] > '9')
			return -EINVAL;
		length = strtoul(slash + 1, &end, 10);
		if (*end || length > longest)
			return -EINVAL;
	}
	*ret = network_make(&a, (uint8_t)(length + 128 - longest));
	return 0;
}

const char *network_format(const struct network *n, char buffer[ADDRESS_TEXT_MAX])
{
	bool ipv4 = address_is_ipv4(&n->base) && n->length >= 96;
	size_t used;

	address_format(&n->base, buffer);
	used = strlen(buffer);
	snprintf(buffer + used, ADDRESS_TEXT_MAX - used, "/%d", ipv4 ? n->length - 96 : n->length);
	return buffer;
}

bool network_contains(const struct network *n, const struct address *a)
{
	size_t whole = n->length / 8;

	if (memcmp(n->base.bytes, a->bytes, whole) != 0)
		return false;
	return n->length % 8 == 0 ||
	       ((n->base.bytes[whole] ^ a->bytes[whole]) & (0xff00 >> n->length % 8) & 0xff) == 0;
}
