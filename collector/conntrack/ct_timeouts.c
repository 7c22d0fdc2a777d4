/* SPDX-License-Identifier: MIT */
#include "ct_timeouts.h"

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdio.h>

#include "util.h"

static uint32_t read_one(const char *name)
{
	char path[128];
	_cleanup_(cleanup_fclose) FILE *f = NULL;
	uint32_t seconds;

	snprintf(path, sizeof(path), "/proc/sys/net/netfilter/nf_conntrack_%s", name);
	f = fopen(path, "re");
	return f && fscanf(f, "%u", &seconds) == 1 ? seconds : 0;
}

void ct_timeouts_read(struct ct_timeouts *ret)
{
	*ret = (struct ct_timeouts){
	    .tcp =
		{
		    [TCP_CONNTRACK_SYN_SENT] = read_one("tcp_timeout_syn_sent"),
		    [TCP_CONNTRACK_SYN_RECV] = read_one("tcp_timeout_syn_recv"),
		    [TCP_CONNTRACK_ESTABLISHED] = read_one("tcp_timeout_established"),
		    [TCP_CONNTRACK_FIN_WAIT] = read_one("tcp_timeout_fin_wait"),
		    [TCP_CONNTRACK_CLOSE_WAIT] = read_one("tcp_timeout_close_wait"),
		    [TCP_CONNTRACK_LAST_ACK] = read_one("tcp_timeout_last_ack"),
		    [TCP_CONNTRACK_TIME_WAIT] = read_one("tcp_timeout_time_wait"),
		    [TCP_CONNTRACK_CLOSE] = read_one("tcp_timeout_close"),
		},
	    .tcp_retransmitted = read_one("tcp_timeout_max_retrans"),
	    .tcp_unacknowledged = read_one("tcp_timeout_unacknowledged"),
	    .udp = read_one("udp_timeout"),
	    .udp_stream = read_one("udp_timeout_stream"),
	    .icmp = read_one("icmp_timeout"),
	    .icmpv6 = read_one("icmpv6_timeout"),
	};
}

/* While data waits for an answer, the kernel keeps a connection for a short time only. */
static uint32_t of_tcp(const struct ct_timeouts *t, const struct ct_entry *e)
{
	uint32_t usual = e->state < CT_TIMEOUTS_TCP ? t->tcp[e->state] : 0;

	if (e->timeout <= t->tcp_unacknowledged && t->tcp_unacknowledged < usual)
		return t->tcp_unacknowledged;
	if (e->timeout <= t->tcp_retransmitted && t->tcp_retransmitted < usual)
		return t->tcp_retransmitted;
	return usual;
}

static uint32_t granted(const struct ct_timeouts *t, const struct ct_entry *e)
{
	switch (e->protocol) {
	case IPPROTO_TCP:
		return of_tcp(t, e);
	case IPPROTO_UDP:
		return e->status & IPS_ASSURED ? t->udp_stream : t->udp;
	case IPPROTO_ICMP:
		return t->icmp;
	case IPPROTO_ICMPV6:
		return t->icmpv6;
	default:
		return 0;
	}
}

uint32_t ct_timeouts_idle(const struct ct_timeouts *t, const struct ct_entry *e)
{
	uint32_t most = granted(t, e);

	/* While a flowtable forwards it, and where it has no state, its time left says nothing. */
	if (!e->has_timeout || e->status & IPS_OFFLOAD || (e->protocol == IPPROTO_TCP && !e->has_state))
		return 0;
	return e->timeout < most ? most - e->timeout : 0;
}
