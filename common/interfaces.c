/* SPDX-License-Identifier: MIT */
#include "interfaces.h"

#include <net/if.h>
#include <string.h>

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
	    .leased = m->leased,
	};
}

static void take_route(struct interfaces *i, const struct rtnl_message *m)
{
	for (unsigned n = 0; n < m->n_hops; n++) {
		struct interface *link = find(i, m->hops[n]);

		if (link)
			link->outside = true;
	}
}

void interfaces_take(struct interfaces *i, const struct rtnl_message *m)
{
	if (m->removed)
		return;
	if (m->kind == RTNL_LINK)
		take_link(i, m);
	else if (m->kind == RTNL_ADDRESS)
		take_address(i, m);
	else if (m->kind == RTNL_OUTSIDE_ROUTE)
		take_route(i, m);
	else if (m->kind == RTNL_FORWARDING)
		i->forwarding |= m->forwarding;
}

static bool had(const struct interfaces *before, const struct interface_address *a)
{
	for (size_t n = 0; n < before->n_addresses; n++)
		if (before->addresses[n].interface == a->interface &&
		    address_equal(&before->addresses[n].address, &a->address))
			return true;
	return false;
}

void interfaces_carry(struct interfaces *i, int index)
{
	struct interface *link = find(i, index);

	if (link)
		link->beneath = true;
}

/* Who serves others by PPPoE has it at home. */
static void check_carriers(struct interfaces *i)
{
	bool outside = false;

	for (size_t n = 0; n < i->n_links; n++)
		outside |= i->links[n].outside && i->links[n].flags & IFF_POINTOPOINT;
	for (size_t n = 0; n < i->n_links; n++)
		i->links[n].beneath &= outside;
}

static void inherit(struct interfaces *i, const struct interfaces *before)
{
	for (size_t n = 0; n < i->n_addresses; n++) {
		const struct interface_address *a = &i->addresses[n];
		const struct interface *earlier = interfaces_find(before, a->interface);
		struct interface *link = find(i, a->interface);

		if (!link || !earlier || address_is_link_local(&a->address) || !had(before, a))
			continue;
		link->outside |= earlier->outside;
		link->beneath |= earlier->beneath;
	}
}

/* A provider gives such an address, and a home seldom has one; IPv6 addresses are alike at both. */
static bool looks_outside(const struct interface_address *a)
{
	return address_is_ipv4(&a->address) && !address_is_loopback(&a->address) &&
	       !address_is_link_local(&a->address) && (a->leased || !address_is_private(&a->address));
}

static void guess(struct interfaces *i)
{
	bool others = false;

	for (size_t n = 0; n < i->n_addresses; n++) {
		struct interface *link = find(i, i->addresses[n].interface);

		if (interfaces_is_live(link) && looks_outside(&i->addresses[n]))
			link->outside = true;
	}
	for (size_t n = 0; n < i->n_addresses; n++) {
		const struct interface *link = interfaces_find(i, i->addresses[n].interface);

		others |= interfaces_is_live(link) && !link->outside &&
			  !address_is_link_local(&i->addresses[n].address);
	}
	for (size_t n = 0; !others && n < i->n_links; n++)
		i->links[n].outside = false;
}

void interfaces_settle(struct interfaces *i, const struct interfaces *before)
{
	bool known = false;

	check_carriers(i);
	inherit(i, before);
	for (size_t n = 0; n < i->n_links; n++)
		known |= i->links[n].outside;
	if (!known)
		guess(i);
}

bool interfaces_is_live(const struct interface *link)
{
	return link && !(link->flags & IFF_LOOPBACK) && link->flags & IFF_UP && link->flags & IFF_RUNNING;
}

bool interfaces_is_inner(const struct interfaces *i, const struct interface *link)
{
	if (link->outside || link->beneath)
		return false;
	for (size_t n = 0; n < i->n_addresses; n++)
		if (i->addresses[n].interface == link->index &&
		    !address_is_link_local(&i->addresses[n].address))
			return true;
	return false;
}

bool interfaces_is_router(const struct interfaces *i)
{
	for (size_t n = 0; i->forwarding && n < i->n_links; n++)
		if (interfaces_is_live(&i->links[n]) && interfaces_is_inner(i, &i->links[n]))
			return true;
	return false;
}

const uint8_t *interfaces_own_mac(const struct interfaces *i)
{
	const struct interface *best = NULL;

	for (size_t n = 0; n < i->n_links; n++) {
		const struct interface *link = &i->links[n];

		if (link->has_mac && !(link->flags & IFF_LOOPBACK) &&
		    (!best || (link->outside && !best->outside)))
			best = link;
	}
	return best ? best->mac : NULL;
}
