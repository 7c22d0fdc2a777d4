/* SPDX-License-Identifier: MIT */
#include "home.h"

#include <net/if.h>

static void add_network(struct home *home, const struct network *network)
{
	for (size_t n = 0; n < home->n_networks; n++)
		if (home->networks[n].length == network->length &&
		    address_equal(&home->networks[n].base, &network->base))
			return;
	if (home->n_networks < HOME_NETWORKS_MAX)
		home->networks[home->n_networks++] = *network;
	else
		home->left_out++;
}

static void add_networks(struct home *home, const struct interfaces *i, bool outside_too)
{
	for (size_t n = 0; n < i->n_addresses; n++) {
		const struct interface_address *a = &i->addresses[n];
		const struct interface *link = interfaces_find(i, a->interface);
		struct network network = network_make(&a->address, a->prefix);

		if (interfaces_is_live(link) && (outside_too || interfaces_is_inner(i, link)))
			add_network(home, &network);
	}
}

static void add_linked(struct home *home, const struct interfaces *i)
{
	home->n_linked = 0;
	for (size_t n = 0; n < i->n_addresses && home->n_linked < HOME_NETWORKS_MAX; n++) {
		const struct interface_address *a = &i->addresses[n];
		const struct interface *link = interfaces_find(i, a->interface);

		if (interfaces_is_live(link) && link->has_mac &&
		    !(link->flags & (IFF_NOARP | IFF_POINTOPOINT)))
			home->linked[home->n_linked++] = network_make(&a->address, a->prefix);
	}
}

static void add_own(struct home *home, const struct interfaces *i)
{
	home->n_own = i->n_addresses < HOME_OWN_MAX ? i->n_addresses : HOME_OWN_MAX;
	for (size_t n = 0; n < home->n_own; n++)
		home->own[n] = i->addresses[n].address;
}

void home_find(struct home *home, const struct interfaces *interfaces, enum home_wish wish,
	       const struct network *configured, size_t n_configured)
{
	if (wish == HOME_WISH_AUTO)
		wish =
		    n_configured || interfaces_is_router(interfaces) ? HOME_WISH_ROUTER : HOME_WISH_MACHINE;
	home->mode = wish == HOME_WISH_ROUTER ? HOME_ROUTER : HOME_MACHINE;
	add_own(home, interfaces);
	add_linked(home, interfaces);
	home->n_networks = 0;
	home->left_out = interfaces->left_out + (interfaces->n_addresses - home->n_own);
	for (size_t n = 0; n < n_configured; n++)
		add_network(home, &configured[n]);
	if (!n_configured)
		add_networks(home, interfaces, home->mode == HOME_MACHINE);
}
