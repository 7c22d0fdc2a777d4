/* SPDX-License-Identifier: MIT */
#include "inject_send.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

enum {
	BATCH = 32 * 1024,
	MESSAGE_MAX = 1024,
	DELETING = 1 << 30, /* in a sequence number: what the message asked for */
	MARKING = 1 << 29,
};

struct inject_sender {
	struct mnl_socket *socket;
	struct inject_plan plan;
	struct inject_counts counts;
	uint32_t sequence;
	size_t used;
	_Alignas(struct nlmsghdr) char batch[BATCH + MESSAGE_MAX];
};

int inject_sender_new(struct inject_sender **ret, const struct inject_plan *plan)
{
	struct inject_sender *s = calloc(1, sizeof(*s));
	int on = 1, room = 8 * 1024 * 1024;

	if (!s)
		return -ENOMEM;
	s->plan = *plan;
	s->socket = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (!s->socket || mnl_socket_bind(s->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
		int r = -errno;

		inject_sender_free(s);
		return r;
	}
	/* error messages without the request, and room for one of each message of a batch */
	(void)mnl_socket_setsockopt(s->socket, NETLINK_CAP_ACK, &on, sizeof(on));
	(void)setsockopt(mnl_socket_get_fd(s->socket), SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	*ret = s;
	return 0;
}

struct inject_sender *inject_sender_free(struct inject_sender *s)
{
	if (!s)
		return NULL;
	if (s->socket)
		mnl_socket_close(s->socket);
	free(s);
	return NULL;
}

static struct nlmsghdr *begin(struct inject_sender *s, uint8_t message, uint16_t flags, bool ipv6)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(s->batch + s->used);
	struct nfgenmsg *family = mnl_nlmsg_put_extra_header(nlh, sizeof(*family));

	nlh->nlmsg_type = (uint16_t)(NFNL_SUBSYS_CTNETLINK << 8 | message);
	nlh->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	nlh->nlmsg_seq = ++s->sequence % MARKING | (message == IPCTNL_MSG_CT_DELETE ? (uint32_t)DELETING : 0);
	family->nfgen_family = ipv6 ? AF_INET6 : AF_INET;
	family->version = NFNETLINK_V0;
	return nlh;
}

static void put_address(struct nlmsghdr *nlh, const struct address *a, uint16_t ipv4_type, uint16_t ipv6_type)
{
	const uint8_t *bytes;
	size_t n = address_wire(a, &bytes);

	mnl_attr_put(nlh, n == 4 ? ipv4_type : ipv6_type, n, bytes);
}

static void put_icmp(struct nlmsghdr *nlh, const struct inject_entry *e, bool reply)
{
	bool ipv6 = e->protocol == IPPROTO_ICMPV6;

	/* echo request and echo reply */
	mnl_attr_put_u16(nlh, ipv6 ? CTA_PROTO_ICMPV6_ID : CTA_PROTO_ICMP_ID, htons(e->sport));
	mnl_attr_put_u8(nlh, ipv6 ? CTA_PROTO_ICMPV6_TYPE : CTA_PROTO_ICMP_TYPE,
			ipv6 ? (reply ? 129 : 128) : (reply ? 0 : 8));
	mnl_attr_put_u8(nlh, ipv6 ? CTA_PROTO_ICMPV6_CODE : CTA_PROTO_ICMP_CODE, 0);
}

static bool has_ports(uint8_t protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE ||
	       protocol == IPPROTO_SCTP || protocol == IPPROTO_DCCP || protocol == IPPROTO_GRE;
}

static void put_tuple(struct nlmsghdr *nlh, const struct inject_entry *e, bool reply)
{
	struct nlattr *tuple = mnl_attr_nest_start(nlh, reply ? CTA_TUPLE_REPLY : CTA_TUPLE_ORIG), *part;

	part = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);
	put_address(nlh, reply ? &e->dst : &e->src, CTA_IP_V4_SRC, CTA_IP_V6_SRC);
	put_address(nlh, reply ? &e->src : &e->dst, CTA_IP_V4_DST, CTA_IP_V6_DST);
	mnl_attr_nest_end(nlh, part);
	part = mnl_attr_nest_start(nlh, CTA_TUPLE_PROTO);
	mnl_attr_put_u8(nlh, CTA_PROTO_NUM, e->protocol);
	if (e->protocol == IPPROTO_ICMP || e->protocol == IPPROTO_ICMPV6) {
		put_icmp(nlh, e, reply);
	} else if (has_ports(e->protocol)) {
		mnl_attr_put_u16(nlh, CTA_PROTO_SRC_PORT, htons(reply ? e->dport : e->sport));
		mnl_attr_put_u16(nlh, CTA_PROTO_DST_PORT, htons(reply ? e->sport : e->dport));
	}
	mnl_attr_nest_end(nlh, part);
	mnl_attr_nest_end(nlh, tuple);
}

