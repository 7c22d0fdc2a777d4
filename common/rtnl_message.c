/* SPDX-License-Identifier: MIT */
#include "rtnl_message.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/socket.h>

#include "util.h"

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
	m->leased = !(info.ifa_flags & IFA_F_PERMANENT);
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

/* Of all addresses of the family, so many that no owner has them all, and not ones that stay within a home or a
 * company (RFC 1918, loopback, multicast and reserved; RFC 4193, link-local, multicast). */
static bool is_wide(const struct network *n)
{
	static const char *const narrow[] = {"10.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3",
					     "fc00::/7",   "fe80::/10",	  "ff00::/8"};

	if (n->length > (address_is_ipv4(&n->base) ? 96 + 8 : 16))
		return false;
	for (size_t i = 0; i < ELEMENTS_OF(narrow); i++) {
		struct network within;

		if (network_parse(&within, narrow[i]) == 0 && n->length >= within.length &&
		    network_contains(&within, &n->base))
			return false;
	}
	return true;
}

static int take_route(struct rtnl_message *m, struct attributes *attributes, struct network *to,
		      bool *gateway)
{
	const uint8_t family = address_is_ipv4(&to->base) ? AF_INET : AF_INET6;
	const struct nlattr *a;
	int r;

	while ((r = next(attributes, &a)) > 0) {
		int type = mnl_attr_get_type(a), interface;

		if (type == RTA_OIF && mnl_attr_get_payload_len(a) == sizeof(interface)) {
			memcpy(&interface, mnl_attr_get_payload(a), sizeof(interface));
			add_hop(m, interface);
		} else if (type == RTA_MULTIPATH) {
			r = parse_hops(m, a);
			if (r < 0)
				return r;
		} else if (type == RTA_DST) {
			(void)take_address(&to->base, family, a);
		} else if (type == RTA_GATEWAY || type == RTA_VIA) {
			*gateway = true;
		}
	}
	return r;
}

static int parse_route(struct rtnl_message *m, const struct nlmsghdr *nlh)
{
	static const uint8_t zero[4];
	struct rtmsg info;
	struct attributes attributes;
	struct network to = {};
	bool gateway = false;
	int r = split(nlh, &info, sizeof(info), &attributes);

	if (r < 0)
		return r;
	if (info.rtm_type != RTN_UNICAST || (info.rtm_family != AF_INET && info.rtm_family != AF_INET6) ||
	    info.rtm_dst_len > (info.rtm_family == AF_INET ? 32 : 128))
		return 0;
	if (info.rtm_family == AF_INET)
		to.base = address_from_ipv4(zero);
	to.length = (uint8_t)(info.rtm_dst_len + (info.rtm_family == AF_INET ? 96 : 0));
	r = take_route(m, &attributes, &to, &gateway);
	if (r == 0 && (is_wide(&to) || (gateway && to.length == 128 && address_is_public(&to.base))))
		m->kind = RTNL_OUTSIDE_ROUTE;
	return r;
}

/* Linux: net/ipv4/devinet.c, inet_netconf_fill_devconf(); net/ipv6/addrconf.c has the like. */
static int parse_forwarding(struct rtnl_message *m, const struct nlmsghdr *nlh)
{
	struct netconfmsg info;
	struct attributes attributes;
	const struct nlattr *a;
	int32_t value, interface = 0;
	bool any = false;
	int r = split(nlh, &info, sizeof(info), &attributes);

	if (r < 0)
		return r;
	while ((r = next(&attributes, &a)) > 0) {
		if (mnl_attr_get_payload_len(a) != sizeof(value))
			continue;
		memcpy(&value, mnl_attr_get_payload(a), sizeof(value));
		if (mnl_attr_get_type(a) == NETCONFA_IFINDEX) {
			interface = value;
		} else if (mnl_attr_get_type(a) == NETCONFA_FORWARDING) {
			m->forwarding = value;
			any = true;
		}
	}
	/* That of all interfaces is what net.ipv4.ip_forward and net.ipv6.conf.all.forwarding are. */
	if (r == 0 && any && interface == NETCONFA_IFINDEX_ALL)
		m->kind = RTNL_FORWARDING;
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
	case RTM_NEWNETCONF:
		r = parse_forwarding(&m, nlh);
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
