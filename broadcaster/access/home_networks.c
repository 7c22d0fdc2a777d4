/* SPDX-License-Identifier: MIT */
#include "home_networks.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "interfaces_read.h"

#define LENT_PREFIX 64 /* of one wire (RFC 4291, 2.5.4): what is wider is none */

static int add(struct home_networks *networks, const struct network *n, unsigned interface)
{
	for (size_t i = 0; i < networks->n; i++)
		if (networks->items[i].interface == interface &&
		    networks->items[i].network.length == n->length &&
		    address_equal(&networks->items[i].network.base, &n->base))
			return 0;
	if (networks->n == networks->capacity) {
		size_t capacity = networks->capacity ? 2 * networks->capacity : 16;
		struct home_network *items = realloc(networks->items, capacity * sizeof(*items));

		if (!items)
			return -ENOMEM;
		networks->items = items;
		networks->capacity = capacity;
	}
	networks->items[networks->n++] = (struct home_network){*n, interface};
	return 0;
}

static int add_text(struct home_networks *networks, const char *text)
{
	struct network n;

	return network_parse(&n, text) < 0 ? -EINVAL : add(networks, &n, 0);
}

static bool has_private(const struct interfaces *i, int interface)
{
	for (size_t n = 0; n < i->n_addresses; n++)
		if (i->addresses[n].interface == interface && address_is_private(&i->addresses[n].address))
			return true;
	return false;
}

/* Is the network on a wire outside, too, as where a router passes on the one /64 that it has? */
static bool reaches_outside(const struct interfaces *i, const struct network *network)
{
	for (size_t n = 0; n < i->n_addresses; n++) {
		const struct interface *link = interfaces_find(i, i->addresses[n].interface);

		if ((!link || link->outside || link->beneath) &&
		    network_contains(network, &i->addresses[n].address))
			return true;
	}
	return false;
}

/* An IPv6 network that the provider lends to a home beside its private ones. Answers to its addresses go to that wire
 * alone, whoever claims to have one. */
static bool is_lent(const struct interfaces *i, const struct interface_address *a)
{
	const struct network network = network_make(&a->address, a->prefix);

	return !address_is_ipv4(&a->address) && address_is_public(&a->address) && a->prefix >= LENT_PREFIX &&
	       has_private(i, a->interface) && !reaches_outside(i, &network);
}

static bool is_home(const struct interfaces *i, const struct interface_address *a, bool router)
{
	const struct interface *link = interfaces_find(i, a->interface);

	if (!link || (router && !interfaces_is_inner(i, link)))
		return false;
	if (address_is_link_local(&a->address))
		return !link->outside || has_private(i, a->interface);
	return address_is_private(&a->address) || (router && is_lent(i, a));
}

static int add_interfaces(struct home_networks *networks, const struct interfaces *i)
{
	bool router = interfaces_is_router(i);
	int r = 0;

	for (size_t n = 0; n < i->n_addresses && r >= 0; n++) {
		const struct interface_address *a = &i->addresses[n];
		const struct network network = network_make(&a->address, a->prefix);
		bool scoped = address_is_link_local(&a->address) && !address_is_ipv4(&a->address);

		if (is_home(i, a, router))
			r = add(networks, &network, scoped ? (unsigned)a->interface : 0);
	}
	return r;
}

/* One by which this host is known to others: of the interface that leads outside, if any, and IPv4 if any. */
static void find_own(struct home_networks *networks, const struct interfaces *i)
{
	int best = -1;

	networks->has_own = false;
	for (size_t n = 0; n < i->n_addresses; n++) {
		const struct interface_address *a = &i->addresses[n];
		const struct interface *link = interfaces_find(i, a->interface);
		int rank;

		if (!interfaces_is_live(link) || address_is_link_local(&a->address))
			continue;
		rank = 2 * link->outside + address_is_ipv4(&a->address);
		if (rank <= best)
			continue;
		best = rank;
		networks->has_own = true;
		networks->own = a->address;
	}
}

int home_networks_derive(struct home_networks *networks, const struct interfaces *interfaces)
{
	struct home_networks found = {.interfaces = networks->interfaces};
	int r = add_text(&found, "127.0.0.0/8");

	if (r >= 0)
		r = add_text(&found, "::1/128");
	if (r >= 0)
		r = add_interfaces(&found, interfaces);
	if (r < 0) {
		free(found.items);
		return r;
	}
	find_own(&found, interfaces);
	free(networks->items);
	*networks = found;
	return 0;
}

int home_networks_find(struct home_networks *networks)
{
	int r;

	if (!networks->interfaces)
		networks->interfaces = calloc(1, sizeof(*networks->interfaces));
	if (!networks->interfaces)
		return -ENOMEM;
	r = interfaces_read(networks->interfaces);
	return r < 0 ? r : home_networks_derive(networks, networks->interfaces);
}

bool home_networks_contain(const struct home_networks *networks, const struct address *a, unsigned interface)
{
	for (size_t i = 0; i < networks->n; i++)
		if ((!networks->items[i].interface || networks->items[i].interface == interface) &&
		    network_contains(&networks->items[i].network, a))
			return true;
	return false;
}

bool home_networks_is_own(const struct home_networks *networks, const struct address *a)
{
	const struct interfaces *i = networks->interfaces;

	for (size_t n = 0; i && n < i->n_addresses; n++)
		if (address_equal(&i->addresses[n].address, a))
			return true;
	return address_is_loopback(a);
}

void home_networks_done(struct home_networks *networks)
{
	free(networks->items);
	free(networks->interfaces);
	*networks = (struct home_networks){};
}

void home_networks_host_name(char ret[HOME_NAME_MAX])
{
	if (gethostname(ret, HOME_NAME_MAX) < 0)
		ret[0] = '\0';
	ret[HOME_NAME_MAX - 1] = '\0';
}
