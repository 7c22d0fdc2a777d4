/* SPDX-License-Identifier: MIT */
#include "overview_tables.h"

#include "category.h"
#include "model.h"
#include "overview_names.h"
#include "overview_room.h"
#include "overview_site.h"
#include "source.h"
#include "special.h"
#include "util.h"

static void source_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct source *s = row;

	(void)increment;
	switch ((enum source_column)column) {
	case SOURCE_KIND:
		return encoder_text(p, s->kind);
	case SOURCE_STATE:
		return encoder_text(p, s->state);
	case SOURCE_DETAIL:
		return encoder_text(p, s->detail);
	case SOURCE_TYPE:
		return encoder_text(p, s->type);
	case SOURCE_BUILT:
		s->built ? msgpack_pack_uint64(p, s->built) : msgpack_pack_nil(p);
		return;
	case SOURCE_ATTRIBUTION:
		return encoder_text(p, s->attribution);
	case SOURCE_NAME:
		return encoder_text(p, s->name);
	case SOURCE_ENTRIES:
	case SOURCE_BROKEN:
		s->counted ? msgpack_pack_uint64(p, column == SOURCE_ENTRIES ? s->entries : s->broken)
			   : msgpack_pack_nil(p);
		return;
	case SOURCE_COLUMNS:
		break;
	}
}

static void place_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct place *place = row;

	(void)increment;
	switch ((enum place_column)column) {
	case PLACE_COUNTRY:
		return encoder_text(p, place->country);
	case PLACE_REGION:
		return encoder_text(p, place->region);
	case PLACE_CITY:
		return encoder_text(p, place->city);
	case PLACE_LATITUDE:
	case PLACE_LONGITUDE:
		place->has_position
		    ? msgpack_pack_float(p, column == PLACE_LATITUDE ? place->latitude : place->longitude)
		    : msgpack_pack_nil(p);
		return;
	case PLACE_COLUMNS:
		break;
	}
}

static void network_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct network_row *n = row;

	(void)increment;
	switch ((enum network_column)column) {
	case NETWORK_ASN:
		n->asn ? msgpack_pack_uint32(p, n->asn) : msgpack_pack_nil(p);
		return;
	case NETWORK_NAME:
		return encoder_text(p, n->name);
	case NETWORK_COLUMNS:
		break;
	}
}

/* The columns of a struct traffic, the first at bit 0: they stand together in each table that has them. */
#define TRAFFIC_MASK UINT64_C(0xf)
_Static_assert(DEVICE_DOWN_PACKETS == DEVICE_UP_BYTES + 3, "traffic stands together");
_Static_assert(CONVERSATION_DOWN_PACKETS == CONVERSATION_UP_BYTES + 3, "traffic stands together");

static void counter_value(msgpack_packer *p, uint64_t now, uint64_t sent, bool increment)
{
	msgpack_pack_int64(p, (int64_t)(increment ? now - sent : now));
}

/* 0: never. */
static void time_or_nil(msgpack_packer *p, int64_t time)
{
	time ? msgpack_pack_int64(p, time) : msgpack_pack_nil(p);
}

