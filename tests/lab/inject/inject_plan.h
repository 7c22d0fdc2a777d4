/* SPDX-License-Identifier: MIT */
/* Which conntrack entries the injector makes: number and seed give the same entry each time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

enum { INJECT_LIST_MAX = 16 };

enum inject_nat {
	INJECT_NAT_NONE,
	INJECT_NAT_SOURCE,	/* as a router's masquerade */
	INJECT_NAT_DESTINATION, /* as a port forward; the remote is the source */
	INJECT_NAT_MIXED,	/* in a plan: each of the above */
};

struct inject_networks {
	struct network of[INJECT_LIST_MAX];
	size_t n;
};

struct inject_plan {
	uint64_t seed;
	struct inject_networks devices, remotes; /* of both families */
	struct address nat_ipv4, nat_ipv6;	 /* the router's outer addresses */
	bool ipv4, ipv6;
	uint8_t
	    protocols[INJECT_LIST_MAX]; /* IPPROTO_*; ICMP stands for ICMPv6 too and the other way round */
	size_t n_protocols;
	enum inject_nat nat;
	bool mixed_states; /* TCP in all states; else established */
	uint32_t timeout;  /* s */
	uint32_t mark;
	uint16_t zone;
};

struct inject_entry {
	struct address src, dst;
	uint16_t sport, dport; /* ICMP: sport is the id */
	uint8_t protocol;
	uint8_t state; /* TCP_CONNTRACK_* or SCTP_CONNTRACK_*, 0 for none */
	enum inject_nat nat;
	struct address nat_address; /* the new source or destination */
	uint16_t nat_port;	    /* of a destination */
};

/* Defaults: both families; TCP, UDP and ICMP; documentation addresses; no NAT; 600 s. */
struct inject_plan inject_plan_default(void);

/* Reads "NETWORK[,NETWORK…]". 0, or -EINVAL. */
int inject_networks_parse(struct inject_networks *ret, const char *text);

/* Reads "tcp,udp,icmp,sctp,udplite,gre,NUMBER…" into the plan. 0, or -EINVAL. */
int inject_protocols_parse(struct inject_plan *p, const char *text);

/* The entry with this number. The plan has networks for each of its families. */
struct inject_entry inject_plan_entry(const struct inject_plan *p, uint32_t number);

/* Whether there are devices, remotes and protocols for each family. */
bool inject_plan_is_whole(const struct inject_plan *p);
