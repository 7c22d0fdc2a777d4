/* SPDX-License-Identifier: MIT */
#include "ct_message.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

/* What is left of a message or of a nested attribute. */
struct span {
	const uint8_t *at, *end;
};

struct attribute {
	struct span data;
	uint16_t type;
};

/* 1 with an attribute, 0 at the end, -EBADMSG. */
static inline int next_attribute(struct span *s, struct attribute *ret)
{
	size_t left = (size_t)(s->end - s->at), step;
	struct nlattr header;

	if (left == 0)
		return 0;
	if (left < sizeof(header))
		return -EBADMSG;
	memcpy(&header, s->at, sizeof(header));
	if (header.nla_len < sizeof(header) || header.nla_len > left)
		return -EBADMSG;

	ret->type = (uint16_t)(header.nla_type & NLA_TYPE_MASK);
	ret->data.at = s->at + sizeof(header);
	ret->data.end = s->at + header.nla_len;
	step = (size_t)NLA_ALIGN(header.nla_len);
	s->at = step < left ? s->at + step : s->end; /* the last one may come without its padding */
	return 1;
}

/* The numbers are big-endian in ctnetlink, and as long as their type, exactly. */
static inline int read_u8(const struct span *s, uint8_t *ret)
{
	if (s->end - s->at != 1)
		return -EBADMSG;
	*ret = *s->at;
	return 0;
}

static inline int read_u16(const struct span *s, uint16_t *ret)
{
	uint16_t v;

	if (s->end - s->at != sizeof(v))
		return -EBADMSG;
	memcpy(&v, s->at, sizeof(v));
	*ret = be16toh(v);
	return 0;
}

static inline int read_u32(const struct span *s, uint32_t *ret)
{
	uint32_t v;

	if (s->end - s->at != sizeof(v))
		return -EBADMSG;
	memcpy(&v, s->at, sizeof(v));
	*ret = be32toh(v);
	return 0;
}

static inline int read_u64(const struct span *s, uint64_t *ret)
{
	uint64_t v;

	if (s->end - s->at != sizeof(v))
		return -EBADMSG;
	memcpy(&v, s->at, sizeof(v));
	*ret = be64toh(v);
	return 0;
}

static inline int read_ipv4(const struct span *s, struct address *ret)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (s->end - s->at != 4)
		return -EBADMSG;
	memcpy(ret->bytes, mapped, sizeof(mapped));
	memcpy(ret->bytes + sizeof(mapped), s->at, 4);
	return 0;
}

static inline int read_ipv6(const struct span *s, struct address *ret)
{
	if (s->end - s->at != sizeof(ret->bytes))
		return -EBADMSG;
	memcpy(ret->bytes, s->at, sizeof(ret->bytes));
	return 0;
}

static inline int read_ip(struct span s, struct ct_tuple *t)
{
	enum { IPV4 = 3, IPV6 = 12 };
	struct attribute a;
	unsigned have = 0;
	int r;

	while ((r = next_attribute(&s, &a)) > 0) {
		switch (a.type) {
		case CTA_IP_V4_SRC:
			have |= 1;
			r = read_ipv4(&a.data, &t->src);
			break;
		case CTA_IP_V4_DST:
			have |= 2;
			r = read_ipv4(&a.data, &t->dst);
			break;
		case CTA_IP_V6_SRC:
			have |= 4;
			r = read_ipv6(&a.data, &t->src);
			break;
		case CTA_IP_V6_DST:
			have |= 8;
			r = read_ipv6(&a.data, &t->dst);
			break;
		}
		if (r < 0)
			return r;
	}
	if (r == 0 && have != IPV4 && have != IPV6)
		return -EBADMSG; /* an end is missing, or the families are mixed */
	return r;
}

/* What CTA_TUPLE_PROTO says. ICMP has an id, a type and a code where others have ports. */
struct protocol {
	uint16_t sport, dport;
	uint8_t number, type, code;
	bool has_number;
	uint8_t kinds; /* PORTS, ICMP or ICMPV6, as bits; more than one make no sense */
};

