/* SPDX-License-Identifier: MIT */
#include "overview_tables.h"

#include "model.h"
#include "overview_names.h"
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
	if (column == 0)
		encoder_text(p, place->country);
	else if (column == 1)
		encoder_text(p, place->region);
	else if (column == 2)
		encoder_text(p, place->city);
	else if (!place->has_position)
		msgpack_pack_nil(p);
	else
		msgpack_pack_float(p, column == 3 ? place->latitude : place->longitude);
}

static void network_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct network_row *n = row;

	(void)increment;
	if (column == 1)
		encoder_text(p, n->name);
	else if (n->asn)
		msgpack_pack_uint32(p, n->asn);
	else
		msgpack_pack_nil(p);
}

/* column: 0 up_bytes to 3 down_packets. */
static void traffic_value(msgpack_packer *p, const struct traffic *now, const struct traffic *sent,
			  unsigned column, bool increment)
{
	const uint64_t values[] = {now->up_bytes, now->down_bytes, now->up_packets, now->down_packets};
	const uint64_t before[] = {sent->up_bytes, sent->down_bytes, sent->up_packets, sent->down_packets};

	msgpack_pack_int64(p, (int64_t)(increment ? values[column] - before[column] : values[column]));
}

static void device_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct device *d = row;

	switch ((enum device_column)column) {
	case DEVICE_ACTIVE:
		msgpack_pack_uint64(p, d->active);
		return;
	case DEVICE_UP_BYTES:
	case DEVICE_DOWN_BYTES:
	case DEVICE_UP_PACKETS:
	case DEVICE_DOWN_PACKETS:
		return traffic_value(p, &d->traffic, &d->sent, column - DEVICE_UP_BYTES, increment);
	case DEVICE_ALIAS:
		return encoder_text(p, d->alias);
	case DEVICE_MAC:
		d->has_mac ? encoder_bytes(p, d->mac, sizeof(d->mac)) : (void)msgpack_pack_nil(p);
		return;
	case DEVICE_MAC_KIND:
		/* The second lowest bit of the first byte: locally administered (IEEE 802). */
		return encoder_text(p, !d->has_mac ? NULL : d->mac[0] & 2 ? "random" : "vendor");
	case DEVICE_SELF:
		return encoder_flag(p, d->self);
	case DEVICE_SEEN:
		msgpack_pack_uint64(p, d->seen);
		return;
	case DEVICE_HOST_NAME:
		return encoder_text(p, d->host_name);
	case DEVICE_TOTAL:
		msgpack_pack_int64(p, increment ? (int64_t)d->total - d->sent_total : d->total);
		return;
	case DEVICE_UNSEEN:
		msgpack_pack_int64(p, increment ? (int64_t)d->unseen - d->sent_unseen : d->unseen);
		return;
	case DEVICE_VENDOR:
		return encoder_text(p, d->vendor);
	case DEVICE_NAMED:
		return encoder_flag(p, d->named);
	case DEVICE_LOOKED_UP:
		d->has_looked_up ? msgpack_pack_int64(p, d->looked_up) : msgpack_pack_nil(p);
		return;
	case DEVICE_HIDDEN_DNS:
		d->hidden_dns ? msgpack_pack_uint64(p, d->hidden_dns) : msgpack_pack_nil(p);
		return;
	case DEVICE_COLUMNS:
		break;
	}
}

static void device_sent(void *row, uint32_t columns, uint64_t time)
{
	struct device *d = row;

	uint32_t counters = 0xfu << DEVICE_UP_BYTES | 1u << DEVICE_TOTAL | 1u << DEVICE_UNSEEN;

	if (columns != UINT32_MAX && columns & counters)
		d->active = time;
	if (columns & (0xfu << DEVICE_UP_BYTES))
		d->sent = d->traffic;
	if (columns & 1u << DEVICE_TOTAL)
		d->sent_total = d->total;
	if (columns & 1u << DEVICE_UNSEEN)
		d->sent_unseen = d->unseen;
}

static void address_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct device_address *a = row;

	(void)increment;
	if (column == ADDRESS_DEVICE)
		msgpack_pack_uint32(p, a->device->row.id);
	else
		encoder_address(p, &a->address);
}

