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

static void pack_tuple(msgpack_packer *p, const struct ct_connection *c, unsigned column)
{
	const struct ct_tuple *orig = &c->tuple[CT_ORIG], *reply = &c->tuple[CT_REPLY];
	const struct address *addresses[] = {&orig->src, &orig->dst, &reply->src, &reply->dst};
	const uint16_t ports[] = {orig->sport, orig->dport, reply->sport, reply->dport};

	if (column < CONNECTIONS_ORIG_SPORT)
		encoder_address(p, addresses[column - CONNECTIONS_ORIG_SRC]);
	else
		pack_port(p, c, ports[column - CONNECTIONS_ORIG_SPORT]);
}

static void value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct connections_item *item = row;
	const struct ct_connection *c = item->connection;
	const struct conversation *conversation;

	(void)increment;
	switch ((enum connections_column)column) {
	case CONNECTIONS_ACTIVE:
		msgpack_pack_uint64(p, model_time(item->time, c->active));
		return;
	case CONNECTIONS_STATE:
		return encoder_text(p, state_name(c));
	case CONNECTIONS_STATUS:
		msgpack_pack_uint32(p, c->status);
		return;
	case CONNECTIONS_ORIG_PACKETS:
		return pack_counter(p, c, c->packets[CT_ORIG]);
	case CONNECTIONS_ORIG_BYTES:
		return pack_counter(p, c, c->bytes[CT_ORIG]);
	case CONNECTIONS_REPLY_PACKETS:
		return pack_counter(p, c, c->packets[CT_REPLY]);
	case CONNECTIONS_REPLY_BYTES:
		return pack_counter(p, c, c->bytes[CT_REPLY]);
	case CONNECTIONS_TIMEOUT:
		msgpack_pack_uint32(p, c->timeout);
		return;
	case CONNECTIONS_MARK:
		msgpack_pack_uint32(p, c->mark);
		return;
	case CONNECTIONS_CONVERSATION:
		conversation = model_conversation_of(item->model, c);
		conversation ? msgpack_pack_uint32(p, conversation->row.id) : msgpack_pack_nil(p);
		return;
	case CONNECTIONS_ID:
		msgpack_pack_uint32(p, c->id);
		return;
	case CONNECTIONS_ZONE:
		msgpack_pack_uint16(p, c->zone);
		return;
	case CONNECTIONS_PROTOCOL:
		msgpack_pack_uint8(p, c->protocol);
		return;
	case CONNECTIONS_SEEN:
		msgpack_pack_uint64(p, model_time(item->time, c->seen));
		return;
	default:
		return pack_tuple(p, c, column);
	}
}

static const char *const columns_of_connections[] = {
    "~active",	   "state",	  "status",	 "orig_packets", "orig_bytes", "reply_packets",
    "reply_bytes", "timeout",	  "mark",	 "conversation", "id",	       "zone",
    "protocol",	   "orig_src",	  "orig_dst",	 "reply_src",	 "reply_dst",  "orig_sport",
    "orig_dport",  "reply_sport", "reply_dport", "seen",
};

const struct encoder_schema connections_schema = {
    .name = "connections",
    .columns = columns_of_connections,
    .n_columns = CONNECTIONS_COLUMNS,
    .value = value,
};