enum { PORTS = 1, ICMP = 2, ICMPV6 = 4 };

static inline int read_protocol_attribute(const struct attribute *a, struct protocol *p)
{
	switch (a->type) {
	case CTA_PROTO_NUM:
		p->has_number = true;
		return read_u8(&a->data, &p->number);
	case CTA_PROTO_SRC_PORT:
		p->kinds |= PORTS;
		return read_u16(&a->data, &p->sport);
	case CTA_PROTO_DST_PORT:
		p->kinds |= PORTS;
		return read_u16(&a->data, &p->dport);
	case CTA_PROTO_ICMP_ID:
	case CTA_PROTO_ICMPV6_ID:
		p->kinds |= a->type == CTA_PROTO_ICMP_ID ? ICMP : ICMPV6;
		return read_u16(&a->data, &p->sport);
	case CTA_PROTO_ICMP_TYPE:
	case CTA_PROTO_ICMPV6_TYPE:
		p->kinds |= a->type == CTA_PROTO_ICMP_TYPE ? ICMP : ICMPV6;
		return read_u8(&a->data, &p->type);
	case CTA_PROTO_ICMP_CODE:
	case CTA_PROTO_ICMPV6_CODE:
		p->kinds |= a->type == CTA_PROTO_ICMP_CODE ? ICMP : ICMPV6;
		return read_u8(&a->data, &p->code);
	}
	return 0;
}