static void conversation_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct conversation *c = row;

	switch ((enum conversation_column)column) {
	case CONVERSATION_ACTIVE:
		msgpack_pack_uint64(p, c->active);
		return;
	case CONVERSATION_UP_BYTES:
	case CONVERSATION_DOWN_BYTES:
	case CONVERSATION_UP_PACKETS:
	case CONVERSATION_DOWN_PACKETS:
		return traffic_value(p, &c->traffic, &c->sent, column - CONVERSATION_UP_BYTES, increment);
	case CONVERSATION_OPEN:
		msgpack_pack_uint32(p, c->open);
		return;
	case CONVERSATION_CONNECTING:
		msgpack_pack_uint32(p, c->connecting);
		return;
	case CONVERSATION_TOTAL:
		msgpack_pack_int64(p, increment ? (int64_t)c->total - c->sent_total : c->total);
		return;
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
		msgpack_pack_uint64(p, c->seen);
		return;
	case CONVERSATION_NAME:
		c->name ? msgpack_pack_uint32(p, c->name->row.id) : msgpack_pack_nil(p);
		return;
	case CONVERSATION_BEHAVIOUR:
		return encoder_text(p, behaviour_word(c->behaviour.kind));
	case CONVERSATION_COLUMNS:
		break;
	}
}

static unsigned conversation_length(const void *row)
{
	const struct conversation *c = row;

	return c->behaviour.kind ? CONVERSATION_BEHAVIOUR + 1
	       : c->name	 ? CONVERSATION_NAME + 1
				 : CONVERSATION_SEEN + 1;
}

static void conversation_sent(void *row, uint32_t columns, uint64_t time)
{
	struct conversation *c = row;
	uint32_t counters = 0xfu << CONVERSATION_UP_BYTES | 1u << CONVERSATION_TOTAL;

	/* As the reader does, so that a keyframe says the same as the deltas before it. */
	if (columns != UINT32_MAX && columns & counters)
		c->active = time;
	if (columns & (0xfu << CONVERSATION_UP_BYTES))
		c->sent = c->traffic;
	if (columns & 1u << CONVERSATION_TOTAL)
		c->sent_total = c->total;
}

const struct encoder_schema overview_schemas[OVERVIEW_TABLES] = {
    [OVERVIEW_SITE] = {.name = "site",
		       COLUMNS("name", "mode", "connections", "shown", "hidden_router", "hidden_dns",
			       "hidden_home", "accounting", "interval", "dump_cost", "events", "event_losses",
			       "full_connections", "full_devices", "full_remotes", "full_conversations",
			       "dropped_frames", "keyframe_bytes", "keyframe_limit", "rivals", "session",
			       "networks", "lookups", "lookup_losses", "full_lookups"),
		       .value = overview_site_value},
    [OVERVIEW_SOURCES] = {.name = "sources",
			  COLUMNS("kind", "state", "detail", "type", "built", "attribution", "name",
				  "entries", "broken"),
			  .value = source_value},
    [OVERVIEW_PLACES] = {.name = "places",
			 COLUMNS("country", "region", "city", "latitude", "longitude"),
			 .value = place_value},
    [OVERVIEW_NETWORKS] = {.name = "networks", COLUMNS("asn", "name"), .value = network_value},
    [OVERVIEW_COMPANIES] = {.name = "companies", COLUMNS("name"), .value = overview_company_value},
    [OVERVIEW_NAMES] = {.name = "names",
			COLUMNS("name", "domain", "company", "category", "list"),
			.value = overview_name_value,
			.length = overview_name_length},
    [OVERVIEW_DEVICES] = {.name = "devices",
			  COLUMNS("~active", "+up_bytes", "+down_bytes", "+up_packets", "+down_packets",
				  "alias", "host_name", "mac", "mac_kind", "self", "seen", "+total",
				  "+unseen", "vendor", "named", "looked_up", "hidden_dns"),
			  .value = device_value,
			  .sent = device_sent},
    [OVERVIEW_ADDRESSES] = {.name = "addresses", COLUMNS("device", "address"), .value = address_value},
    [OVERVIEW_LOOKUPS] = {.name = "lookups",
			  COLUMNS("asked", "+count", "device", "name", "result", "seen"),
			  .value = overview_lookup_value,
			  .sent = overview_lookup_sent},
    [OVERVIEW_REMOTES] = {.name = "remotes",
			  COLUMNS("address", "place", "network", "special", "seen", "name", "names",
				  "more_names", "company", "category", "list", "cloud"),
			  .value = overview_remote_value,
			  .length = overview_remote_length},
    [OVERVIEW_CONVERSATIONS] = {.name = "conversations",
				COLUMNS("~active", "+up_bytes", "+down_bytes", "+up_packets", "+down_packets",
					"open", "connecting", "+total", "device", "remote", "protocol",
					"port", "inbound", "seen", "name", "behaviour"),
				.value = conversation_value,
				.length = conversation_length,
				.sent = conversation_sent},
};
