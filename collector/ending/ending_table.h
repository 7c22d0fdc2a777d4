/* SPDX-License-Identifier: MIT */
/*
 * Our table of nftables, as requests to the kernel (linux/netfilter/nf_tables.h). In the words of nft(8):
 *
 *	table inet connvis_ended {
 *		flags owner
 *		set ported { type inet_proto; flags constant; elements = { tcp, udp, dccp, sctp, udplite } }
 *		set flows4 {
 *			type inet_proto . ipv4_addr . inet_service . ipv4_addr . inet_service
 *			size 8192; flags timeout; timeout 10s
 *		}
 *		set pairs4 { type inet_proto . ipv4_addr . ipv4_addr; size 8192; flags timeout; timeout 10s }
 *		…	and both for IPv6
 *		chain refuse {
 *			meta l4proto tcp reject with tcp reset
 *			reject with icmpx port-unreachable
 *		}
 *		chain find {
 *			meta nfproto ipv4 meta l4proto @ported
 *				meta l4proto . ip saddr . th sport . ip daddr . th dport @flows4 goto refuse
 *			…	and for IPv6
 *			meta l4proto @ported return
 *			icmp type != echo-request return
 *			icmpv6 type != echo-request return
 *			meta l4proto . ip saddr . ip daddr @pairs4 goto refuse
 *			…	and for IPv6
 *		}
 *		chain arriving {
 *			type filter hook prerouting priority -190
 *			iiftype loopback accept
 *			goto find
 *		}
 *		chain sent {
 *			type filter hook output priority -190
 *			tcp flags rst accept
 *			goto find
 *		}
 *	}
 *
 * Where: before the router translates an address, for there a packet has what the entry says of its direction, whatever
 * NAT does, and before all that an administrator's rules decide. What comes from elsewhere arrives, be it forwarded or
 * for the router itself: where the entry that masqueraded is gone, the remote's packets are for the router. What the
 * router sends itself is in output. After conntrack has looked at the packet (-200), so that the reset belongs to a
 * connection, and an administrator's output that lets only "related" pass does so.
 *
 * What arrives by loopback was in output before; but our own resets to programs of the router come by it, too, and they
 * go through output wherever they go to. A flowtable does not let a connection past these chains for longer than its
 * entry lives (flow_offload_lookup in the kernel).
 *
 * Protocols without ports are refused by their addresses. Of ICMP it is the requests alone: answers make no entry, and
 * with masquerading those of all devices come to the same address.
 *
 * The kernel takes the table away when the socket of its owner is closed, even by a kill, and nobody else can change it:
 * "flush ruleset" goes past it. nft lists it, and reads what it has listed.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ct_table.h"
#include "ending_batch.h"

/* Not "connvis", as administrators may call theirs. */
#define ENDING_TABLE "connvis_ended"

/* Connections in one batch; all of them IPv6 take 16 KiB. */
#define ENDING_BATCH 128
#define ENDING_BATCH_BYTES 32768

/* The first request is that for the table itself, which fails with -EEXIST where there is one. */
void ending_table_put_make(struct ending_batch *b);
/* Refuses these; at most ENDING_BATCH. */
void ending_table_put_flows(struct ending_batch *b, const struct ct_connection *const *connections, size_t n);
void ending_table_put_remove(struct ending_batch *b);
