/* SPDX-License-Identifier: MIT */
#include "connections.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_sctp.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "util.h"

#define FIRST_ITEMS 256

enum column {
	ACTIVE,
	STATE,
	STATUS,
	ORIG_PACKETS,
	ORIG_BYTES,
	REPLY_PACKETS,
	REPLY_BYTES,
	TIMEOUT,
	MARK,
	CONVERSATION,
	ID,
	ZONE,
	PROTOCOL,
	ORIG_SRC,
	ORIG_DST,
	REPLY_SRC,
	REPLY_DST,
	ORIG_SPORT,
	ORIG_DPORT,
	REPLY_SPORT,
	REPLY_DPORT,
	SEEN,
	COLUMNS,
};

/* What a row is written from: the values' function has no other way to the model. */
struct item {
	const struct model *model;
	const struct ct_connection *connection;
	uint64_t time;
};

struct list {
	uint32_t *items;
	size_t n, max;
};

struct connections {
	const struct ct_table *table;
	const struct model *model;
	struct row_watch *watch;
	struct list news; /* positions; one may be there twice, or of a connection that is gone */
	struct list gone; /* row ids */
	struct encoder_scratch scratch;
	struct item *items; /* of the delta that is written */
	size_t max_items;
	bool followed, broken;
};

int connections_new(struct connections **ret, const struct ct_table *table, const struct model *model,
		    struct row_watch *watch)
{
	struct connections *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	s->table = table;
	s->model = model;
	s->watch = watch;
	*ret = s;
	return 0;
}

static void release(struct connections *s)
{
	free(s->news.items);
	free(s->gone.items);
	free(s->items);
	s->news = s->gone = (struct list){};
	s->items = NULL;
	s->max_items = 0;
	encoder_scratch_done(&s->scratch);
}

struct connections *connections_free(struct connections *s)
{
	if (!s)
		return NULL;
	release(s);
	free(s);
	return NULL;
}

static void push(struct connections *s, struct list *l, uint32_t item)
{
	if (l->n == l->max) {
		size_t max = l->max ? l->max * 2 : FIRST_ITEMS;
		uint32_t *items = reallocarray(l->items, max, sizeof(*items));

		if (!items) {
			s->broken = true;
			return;
		}
		l->items = items;
		l->max = max;
	}
	l->items[l->n++] = item;
	if (s->watch->pending)
		return;
	s->watch->pending = true;
	if (s->watch->news)
		s->watch->news(s->watch->data);
}

static void note(struct connections *s, struct ct_connection *c, uint32_t columns)
{
	if (!s->followed)
		return;
	c->listener_next |= columns;
	if (c->listener_flag_2)
		return;
	c->listener_flag_2 = true;
	push(s, &s->news, ct_table_position(s->table, c));
}

void connections_added(struct connections *s, struct ct_connection *c)
{
	c->listener_flag_1 = c->listener_flag_2 = false;
	c->listener_next = 0;
	note(s, c, 0);
}

void connections_changed(struct connections *s, struct ct_connection *c, const struct ct_change *change)
{
	/* The call says that something moved, and not whether the mark did. */
	uint32_t columns = 1u << TIMEOUT | 1u << MARK;

	if (change->active)
		columns |= 1u << ACTIVE;
	if (c->state != change->old_state)
		columns |= 1u << STATE;
	if (c->status != change->old_status)
		columns |= 1u << STATUS;
	for (int d = CT_ORIG; d < CT_DIRECTIONS; d++) {
		if (change->packets[d])
			columns |= 1u << (d == CT_ORIG ? ORIG_PACKETS : REPLY_PACKETS);
		if (change->bytes[d])
			columns |= 1u << (d == CT_ORIG ? ORIG_BYTES : REPLY_BYTES);
	}
	note(s, c, columns);
}

void connections_ended(struct connections *s, struct ct_connection *c)
{
	if (s->followed && c->listener_flag_1)
		push(s, &s->gone, c->row);
	c->listener_flag_1 = c->listener_flag_2 = false;
}

void connections_moved(struct connections *s, struct ct_connection *c)
{
	note(s, c, 1u << CONVERSATION);
}

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

	if (column < ORIG_SPORT)
		encoder_address(p, addresses[column - ORIG_SRC]);
	else
		pack_port(p, c, ports[column - ORIG_SPORT]);
}