static void device_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct device *d = row;

	switch ((enum device_column)column) {
	case DEVICE_ACTIVE:
		msgpack_pack_int64(p, d->active);
		return;
	case DEVICE_UP_BYTES:
		return counter_value(p, d->traffic.up_bytes, d->sent.up_bytes, increment);
	case DEVICE_DOWN_BYTES:
		return counter_value(p, d->traffic.down_bytes, d->sent.down_bytes, increment);
	case DEVICE_UP_PACKETS:
		return counter_value(p, d->traffic.up_packets, d->sent.up_packets, increment);
	case DEVICE_DOWN_PACKETS:
		return counter_value(p, d->traffic.down_packets, d->sent.down_packets, increment);
	case DEVICE_ALIAS:
		return encoder_text(p, d->alias);
	case DEVICE_SELF:
		return encoder_flag(p, d->self);
	case DEVICE_SEEN:
		msgpack_pack_int64(p, d->seen);
		return;
	case DEVICE_TOTAL:
		return counter_value(p, d->total, d->sent_total, increment);
	case DEVICE_UNSEEN:
		return counter_value(p, d->unseen, d->sent_unseen, increment);
	case DEVICE_NAMED:
		return encoder_flag(p, d->named);
	case DEVICE_LOOKED_UP:
		d->has_looked_up ? msgpack_pack_int64(p, d->looked_up) : msgpack_pack_nil(p);
		return;
	case DEVICE_HIDDEN_DNS:
		return time_or_nil(p, d->hidden_dns);
	case DEVICE_CLEAR_DNS:
		return time_or_nil(p, d->clear_dns);
	case DEVICE_THING:
		return encoder_text(p, d->wish == WISH_SHOWN ? thing_word(d->thing) : NULL);
	case DEVICE_THING_SURE:
		return encoder_flag(p, d->wish == WISH_SHOWN && d->thing_sure);
	case DEVICE_COLUMNS:
		break;
	}
}

static void device_sent(void *row, uint64_t columns, uint64_t time)
{
	struct device *d = row;

	/* As the reader does, so that a keyframe says the same as the deltas before it. */
	if (columns != ENCODER_WHOLE && columns & DEVICE_COUNTERS && !(columns & COLUMN(DEVICE_ACTIVE)))
		d->active = (int64_t)time;
	if (columns & TRAFFIC_MASK << DEVICE_UP_BYTES)
		d->sent = d->traffic;
	if (columns & COLUMN(DEVICE_TOTAL))
		d->sent_total = d->total;
	if (columns & COLUMN(DEVICE_UNSEEN))
		d->sent_unseen = d->unseen;
}

static void conversation_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct conversation *c = row;

	switch ((enum conversation_column)column) {
	case CONVERSATION_ACTIVE:
		msgpack_pack_int64(p, c->active);
		return;
	case CONVERSATION_UP_BYTES:
		return counter_value(p, c->traffic.up_bytes, c->sent.up_bytes, increment);
	case CONVERSATION_DOWN_BYTES:
		return counter_value(p, c->traffic.down_bytes, c->sent.down_bytes, increment);
	case CONVERSATION_UP_PACKETS:
		return counter_value(p, c->traffic.up_packets, c->sent.up_packets, increment);
	case CONVERSATION_DOWN_PACKETS:
		return counter_value(p, c->traffic.down_packets, c->sent.down_packets, increment);
	case CONVERSATION_OPEN:
		msgpack_pack_uint32(p, c->phases[PHASE_OPEN]);
		return;
	case CONVERSATION_CONNECTING:
		msgpack_pack_uint32(p, c->phases[PHASE_CONNECTING]);
		return;
	case CONVERSATION_TOTAL:
		return counter_value(p, c->total, c->sent_total, increment);
	case CONVERSATION_DEVICE:
		msgpack_pack_uint32(p, c->device->row.id);
		return;
	case CONVERSATION_REMOTE:
		msgpack_pack_uint32(p, c->remote->row.id);
		return;
	case CONVERSATION_PROTOCOL:
		msgpack_pack_uint8(p, c->protocol);
		return;
	case CONVERSATION_PORT:
		c->has_port ? msgpack_pack_uint16(p, c->port) : msgpack_pack_nil(p);
		return;
	case CONVERSATION_INBOUND:
		return encoder_flag(p, c->inbound);
	case CONVERSATION_SEEN:
		msgpack_pack_int64(p, c->seen);
		return;
	case CONVERSATION_BEHAVIOUR:
		return encoder_text(p, behaviour_word(c->behaviour.kind));
	case CONVERSATION_COMPANY:
		return encoder_reference(p, c->company ? c->company->row.id : 0);
	case CONVERSATION_CATEGORY:
		return encoder_text(p, category_word(c->category));
	case CONVERSATION_LIST:
		return encoder_reference(p, c->list);
	case CONVERSATION_COLUMNS:
		break;
	}
}

