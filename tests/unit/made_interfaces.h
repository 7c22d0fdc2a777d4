/* SPDX-License-Identifier: MIT */
/* Interfaces of a router, as rtnetlink tells of them, for the tests of what is made of them. */
#pragma once

#include <net/if.h>
#include <string.h>

#include "cmocka_all.h"
#include "interfaces.h"

enum {
	LO = 1,
	WAN,
	LAN,
	GUEST,
};

static struct interfaces known;
static bool leases; /* addresses have an end */

static inline void link_up(int index, uint32_t flags)
{
	struct rtnl_message m = {
	    .kind = RTNL_LINK, .interface = index, .flags = IFF_UP | IFF_RUNNING | flags};

	m.has_mac = index != LO;
	m.mac[5] = (uint8_t)index;
	interfaces_take(&known, &m);
}

static inline void address(int index, const char *text, uint8_t prefix)
{
	struct rtnl_message m = {
	    .kind = RTNL_ADDRESS, .interface = index, .prefix = prefix, .leased = leases};

	assert_int_equal(address_parse(&m.address, text), 0);
	interfaces_take(&known, &m);
}

static inline void outside_route(int index)
{
	struct rtnl_message m = {.kind = RTNL_OUTSIDE_ROUTE, .n_hops = 1, .hops = {index}};

	interfaces_take(&known, &m);
}