static void value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct item *item = row;
	const struct ct_connection *c = item->connection;
	const struct conversation *conversation;

	(void)increment;
	switch ((enum column)column) {
	case ACTIVE:
		msgpack_pack_uint64(p, model_time(item->time, c->active));
		return;
	case STATE:
		return encoder_text(p, state_name(c));
	case STATUS:
		msgpack_pack_uint32(p, c->status);
		return;
	case ORIG_PACKETS:
		return pack_counter(p, c, c->packets[CT_ORIG]);
	case ORIG_BYTES:
		return pack_counter(p, c, c->bytes[CT_ORIG]);
	case REPLY_PACKETS:
		return pack_counter(p, c, c->packets[CT_REPLY]);
	case REPLY_BYTES:
		return pack_counter(p, c, c->bytes[CT_REPLY]);
	case TIMEOUT:
		msgpack_pack_uint32(p, c->timeout);
		return;
	case MARK:
		msgpack_pack_uint32(p, c->mark);
		return;
	case CONVERSATION:
		conversation = model_conversation_of(item->model, c);
		conversation ? msgpack_pack_uint32(p, conversation->row.id) : msgpack_pack_nil(p);
		return;
	case ID:
		msgpack_pack_uint32(p, c->id);
		return;
	case ZONE:
		msgpack_pack_uint16(p, c->zone);
		return;
	case PROTOCOL:
		msgpack_pack_uint8(p, c->protocol);
		return;
	case SEEN:
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

static const struct encoder_schema schema = {
    .name = "connections",
    .columns = columns_of_connections,
    .n_columns = COLUMNS,
    .value = value,
};

static void keyframe(void *data, msgpack_packer *p, uint64_t time)
{
	struct connections *s = data;

	msgpack_pack_array(p, 1);
	encoder_table(p, &schema, ct_table_count(s->table));
	for (size_t i = 1; i <= ct_table_positions(s->table); i++) {
		struct ct_connection *c = ct_table_at(s->table, (uint32_t)i);
		struct item item = {s->model, c, time};

		if (!c)
			continue;
		encoder_row(p, &schema, c->row, &item);
		c->listener_flag_1 = true;
		c->listener_flag_2 = false;
		c->listener_next = 0;
	}
	s->news.n = s->gone.n = 0;
	s->followed = true;
	s->broken = false;
}

static int reserve_items(struct connections *s)
{
	struct item *items;

	if (s->news.n <= s->max_items)
		return 0;
	items = reallocarray(s->items, s->news.max, sizeof(*items));
	if (!items)
		return -ENOMEM;
	s->items = items;
	s->max_items = s->news.max;
	return 0;
}

static void gather(struct connections *s, uint64_t time)
{
	size_t n = 0;

	for (size_t i = 0; i < s->news.n; i++) {
		struct ct_connection *c = ct_table_at(s->table, s->news.items[i]);
		struct item *item = &s->items[n];

		/* The first mention of a connection brings all its news; a place may be empty or reused. */
		if (!c || !c->listener_flag_2)
			continue;
		*item = (struct item){s->model, c, time};
		n++;
		if (c->listener_flag_1)
			encoder_scratch_change(&s->scratch, c->row, c->listener_next, item);
		else
			encoder_scratch_fresh(&s->scratch, c->row, item);
		c->listener_flag_1 = true;
		c->listener_flag_2 = false;
		c->listener_next = 0;
	}
}

static void delta(void *data, msgpack_packer *p, uint64_t time)
{
	struct connections *s = data;

	encoder_scratch_clear(&s->scratch);
	if (reserve_items(s) < 0)
		s->broken = true;
	else
		gather(s, time);
	s->broken |= s->scratch.failed;
	if (s->gone.n || s->scratch.n_fresh || s->scratch.n_changes) {
		msgpack_pack_array(p, 1);
		encoder_delta(p, &schema, 0, s->gone.items, s->gone.n, &s->scratch, time);
	} else {
		msgpack_pack_array(p, 0);
	}
	s->news.n = s->gone.n = 0;
}

static bool has_news(void *data)
{
	struct connections *s = data;

	return s->news.n || s->gone.n;
}

static bool is_broken(void *data)
{
	struct connections *s = data;

	return s->broken;
}

static void unfollow(void *data)
{
	struct connections *s = data;

	release(s);
	s->followed = s->broken = false;
}

struct topic_source connections_source(struct connections *s)
{
	return (struct topic_source){
	    .data = s,
	    .keyframe = keyframe,
	    .delta = delta,
	    .has_news = has_news,
	    .is_broken = is_broken,
	    .unfollow = unfollow,
	};
}
