/* SPDX-License-Identifier: MIT */
#include "connections_row.h"

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_sctp.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>

#include "util.h"

static const char *state_name(const struct ct_connection *c)
{
	/* Named as in the kernel's own listing (nf_conntrack_proto_tcp.c, nf_conntrack_proto_sctp.c). */
	static const char *const tcp[] = {
	    [TCP_CONNTRACK_NONE] = "NONE",	   [TCP_CONNTRACK_SYN_SENT] = "SYN_SENT",
	    [TCP_CONNTRACK_SYN_RECV] = "SYN_RECV", [TCP_CONNTRACK_ESTABLISHED] = "ESTABLISHED",
	    [TCP_CONNTRACK_FIN_WAIT] = "FIN_WAIT", [TCP_CONNTRACK_CLOSE_WAIT] = "CLOSE_WAIT",
	    [TCP_CONNTRACK_LAST_ACK] = "LAST_ACK", [TCP_CONNTRACK_TIME_WAIT] = "TIME_WAIT",
	    [TCP_CONNTRACK_CLOSE] = "CLOSE",	   [TCP_CONNTRACK_SYN_SENT2] = "SYN_SENT2",
	};
	static const char *const sctp[] = {
	    [SCTP_CONNTRACK_NONE] = "NONE",
	    [SCTP_CONNTRACK_CLOSED] = "CLOSED",
	    [SCTP_CONNTRACK_COOKIE_WAIT] = "COOKIE_WAIT",
	    [SCTP_CONNTRACK_COOKIE_ECHOED] = "COOKIE_ECHOED",
	    [SCTP_CONNTRACK_ESTABLISHED] = "ESTABLISHED",
	    [SCTP_CONNTRACK_SHUTDOWN_SENT] = "SHUTDOWN_SENT",
	    [SCTP_CONNTRACK_SHUTDOWN_RECD] = "SHUTDOWN_RECD",
	    [SCTP_CONNTRACK_SHUTDOWN_ACK_SENT] = "SHUTDOWN_ACK_SENT",
	    [SCTP_CONNTRACK_HEARTBEAT_SENT] = "HEARTBEAT_SENT",
	    [SCTP_CONNTRACK_HEARTBEAT_ACKED] = "HEARTBEAT_ACKED",
	};

	if (c->protocol == IPPROTO_TCP && c->state < ELEMENTS_OF(tcp))
		return tcp[c->state];
	if (c->protocol == IPPROTO_SCTP && c->state < ELEMENTS_OF(sctp))
		return sctp[c->state];
	return NULL;
}

/* The 32-bit time that is nearest to now on the same clock, before or after. */
static uint64_t expires_of(uint64_t now, uint32_t time)
{
	return now + (uint64_t)(int64_t)(int32_t)(time - (uint32_t)now);
}

static void pack_counter(msgpack_packer *p, const struct ct_connection *c, uint64_t value)
{
	if (c->has_counters)
		msgpack_pack_uint64(p, value);
	else
		msgpack_pack_nil(p);
}

static void pack_port(msgpack_packer *p, const struct ct_connection *c, uint16_t port)
{
	if (c->has_ports)
		msgpack_pack_uint16(p, port);
	else
		msgpack_pack_nil(p);
}

/* A device that is seen by a made-up name only has none. */
static void pack_address(msgpack_packer *p, const struct ct_connection *c, enum ct_direction direction,
			 bool destination)
{
	const struct ct_tuple *t = &c->tuple[direction];

	if (model_is_masked(c, direction, destination))
		msgpack_pack_nil(p);
	else
		encoder_address(p, destination ? &t->dst : &t->src);
}

/* Addresses and ports. */
static void tuple_value(msgpack_packer *p, const struct ct_connection *c, unsigned column)
{
	switch ((enum connection_column)column) {
	case CONNECTION_ORIG_SRC:
		return pack_address(p, c, CT_ORIG, false);
	case CONNECTION_ORIG_DST:
		return pack_address(p, c, CT_ORIG, true);
	case CONNECTION_REPLY_SRC:
		return pack_address(p, c, CT_REPLY, false);
	case CONNECTION_REPLY_DST:
		return pack_address(p, c, CT_REPLY, true);
	case CONNECTION_ORIG_SPORT:
		return pack_port(p, c, c->tuple[CT_ORIG].sport);
	case CONNECTION_ORIG_DPORT:
		return pack_port(p, c, c->tuple[CT_ORIG].dport);
	case CONNECTION_REPLY_SPORT:
		return pack_port(p, c, c->tuple[CT_REPLY].sport);
	case CONNECTION_REPLY_DPORT:
		return pack_port(p, c, c->tuple[CT_REPLY].dport);
	default:
		break;
	}
}

static void value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct connections_item *item = row;
	const struct ct_connection *c = item->connection;
	const struct conversation *conversation;

	(void)increment;
	switch ((enum connection_column)column) {
	case CONNECTION_ACTIVE:
		msgpack_pack_int64(p, ct_connection_active(c, item->time));
		return;
	case CONNECTION_STATE:
		return encoder_text(p, state_name(c));
	case CONNECTION_STATUS:
		msgpack_pack_uint32(p, c->status);
		return;
	case CONNECTION_ORIG_PACKETS:
		return pack_counter(p, c, c->packets[CT_ORIG]);
	case CONNECTION_ORIG_BYTES:
		return pack_counter(p, c, c->bytes[CT_ORIG]);
	case CONNECTION_REPLY_PACKETS:
		return pack_counter(p, c, c->packets[CT_REPLY]);
	case CONNECTION_REPLY_BYTES:
		return pack_counter(p, c, c->bytes[CT_REPLY]);
	case CONNECTION_EXPIRES:
		if (c->status & IPS_OFFLOAD)
			msgpack_pack_nil(p);
		else
			msgpack_pack_uint64(p, expires_of(item->time, c->expires));
		return;
	case CONNECTION_MARK:
		msgpack_pack_uint32(p, c->mark);
		return;
	case CONNECTION_CONVERSATION:
		conversation = model_conversation_of(item->model, c);
		conversation ? msgpack_pack_uint32(p, conversation->row.id) : msgpack_pack_nil(p);
		return;
	case CONNECTION_KERNEL_ID:
		msgpack_pack_uint32(p, c->id);
		return;
	case CONNECTION_ZONE:
		msgpack_pack_uint16(p, c->zone);
		return;
	case CONNECTION_PROTOCOL:
		msgpack_pack_uint8(p, c->protocol);
		return;
	case CONNECTION_SEEN:
		msgpack_pack_uint64(p, ct_connection_seen(c));
		return;
	case CONNECTION_ORIG_SRC:
	case CONNECTION_ORIG_DST:
	case CONNECTION_REPLY_SRC:
	case CONNECTION_REPLY_DST:
	case CONNECTION_ORIG_SPORT:
	case CONNECTION_ORIG_DPORT:
	case CONNECTION_REPLY_SPORT:
	case CONNECTION_REPLY_DPORT:
		return tuple_value(p, c, column);
	case CONNECTION_COLUMNS:
		break;
	}
}

const struct encoder_schema connections_schema = {ENCODER_TABLE(CONNECTION), .value = value};
