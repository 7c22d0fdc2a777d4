/* SPDX-License-Identifier: MIT */
/* Connections to be ended. */
#pragma once

#include <arpa/inet.h>

#include "../cmocka_all.h"
#include "ct_table.h"

/* One of 192.0.2.1 (or 2001:db8::1), masqueraded behind 203.0.113.1, port 40000; of IPv6 without. */
static inline struct ct_connection flow_make(uint8_t protocol, bool ipv4, uint16_t sport, uint16_t dport)
{
	struct ct_connection c = {.id = 0x12345678, .protocol = protocol};
	struct ct_tuple *orig = &c.tuple[CT_ORIG], *reply = &c.tuple[CT_REPLY];

	assert_int_equal(address_parse(&orig->src, ipv4 ? "192.0.2.1" : "2001:db8::1"), 0);
	assert_int_equal(address_parse(&orig->dst, ipv4 ? "198.51.100.7" : "2001:db8:1000::7"), 0);
	reply->src = orig->dst;
	reply->dst = orig->src;
	if (ipv4)
		assert_int_equal(address_parse(&reply->dst, "203.0.113.1"), 0);
	c.has_ports = sport || dport;
	orig->sport = reply->dport = sport;
	orig->dport = reply->sport = dport;
	if (ipv4 && c.has_ports)
		reply->dport = 40000;
	return c;
}
