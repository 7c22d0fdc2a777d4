/* SPDX-License-Identifier: MIT */
/* Entries for the tests of the connection table. */
#pragma once

#include <linux/netfilter/nf_conntrack_tcp.h>
#include <stdint.h>
#include <string.h>

#include "ct_table.h"

/* A TCP entry 192.0.2.1:port > 198.51.100.1:443 with accounting and counters of 0. */
static inline struct ct_entry entry_make(uint16_t port, uint32_t id)
{
	struct ct_entry e = {
	    .id = id,
	    .protocol = IPPROTO_TCP,
	    .state = TCP_CONNTRACK_ESTABLISHED,
	    .timeout = 600,
	    .has_counters = true,
	    .has_ports = true,
	    .has_status = true,
	    .has_timeout = true,
	    .has_state = true,
	};

	e.tuple[CT_ORIG].src = address_from_ipv4((const uint8_t[]){192, 0, 2, 1});
	e.tuple[CT_ORIG].dst = address_from_ipv4((const uint8_t[]){198, 51, 100, 1});
	e.tuple[CT_ORIG].sport = port;
	e.tuple[CT_ORIG].dport = 443;
	e.tuple[CT_REPLY].src = e.tuple[CT_ORIG].dst;
	e.tuple[CT_REPLY].dst = e.tuple[CT_ORIG].src;
	e.tuple[CT_REPLY].sport = 443;
	e.tuple[CT_REPLY].dport = port;
	return e;
}

/* What the kernel's NEW event leaves out: counters and the start. */
static inline struct ct_entry entry_as_new(struct ct_entry e)
{
	memset(e.packets, 0, sizeof(e.packets));
	memset(e.bytes, 0, sizeof(e.bytes));
	e.has_counters = false;
	e.start = 0;
	return e;
}

static inline struct ct_entry entry_counted(struct ct_entry e, uint64_t packets)
{
	e.packets[CT_ORIG] = packets;
	e.packets[CT_REPLY] = packets * 2;
	e.bytes[CT_ORIG] = packets * 100;
	e.bytes[CT_REPLY] = packets * 3000;
	return e;
}
