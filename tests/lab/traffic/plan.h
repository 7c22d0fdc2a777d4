/* SPDX-License-Identifier: MIT */
/* The lab's hosts and what its devices do, read from the text files of tests/lab/household. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <netinet/in.h>

#define PLAN_NAME_MAX 32
#define PLAN_HOSTS_MAX 128
#define PLAN_FLOWS_MAX 256
#define PLAN_TARGETS_MAX PLAN_HOSTS_MAX /* of one flow */
#define PLAN_DOMAIN_MAX 254		/* bytes of a domain name as text, with its NUL */

struct plan_host {
	char name[PLAN_NAME_MAX];
	struct in_addr ipv4;
	struct in6_addr ipv6;
	bool has_ipv6;
};

/* Whom a flow calls: a host whose address is known, or a domain name that the DNS server is asked for. */
struct plan_target {
	bool is_domain;
	size_t host; /* position in plan.hosts */
	char domain[PLAN_DOMAIN_MAX];
};

/* One line of the plan: a device and a target that talk in exchanges (so much up, so much down) over one
 * connection after another. */
struct plan_flow {
	char device[PLAN_NAME_MAX];
	struct plan_target *targets; /* one is drawn for each connection */
	size_t n_targets;
	bool udp, ipv6;
	bool inbound; /* a host begins, at the router's port; the device answers at serve */
	uint16_t port, serve;
	uint32_t up, down;  /* bytes of an exchange */
	uint32_t rate;	    /* bytes/s, either way; 0: at once */
	uint32_t every;	    /* ms between two exchanges */
	uint32_t exchanges; /* of a connection; 0: without end */
	uint32_t pause;	    /* ms between two connections */
};

struct plan {
	struct plan_host hosts[PLAN_HOSTS_MAX];
	struct plan_flow flows[PLAN_FLOWS_MAX];
	size_t n_hosts, n_flows;
};

/* Reads both files into plan (zeroed by the caller). What is wrong is told on standard error. 0 or -errno. */
int plan_read_hosts(struct plan *plan, const char *path);
int plan_read_flows(struct plan *plan, const char *path);

/* Frees what the plan holds, not the plan itself. */
void plan_done(struct plan *plan);
