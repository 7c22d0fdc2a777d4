/* SPDX-License-Identifier: MIT */
/* One conntrack entry as the kernel tells it (linux/netfilter/nfnetlink_conntrack.h). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

/*
 * One direction. Ports are in host order. ICMP and ICMPv6: sport is the id, dport is type x 256 + code.
 * Protocols without ports have has_ports unset in the entry and 0 here.
 */
struct ct_tuple {
	struct address src, dst;
	uint16_t sport, dport;
};

enum ct_direction {
	CT_ORIG,
	CT_REPLY,
	CT_DIRECTIONS,
};

struct ct_entry {
	struct ct_tuple tuple[CT_DIRECTIONS];
	uint64_t packets[CT_DIRECTIONS], bytes[CT_DIRECTIONS]; /* 0 without has_counters */
	uint64_t start;	 /* ns of Unix time, 0 when the kernel has no timestamps */
	uint32_t id;	 /* CTA_ID: stable, not unique */
	uint32_t status; /* IPS_* */
	uint32_t mark;
	uint32_t timeout; /* s */
	uint16_t zone;	  /* 0 when there is none */
	uint8_t protocol; /* IPPROTO_* */
	uint8_t state;	  /* the protocol's own (TCP_CONNTRACK_*, SCTP_CONNTRACK_*), 0 when it has none */
	bool has_counters;
	bool has_ports;
	bool has_status, has_timeout, has_state; /* a DESTROY message brings less than a dump */
};
