/* SPDX-License-Identifier: MIT */
#include "overview_site.h"

#include "encoder.h"
#include "site.h"

void overview_site_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct site *s = row;

	(void)increment;
	switch ((enum site_column)column) {
	case SITE_NAME:
		return encoder_text(p, s->name);
	case SITE_MODE:
		return encoder_text(p, s->mode == HOME_ROUTER ? "router" : "machine");
	case SITE_ACCOUNTING:
	case SITE_EVENTS:
	case SITE_RIVALS:
		return encoder_flag(p, s->values[column]);
	case SITE_SESSION:
		msgpack_pack_int64(p, (int64_t)s->values[column]);
		return;
	case SITE_GAP_FROM:
	case SITE_GAP_UNTIL:
	case SITE_FORGOTTEN:
		if (s->values[column])
			msgpack_pack_int64(p, (int64_t)s->values[column]);
		else
			msgpack_pack_nil(p);
		return;
	case SITE_LEFT_OUT_DEVICES:
		if (s->values[column])
			msgpack_pack_uint64(p, s->values[column]);
		else
			msgpack_pack_nil(p);
		return;
	case SITE_LONGEST_TURN_OF:
		return encoder_text(p, s->longest_turn_of);
	case SITE_LONGEST_TURN_EVER_OF:
		return encoder_text(p, s->longest_turn_ever_of);
	default:
		msgpack_pack_uint64(p, s->values[column]);
	}
}