static void put_state(struct nlmsghdr *nlh, const struct inject_entry *e)
{
	struct nlattr *outer = mnl_attr_nest_start(nlh, CTA_PROTOINFO), *inner;

	if (e->protocol == IPPROTO_TCP) {
		/* no packet will come by whose window could be checked */
		struct nf_ct_tcp_flags liberal = {IP_CT_TCP_FLAG_BE_LIBERAL, IP_CT_TCP_FLAG_BE_LIBERAL};

		inner = mnl_attr_nest_start(nlh, CTA_PROTOINFO_TCP);
		mnl_attr_put_u8(nlh, CTA_PROTOINFO_TCP_STATE, e->state);
		mnl_attr_put(nlh, CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, sizeof(liberal), &liberal);
		mnl_attr_put(nlh, CTA_PROTOINFO_TCP_FLAGS_REPLY, sizeof(liberal), &liberal);
	} else {
		inner = mnl_attr_nest_start(nlh, CTA_PROTOINFO_SCTP);
		mnl_attr_put_u8(nlh, CTA_PROTOINFO_SCTP_STATE, e->state);
		mnl_attr_put_u32(nlh, CTA_PROTOINFO_SCTP_VTAG_ORIGINAL, htonl(e->sport));
		mnl_attr_put_u32(nlh, CTA_PROTOINFO_SCTP_VTAG_REPLY, htonl(e->dport));
	}
	mnl_attr_nest_end(nlh, inner);
	mnl_attr_nest_end(nlh, outer);
}

static void put_nat(struct nlmsghdr *nlh, const struct inject_entry *e)
{
	struct nlattr *nat =
	    mnl_attr_nest_start(nlh, e->nat == INJECT_NAT_SOURCE ? CTA_NAT_SRC : CTA_NAT_DST);
	struct nlattr *ports;

	put_address(nlh, &e->nat_address, CTA_NAT_V4_MINIP, CTA_NAT_V6_MINIP);
	if (e->nat_port && has_ports(e->protocol)) {
		ports = mnl_attr_nest_start(nlh, CTA_NAT_PROTO);
		mnl_attr_put_u16(nlh, CTA_PROTONAT_PORT_MIN, htons(e->nat_port));
		mnl_attr_put_u16(nlh, CTA_PROTONAT_PORT_MAX, htons(e->nat_port));
		mnl_attr_nest_end(nlh, ports);
	}
	mnl_attr_nest_end(nlh, nat);
}

static uint32_t status(const struct inject_entry *e)
{
	if (e->protocol == IPPROTO_TCP && e->state <= TCP_CONNTRACK_SYN_SENT)
		return IPS_CONFIRMED;
	return IPS_CONFIRMED | IPS_SEEN_REPLY | IPS_ASSURED;
}

static int queued(struct inject_sender *s, const struct nlmsghdr *nlh)
{
	s->used += MNL_ALIGN(nlh->nlmsg_len);
	return s->used >= BATCH ? inject_sync(s) : 0;
}

