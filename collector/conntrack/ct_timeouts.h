/* SPDX-License-Identifier: MIT */
/*
 * How long the kernel keeps an entry after its last packet, so that the time that it has left tells when that was
 * (net.netfilter.nf_conntrack_*_timeout*, Documentation/networking/nf_conntrack-sysctl.rst). A rule with a policy of
 * its own (nft's "ct timeout") is not seen.
 */
#pragma once

#include <stdint.h>

#include "ct_entry.h"

#define CT_TIMEOUTS_TCP 10 /* states of TCP, by their number (enum tcp_conntrack) */

/* Seconds; 0: unknown. */
struct ct_timeouts {
	uint32_t tcp[CT_TIMEOUTS_TCP];
	uint32_t tcp_retransmitted, tcp_unacknowledged;
	uint32_t udp, udp_stream;
	uint32_t icmp, icmpv6;
};

/* Of the network namespace that this process is in; what cannot be read is unknown. */
void ct_timeouts_read(struct ct_timeouts *ret);

/* Seconds since the last packet of e; 0 where that is not known. */
uint32_t ct_timeouts_idle(const struct ct_timeouts *t, const struct ct_entry *e);
