/* SPDX-License-Identifier: MIT */
#include "rtnl_message.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/socket.h>

/* What is left of a message's attributes. */
struct attributes {
	const struct nlattr *at;
	int left; /* bytes; below 0 where the last one had no padding */
};

/* 1 with the next attribute in *ret, 0 at the end, -EBADMSG. */
static int next(struct attributes *a, const struct nlattr **ret)
{
	if (!mnl_attr_ok(a->at, a->left))
		return a->left > 0 ? -EBADMSG : 0;
	*ret = a->at;
	a->left -= (int)NLA_ALIGN(a->at->nla_len);
	a->at = mnl_attr_next(a->at);
	return 1;
}

/* The fixed part after the netlink header, and the attributes behind it. */
static int split(const struct nlmsghdr *nlh, void *fixed, size_t size, struct attributes *ret)
{
	if (nlh->nlmsg_len < NLMSG_HDRLEN + size)
		return -EBADMSG;
	memcpy(fixed, mnl_nlmsg_get_payload(nlh), size);
	ret->at = mnl_nlmsg_get_payload_offset(nlh, size);
	ret->left = (int)(nlh->nlmsg_len - NLMSG_HDRLEN) - (int)NLMSG_ALIGN(size);
	return 0;
}

static bool take_address(struct address *ret, uint8_t family, const struct nlattr *a)
{
	if (family == AF_INET && mnl_attr_get_payload_len(a) == 4)
		*ret = address_from_ipv4(mnl_attr_get_payload(a));
	else if (family == AF_INET6 && mnl_attr_get_payload_len(a) == 16)
		*ret = address_from_ipv6(mnl_attr_get_payload(a));
	else
		return false;
	return true;
}

static void take_mac(struct rtnl_message *m, const struct nlattr *a)
{
	static const uint8_t none[6];
	const uint8_t *mac = mnl_attr_get_payload(a);

	m->has_mac = mnl_attr_get_payload_len(a) == 6 && memcmp(mac, none, 6) && !(mac[0] & 1);
	if (m->has_mac)
		memcpy(m->mac, mac, 6);
}

static int parse_link(struct rtnl_message *m, const struct nlmsghdr *nlh)
{
	struct ifinfomsg info;
	struct attributes attributes;
	const struct nlattr *a;
	int r = split(nlh, &info, sizeof(info), &attributes);

	if (r < 0)
		return r;
	m->kind = RTNL_LINK;
	m->interface = info.ifi_index;
	m->flags = info.ifi_flags;
	while ((r = next(&attributes, &a)) > 0)
		if (mnl_attr_get_type(a) == IFLA_ADDRESS && info.ifi_type == ARPHRD_ETHER)
			take_mac(m, a);
	return r;
}

static int parse_address(struct rtnl_message *m, const struct nlmsghdr *nlh)
{
	struct ifaddrmsg info;
	struct attributes attributes;
	const struct nlattr *a;
	bool local = false, any = false;
	int r = split(nlh, &info, sizeof(info), &attributes);

	if (r < 0)
		return r;
	m->interface = (int)info.ifa_index;
	/* IFA_LOCAL is this machine's own; on a point-to-point link IFA_ADDRESS is the other end. */
	while ((r = next(&attributes, &a)) > 0) {
		if (mnl_attr_get_type(a) == IFA_LOCAL)
			any |= local = take_address(&m->address, info.ifa_family, a);
		else if (mnl_attr_get_type(a) == IFA_ADDRESS && !local)
			any |= take_address(&m->address, info.ifa_family, a);
	}
	if (r < 0 || !any)
		return r;
	if (info.ifa_prefixlen > (info.ifa_family == AF_INET ? 32 : 128))
		return -EBADMSG;
	m->prefix = (uint8_t)(info.ifa_prefixlen + (info.ifa_family == AF_INET ? 96 : 0));
	m->kind = RTNL_ADDRESS;
	return 0;
}