static inline int read_protocol(struct span s, struct protocol *ret)
{
	struct protocol p = {};
	struct attribute a;
	int r;

	while ((r = next_attribute(&s, &a)) > 0) {
		r = read_protocol_attribute(&a, &p);
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	if (!p.has_number || (p.kinds & (p.kinds - 1)))
		return -EBADMSG;
	if (p.kinds & (ICMP | ICMPV6))
		p.dport = (uint16_t)(p.type << 8 | p.code);
	*ret = p;
	return 0;
}

static inline int read_tuple(struct span s, struct ct_entry *e, enum ct_direction d, uint16_t *zone)
{
	struct ct_tuple *t = &e->tuple[d];
	struct protocol p = {};
	bool has_ip = false;
	struct attribute a;
	int r;

	*zone = 0;
	while ((r = next_attribute(&s, &a)) > 0) {
		switch (a.type) {
		case CTA_TUPLE_IP:
			has_ip = true;
			r = read_ip(a.data, t);
			break;
		case CTA_TUPLE_PROTO:
			r = read_protocol(a.data, &p);
			break;
		case CTA_TUPLE_ZONE:
			r = read_u16(&a.data, zone);
			break;
		}
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	if (!has_ip || !p.has_number)
		return -EBADMSG;
	t->sport = p.sport;
	t->dport = p.dport;
	if (d == CT_ORIG) {
		e->protocol = p.number;
		e->has_ports = p.kinds != 0;
	}
	return 0;
}

static inline int read_counters(struct span s, struct ct_entry *e, enum ct_direction d)
{
	uint64_t packets = 0, bytes = 0;
	uint32_t packets32 = 0, bytes32 = 0; /* of old kernels */
	struct attribute a;
	int r;

	while ((r = next_attribute(&s, &a)) > 0) {
		switch (a.type) {
		case CTA_COUNTERS_PACKETS:
			r = read_u64(&a.data, &packets);
			break;
		case CTA_COUNTERS_BYTES:
			r = read_u64(&a.data, &bytes);
			break;
		case CTA_COUNTERS32_PACKETS:
			r = read_u32(&a.data, &packets32);
			break;
		case CTA_COUNTERS32_BYTES:
			r = read_u32(&a.data, &bytes32);
			break;
		}
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	e->packets[d] = packets ? packets : packets32;
	e->bytes[d] = bytes ? bytes : bytes32;
	e->has_counters = true;
	return 0;
}

static inline int read_state_of(struct span s, uint16_t type, struct ct_entry *e)
{
	struct attribute a;
	int r;

	while ((r = next_attribute(&s, &a)) > 0) {
		if (a.type != type)
			continue;
		r = read_u8(&a.data, &e->state);
		if (r < 0)
			return r;
		e->has_state = true;
	}
	return r;
}

static inline int read_protoinfo(struct span s, struct ct_entry *e)
{
	struct attribute a;
	int r;

	e->state = 0;
	e->has_state = false;
	while ((r = next_attribute(&s, &a)) > 0) {
		switch (a.type) {
		case CTA_PROTOINFO_TCP:
			r = read_state_of(a.data, CTA_PROTOINFO_TCP_STATE, e);
			break;
		case CTA_PROTOINFO_DCCP:
			r = read_state_of(a.data, CTA_PROTOINFO_DCCP_STATE, e);
			break;
		case CTA_PROTOINFO_SCTP:
			r = read_state_of(a.data, CTA_PROTOINFO_SCTP_STATE, e);
			break;
		}
		if (r < 0)
			return r;
	}
	return r;
}

static inline int read_timestamp(struct span s, struct ct_entry *e)
{
	struct attribute a;
	int r;

	e->start = 0;
	while ((r = next_attribute(&s, &a)) > 0) {
		if (a.type != CTA_TIMESTAMP_START)
			continue;
		r = read_u64(&a.data, &e->start);
		if (r < 0)
			return r;
	}
	return r;
}

struct zones {
	uint16_t whole, tuple[CT_DIRECTIONS];
};

static inline int read_attribute(const struct attribute *a, struct ct_entry *e, struct zones *zones)
{
	switch (a->type) {
	case CTA_TUPLE_ORIG:
		return read_tuple(a->data, e, CT_ORIG, &zones->tuple[CT_ORIG]);
	case CTA_TUPLE_REPLY:
		return read_tuple(a->data, e, CT_REPLY, &zones->tuple[CT_REPLY]);
	case CTA_STATUS:
		e->has_status = true;
		return read_u32(&a->data, &e->status);
	case CTA_PROTOINFO:
		return read_protoinfo(a->data, e);
	case CTA_TIMEOUT:
		e->has_timeout = true;
		return read_u32(&a->data, &e->timeout);
	case CTA_MARK:
		return read_u32(&a->data, &e->mark);
	case CTA_COUNTERS_ORIG:
		return read_counters(a->data, e, CT_ORIG);
	case CTA_COUNTERS_REPLY:
		return read_counters(a->data, e, CT_REPLY);
	case CTA_ID:
		return read_u32(&a->data, &e->id);
	case CTA_ZONE:
		return read_u16(&a->data, &zones->whole);
	case CTA_TIMESTAMP:
		return read_timestamp(a->data, e);
	}
	return 0;
}

int ct_message_parse(struct ct_entry *ret, const struct nlmsghdr *nlh)
{
	const uint8_t *message = (const uint8_t *)nlh;
	struct zones zones = {};
	struct ct_entry e = {};
	struct attribute a;
	unsigned have = 0;
	struct span s;
	int r;

	if (nlh->nlmsg_len < NLMSG_LENGTH(sizeof(struct nfgenmsg)))
		return -EBADMSG;
	s.at = message + NLMSG_SPACE(sizeof(struct nfgenmsg));
	s.end = message + nlh->nlmsg_len;

	while ((r = next_attribute(&s, &a)) > 0) {
		r = read_attribute(&a, &e, &zones);
		if (r < 0)
			return r;
		if (a.type == CTA_TUPLE_ORIG || a.type == CTA_TUPLE_REPLY)
			have |= a.type;
	}
	if (r < 0)
		return r;
	if (have != (CTA_TUPLE_ORIG | CTA_TUPLE_REPLY))
		return -EBADMSG;

	/* A zone that holds for one direction alone is told in that direction's tuple. */
	e.zone = zones.whole ? zones.whole : zones.tuple[CT_ORIG];
	if (!e.zone)
		e.zone = zones.tuple[CT_REPLY];
	*ret = e;
	return 0;
}
