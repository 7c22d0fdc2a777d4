/* SPDX-License-Identifier: MIT */
#include "interfaces.h"

#include <net/if.h>
#include <string.h>

#include "special.h"

static struct interface *find(struct interfaces *i, int index)
{
	for (size_t n = 0; n < i->n_links; n++)
		if (i->links[n].index == index)
			return &i->links[n];
	return NULL;
}

const struct interface *interfaces_find(const struct interfaces *i, int index)
{
	return find((struct interfaces *)i, index);
}

static void take_link(struct interfaces *i, const struct rtnl_message *m)
{
	struct interface *link = find(i, m->interface);

	if (!link) {
		if (i->n_links == INTERFACES_MAX) {
			i->left_out++;
			return;
		}
		link = &i->links[i->n_links++];
	}
	*link = (struct interface){.index = m->interface, .flags = m->flags, .has_mac = m->has_mac};
	memcpy(link->mac, m->mac, sizeof(link->mac));
}

static void take_address(struct interfaces *i, const struct rtnl_message *m)
{
	if (i->n_addresses == INTERFACE_ADDRESSES_MAX) {
		i->left_out++;
		return;
	}
	i->addresses[i->n_addresses++] = (struct interface_address){
	    .interface = m->interface,
	    .address = m->address,
	    .prefix = m->prefix,
	};
}

void interfaces_take(struct interfaces *i, const struct rtnl_message *m)
{
	if (m->removed)
		return;
	if (m->kind == RTNL_LINK)
		take_link(i, m);
	else if (m->kind == RTNL_ADDRESS)
		take_address(i, m);
	else if (m->kind == RTNL_DEFAULT_ROUTE)
		for (unsigned n = 0; n < m->n_hops; n++) {
			struct interface *link = find(i, m->hops[n]);

			if (link)
				link->upstream = true;
		}
}

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

static bool is_lan(const struct interface *link)
{
	return link && !(link->flags & IFF_LOOPBACK) && link->flags & IFF_UP && link->flags & IFF_RUNNING;
}

static void add_networks(const struct interfaces *i, struct home *home, bool with_upstream)
{
	home->n_networks = 0;
	home->left_out = i->left_out + (i->n_addresses - home->n_own);
	for (size_t n = 0; n < i->n_addresses; n++) {
		const struct interface_address *a = &i->addresses[n];
		const struct interface *link = interfaces_find(i, a->interface);
		struct network network = network_make(&a->address, a->prefix);

		if (is_lan(link) && (with_upstream || !link->upstream))
			add_network(home, &network);
	}
}

static void add_own(const struct interfaces *i, struct home *home)
{
	home->n_own = i->n_addresses < HOME_OWN_MAX ? i->n_addresses : HOME_OWN_MAX;
	for (size_t n = 0; n < home->n_own; n++)
		home->own[n] = i->addresses[n].address;
}

/* An interface with nothing but a link-local address is no network that somebody lives in. */
static bool has_real_network(const struct home *home)
{
	for (size_t n = 0; n < home->n_networks; n++)
		if (special_of(&home->networks[n].base) != SPECIAL_LINK_LOCAL)
			return true;
	return false;
}

void interfaces_derive(const struct interfaces *i, enum interfaces_mode mode,
		       const struct network *configured, size_t n_configured, bool forwarding,
		       struct home *home)
{
	add_own(i, home);
	add_networks(i, home, false);
	if (mode == INTERFACES_AUTO)
		mode = n_configured || (forwarding && has_real_network(home)) ? INTERFACES_ROUTER
									      : INTERFACES_MACHINE;
	home->mode = mode == INTERFACES_ROUTER ? HOME_ROUTER : HOME_MACHINE;
	if (home->mode == HOME_MACHINE)
		add_networks(i, home, true);
	if (!n_configured)
		return;
	home->n_networks = 0;
	home->left_out = i->left_out + (i->n_addresses - home->n_own);
	for (size_t n = 0; n < n_configured; n++)
		add_network(home, &configured[n]);
}

const uint8_t *interfaces_own_mac(const struct interfaces *i)
{
	const struct interface *best = NULL;

	for (size_t n = 0; n < i->n_links; n++) {
		const struct interface *link = &i->links[n];

		if (link->has_mac && !(link->flags & IFF_LOOPBACK) &&
		    (!best || (link->upstream && !best->upstream)))
			best = link;
	}
	return best ? best->mac : NULL;
}
