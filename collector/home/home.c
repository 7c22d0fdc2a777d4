/* SPDX-License-Identifier: MIT */
#include "home.h"

#include <string.h>

bool home_is_own(const struct home *h, const struct address *a)
{
	for (size_t i = 0; i < h->n_own; i++)
		if (address_equal(&h->own[i], a))
			return true;
	return false;
}

/* The first or last address of an IPv4 network that has more than two. */
static bool is_edge(const struct network *n, const struct address *a)
{
	uint8_t all_host[16], no_host[16];

	if (!address_is_ipv4(a) || n->length > 126)
		return false;
	memcpy(all_host, n->base.bytes, 16);
	memcpy(no_host, n->base.bytes, 16);
	for (unsigned bit = n->length; bit < 128; bit++)
		all_host[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
	return !memcmp(a->bytes, all_host, 16) || !memcmp(a->bytes, no_host, 16);
}

static const struct network *find_network(const struct home *h, const struct address *a)
{
	for (size_t i = 0; i < h->n_networks; i++)
		if (network_contains(&h->networks[i], a))
			return &h->networks[i];
	return NULL;
}

bool home_is_multicast(const struct address *a)
{
	static const uint8_t everybody[4] = {255, 255, 255, 255};

	if (!address_is_ipv4(a))
		return a->bytes[0] == 0xff;
	return (a->bytes[12] & 0xf0) == 0xe0 || !memcmp(a->bytes + 12, everybody, 4);
}

bool home_is_inside(const struct home *h, const struct address *a)
{
	const struct network *n = home_is_multicast(a) ? NULL : find_network(h, a);

	return n && !is_edge(n, a);
}

bool home_is_linked(const struct home *h, const struct address *a)
{
	for (size_t i = 0; i < h->n_linked; i++)
		if (network_contains(&h->linked[i], a))
			return true;
	return false;
}

bool home_is_edge(const struct home *h, const struct address *a)
{
	const struct network *n = find_network(h, a);

	return n && is_edge(n, a);
}
