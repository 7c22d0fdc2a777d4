/* SPDX-License-Identifier: MIT */
#include "history_topic.h"

#include "category.h"
#include "special.h"
#include "util.h"

static void kept_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct history *h = CONTAINER_OF(row, const struct history, kept);

	(void)increment;
	switch ((enum kept_column)column) {
	case KEPT_HOURS:
		msgpack_pack_uint32(p, h->hours);
		return;
	case KEPT_FULL:
		msgpack_pack_uint64(p, h->full);
		return;
	case KEPT_COLUMNS:
		break;
	}
}

static void device_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct past_device *d = row;

	(void)increment;
	switch ((enum past_device_column)column) {
	case PAST_DEVICE_DEVICE:
		return encoder_reference(p, d->device);
	case PAST_DEVICE_ALIAS:
		return encoder_text(p, d->alias);
	case PAST_DEVICE_COLUMNS:
		break;
	}
}

static void party_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct party_facts *f = &((const struct party *)row)->facts;

	(void)increment;
	switch ((enum party_column)column) {
	case PARTY_COMPANY:
		return encoder_text(p, f->whom == WHOM_COMPANY ? f->text : NULL);
	case PARTY_NAME:
		return encoder_text(p, f->whom == WHOM_NAME ? f->text : NULL);
	case PARTY_NETWORK:
		return encoder_text(p, f->whom == WHOM_NETWORK ? f->text : NULL);
	case PARTY_ASN:
		return encoder_reference(p, f->asn);
	case PARTY_SPECIAL:
		return encoder_text(p, special_word(f->special));
	case PARTY_CATEGORY:
		return encoder_text(p, category_word(f->category));
	case PARTY_COUNTRY:
		return encoder_text(p, f->country);
	case PARTY_COLUMNS:
		break;
	}
}

static void span_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct span *s = row;

	(void)increment;
	switch ((enum span_column)column) {
	case SPAN_AT:
		msgpack_pack_int64(p, s->begin);
		return;
	case SPAN_MINUTES:
		msgpack_pack_uint32(p, s->minutes);
		return;
	case SPAN_WATCHED:
		msgpack_pack_uint32(p, s->watched);
		return;
	case SPAN_COLUMNS:
		break;
	}
}

static void minute_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct cell *c = row;

	(void)increment;
	switch ((enum minute_column)column) {
	case MINUTE_SPAN:
		return encoder_reference(p, c->span->row.id);
	case MINUTE_DEVICE:
		return encoder_reference(p, c->device ? c->device->row.id : 0);
	case MINUTE_PARTY:
		return encoder_reference(p, c->party ? c->party->row.id : 0);
	case MINUTE_UP_BYTES:
		msgpack_pack_uint64(p, c->amounts.up);
		return;
	case MINUTE_DOWN_BYTES:
		msgpack_pack_uint64(p, c->amounts.down);
		return;
	case MINUTE_CONNECTIONS:
		msgpack_pack_uint32(p, c->amounts.connections);
		return;
	case MINUTE_LOOKUPS:
		msgpack_pack_uint32(p, c->amounts.lookups);
		return;
	case MINUTE_COLUMNS:
		break;
	}
}

static void event_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct event *e = row;

	(void)increment;
	switch ((enum happening_column)column) {
	case HAPPENING_AT:
		msgpack_pack_int64(p, e->begin);
		return;
	case HAPPENING_KIND:
		return encoder_text(p, event_word(e->kind));
	case HAPPENING_DEVICE:
		return encoder_reference(p, e->device ? e->device->row.id : 0);
	case HAPPENING_PARTY:
		return encoder_reference(p, e->party ? e->party->row.id : 0);
	case HAPPENING_AMOUNT:
		if (e->amount)
			msgpack_pack_uint64(p, e->amount);
		else
			msgpack_pack_nil(p);
		return;
	case HAPPENING_TEXT:
		return encoder_text(p, e->text);
	case HAPPENING_FIRST:
		return encoder_flag(p, e->first);
	case HAPPENING_MORE:
		msgpack_pack_uint32(p, e->more);
		return;
	case HAPPENING_COLUMNS:
		break;
	}
}

static const struct encoder_schema schemas[HISTORY_TABLES] = {
    [HISTORY_KEPT] = {ENCODER_TABLE(KEPT), .value = kept_value},
    [HISTORY_PAST_DEVICES] = {ENCODER_TABLE(PAST_DEVICE), .value = device_value},
    [HISTORY_PARTIES] = {ENCODER_TABLE(PARTY), .value = party_value},
    [HISTORY_SPANS] = {ENCODER_TABLE(SPAN), .value = span_value},
    [HISTORY_MINUTES] = {ENCODER_TABLE(MINUTE), .value = minute_value},
    [HISTORY_EVENTS] = {ENCODER_TABLE(HAPPENING), .value = event_value},
};

int history_topic_new(struct model_topic **ret, struct history *history)
{
	struct row_table *const tables[HISTORY_TABLES] = {
	    [HISTORY_KEPT] = &history->kept_table,	 [HISTORY_PAST_DEVICES] = &history->devices.table,
	    [HISTORY_PARTIES] = &history->parties.table, [HISTORY_SPANS] = &history->spans,
	    [HISTORY_MINUTES] = &history->cells,	 [HISTORY_EVENTS] = &history->events.table,
	};

	return model_topic_new(ret, schemas, tables, HISTORY_TABLES);
}