int inject_create(struct inject_sender *s, uint32_t number)
{
	struct inject_entry e = inject_plan_entry(&s->plan, number);
	struct nlmsghdr *nlh =
	    begin(s, IPCTNL_MSG_CT_NEW, NLM_F_CREATE | NLM_F_EXCL, !address_is_ipv4(&e.src));

	put_tuple(nlh, &e, false);
	put_tuple(nlh, &e, true);
	mnl_attr_put_u32(nlh, CTA_TIMEOUT, htonl(s->plan.timeout));
	mnl_attr_put_u32(nlh, CTA_STATUS, htonl(status(&e)));
	if (s->plan.mark)
		mnl_attr_put_u32(nlh, CTA_MARK, htonl(s->plan.mark));
	if (s->plan.zone)
		mnl_attr_put_u16(nlh, CTA_ZONE, htons(s->plan.zone));
	if (e.state)
		put_state(nlh, &e);
	if (e.nat != INJECT_NAT_NONE)
		put_nat(nlh, &e);
	s->counts.created++;
	return queued(s, nlh);
}

int inject_delete(struct inject_sender *s, uint32_t number)
{
	struct inject_entry e = inject_plan_entry(&s->plan, number);
	struct nlmsghdr *nlh = begin(s, IPCTNL_MSG_CT_DELETE, 0, !address_is_ipv4(&e.src));

	put_tuple(nlh, &e, false);
	if (s->plan.zone)
		mnl_attr_put_u16(nlh, CTA_ZONE, htons(s->plan.zone));
	s->counts.deleted++;
	return queued(s, nlh);
}

int inject_mark(struct inject_sender *s, uint32_t number, uint32_t mark)
{
	struct inject_entry e = inject_plan_entry(&s->plan, number);
	struct nlmsghdr *nlh = begin(s, IPCTNL_MSG_CT_NEW, 0, !address_is_ipv4(&e.src));

	nlh->nlmsg_seq |= MARKING;
	put_tuple(nlh, &e, false);
	mnl_attr_put_u32(nlh, CTA_MARK, htonl(mark));
	if (s->plan.zone)
		mnl_attr_put_u16(nlh, CTA_ZONE, htons(s->plan.zone));
	return queued(s, nlh);
}

static void refused(struct inject_counts *c, int error, uint32_t sequence)
{
	bool deleting = sequence & DELETING;

	if (deleting)
		c->deleted--;
	else if (!(sequence & MARKING))
		c->created--;
	if (error == -EEXIST) {
		c->existing++;
	} else if (error == -ENOENT && deleting) {
		c->missing++;
	} else {
		c->failed++;
		c->error = error;
	}
}

int inject_sync(struct inject_sender *s)
{
	_Alignas(struct nlmsghdr) char buffer[8192];
	int fd = mnl_socket_get_fd(s->socket);
	ssize_t n;

	if (!s->used)
		return 0;
	if (mnl_socket_sendto(s->socket, s->batch, s->used) < 0)
		return -errno;
	s->used = 0;
	/* the kernel worked the batch off within the call above; only refusals are answered */
	while ((n = recv(fd, buffer, sizeof(buffer), MSG_DONTWAIT)) >= 0) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;

		for (int left = (int)n; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
			const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);

			if (nlh->nlmsg_type == NLMSG_ERROR && e->error)
				refused(&s->counts, e->error, nlh->nlmsg_seq);
		}
	}
	return errno == EAGAIN ? 0 : -errno;
}

int inject_flush(struct inject_sender *s)
{
	struct nfgenmsg *family;
	struct nlmsghdr *nlh;
	int r = inject_sync(s);

	if (r < 0)
		return r;
	nlh = begin(s, IPCTNL_MSG_CT_DELETE, 0, false);
	family = mnl_nlmsg_get_payload(nlh);
	family->nfgen_family = AF_UNSPEC;
	s->counts.deleted++; /* a refusal takes it back */
	r = queued(s, nlh);
	if (r == 0)
		r = inject_sync(s);
	s->counts.deleted--;
	if (r == 0 && s->counts.error)
		r = s->counts.error;
	return r;
}

struct inject_counts inject_counts(const struct inject_sender *s)
{
	return s->counts;
}