static void add_hop(struct rtnl_message *m, int interface)
{
	if (m->n_hops < RTNL_HOPS_MAX)
		m->hops[m->n_hops++] = interface;
}

static int parse_hops(struct rtnl_message *m, const struct nlattr *a)
{
	const uint8_t *at = mnl_attr_get_payload(a);
	size_t left = mnl_attr_get_payload_len(a);

	while (left) {
		struct rtnexthop hop;
		size_t whole;

		if (left < sizeof(hop))
			return -EBADMSG;
		memcpy(&hop, at, sizeof(hop));
		if (hop.rtnh_len < sizeof(hop) || hop.rtnh_len > left)
			return -EBADMSG;
		add_hop(m, hop.rtnh_ifindex);
		whole = (size_t)RTNH_ALIGN(hop.rtnh_len);
		if (whole > left)
			whole = left;
		at += whole;
		left -= whole;
	}
	return 0;
}

static int parse_route(struct rtnl_message *m, const struct nlmsghdr *nlh)
{
	struct rtmsg info;
	struct attributes attributes;
	const struct nlattr *a;
	int r = split(nlh, &info, sizeof(info), &attributes);

	if (r < 0)
		return r;
	if (info.rtm_dst_len || info.rtm_type != RTN_UNICAST ||
	    (info.rtm_family != AF_INET && info.rtm_family != AF_INET6))
		return 0;
	while ((r = next(&attributes, &a)) > 0) {
		int interface;

		if (mnl_attr_get_type(a) == RTA_OIF && mnl_attr_get_payload_len(a) == sizeof(interface)) {
			memcpy(&interface, mnl_attr_get_payload(a), sizeof(interface));
			add_hop(m, interface);
		} else if (mnl_attr_get_type(a) == RTA_MULTIPATH) {
			r = parse_hops(m, a);
			if (r < 0)
				return r;
		}
	}
	if (r == 0)
		m->kind = RTNL_DEFAULT_ROUTE;
	return r;
}

static int parse_neighbour(struct rtnl_message *m, const struct nlmsghdr *nlh)
{
	struct ndmsg info;
	struct attributes attributes;
	const struct nlattr *a;
	bool any = false;
	int r = split(nlh, &info, sizeof(info), &attributes);

	if (r < 0)
		return r;
	m->interface = info.ndm_ifindex;
	m->state = info.ndm_state;
	while ((r = next(&attributes, &a)) > 0) {
		if (mnl_attr_get_type(a) == NDA_DST)
			any = take_address(&m->address, info.ndm_family, a);
		else if (mnl_attr_get_type(a) == NDA_LLADDR)
			take_mac(m, a);
	}
	if (r == 0 && any && !(info.ndm_flags & NTF_PROXY))
		m->kind = RTNL_NEIGHBOUR;
	return r;
}

int rtnl_message_parse(struct rtnl_message *ret, const struct nlmsghdr *nlh)
{
	struct rtnl_message m = {};
	int r = 0;

	switch (nlh->nlmsg_type) {
	case RTM_NEWLINK:
	case RTM_DELLINK:
		r = parse_link(&m, nlh);
		break;
	case RTM_NEWADDR:
	case RTM_DELADDR:
		r = parse_address(&m, nlh);
		break;
	case RTM_NEWROUTE:
	case RTM_DELROUTE:
		r = parse_route(&m, nlh);
		break;
	case RTM_NEWNEIGH:
	case RTM_DELNEIGH:
		r = parse_neighbour(&m, nlh);
		break;
	default:
		break;
	}
	if (r < 0)
		return r;
	m.removed = nlh->nlmsg_type == RTM_DELLINK || nlh->nlmsg_type == RTM_DELADDR ||
		    nlh->nlmsg_type == RTM_DELROUTE || nlh->nlmsg_type == RTM_DELNEIGH;
	*ret = m;
	return 0;
}