static void conversation_sent(void *row, uint64_t columns, uint64_t time)
{
	struct conversation *c = row;

	if (columns != ENCODER_WHOLE && columns & CONVERSATION_COUNTERS &&
	    !(columns & COLUMN(CONVERSATION_ACTIVE)))
		c->active = (int64_t)time;
	if (columns & TRAFFIC_MASK << CONVERSATION_UP_BYTES)
		c->sent = c->traffic;
	if (columns & COLUMN(CONVERSATION_TOTAL))
		c->sent_total = c->total;
}

static void sum_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct sum *s = row;
	const struct sum_amounts *a = &s->amounts;

	switch ((enum sum_column)column) {
	case SUM_ACTIVE:
		msgpack_pack_int64(p, a->active);
		return;
	case SUM_UP_BYTES:
		return counter_value(p, a->traffic.up_bytes, s->sent.traffic.up_bytes, increment);
	case SUM_DOWN_BYTES:
		return counter_value(p, a->traffic.down_bytes, s->sent.traffic.down_bytes, increment);
	case SUM_UP_PACKETS:
		return counter_value(p, a->traffic.up_packets, s->sent.traffic.up_packets, increment);
	case SUM_DOWN_PACKETS:
		return counter_value(p, a->traffic.down_packets, s->sent.traffic.down_packets, increment);
	case SUM_CONVERSATIONS:
		return counter_value(p, a->conversations, s->sent.conversations, increment);
	case SUM_TOTAL:
		return counter_value(p, a->total, s->sent.total, increment);
	case SUM_SEEN:
		msgpack_pack_int64(p, a->seen);
		return;
	case SUM_DEVICE:
		return encoder_reference(p, s->device ? s->device->row.id : 0);
	case SUM_COMPANY:
		return encoder_reference(p, s->facts.company ? s->facts.company->row.id : 0);
	case SUM_NETWORK:
		return encoder_reference(p, s->facts.network ? s->facts.network->row.id : 0);
	case SUM_SPECIAL:
		return encoder_text(p, special_word(s->facts.special));
	case SUM_COUNTRY:
		return encoder_text(p, s->facts.country);
	case SUM_CATEGORY:
		return encoder_text(p, category_word(s->facts.category));
	case SUM_COLUMNS:
		break;
	}
}

static void sum_sent(void *row, uint64_t columns, uint64_t time)
{
	struct sum *s = row;

	(void)time;
	(void)columns;
	s->sent = s->amounts;
}

const struct encoder_schema overview_schemas[OVERVIEW_TABLES] = {
    [OVERVIEW_SITE] = {ENCODER_TABLE(SITE), .value = overview_site_value},
    [OVERVIEW_SOURCES] = {ENCODER_TABLE(SOURCE), .value = source_value},
    [OVERVIEW_PLACES] = {ENCODER_TABLE(PLACE), .value = place_value},
    [OVERVIEW_NETWORKS] = {ENCODER_TABLE(NETWORK), .value = network_value},
    [OVERVIEW_COMPANIES] = {ENCODER_TABLE(COMPANY), .value = overview_company_value},
    [OVERVIEW_DEVICES] = {ENCODER_TABLE(DEVICE), .value = device_value, .sent = device_sent},
    [OVERVIEW_REMOTES] = {ENCODER_TABLE(REMOTE), .value = overview_remote_value},
    [OVERVIEW_CONVERSATIONS] = {ENCODER_TABLE(CONVERSATION), .value = conversation_value,
				.sent = conversation_sent},
    [OVERVIEW_SUMS] = {ENCODER_TABLE(SUM), .value = sum_value, .sent = sum_sent},
    [OVERVIEW_ROOM] = {ENCODER_TABLE(ROOM), .value = overview_room_value},
    [OVERVIEW_MARKS] = {ENCODER_TABLE(MARK), .value = overview_mark_value},
};
