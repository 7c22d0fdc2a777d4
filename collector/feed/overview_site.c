/* SPDX-License-Identifier: MIT */
#include "overview_site.h"

#include "encoder.h"
#include "site.h"
#include "special.h"

/* Every interface has the link-local network: it names no home. */
static bool is_told(const struct network *n)
{
	return special_of(&n->base) != SPECIAL_LINK_LOCAL;
}

static void networks_value(msgpack_packer *p, const struct site *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_networks; i++)
		n += is_told(&s->networks[i]);
	msgpack_pack_array(p, n);
	for (size_t i = 0; i < s->n_networks; i++) {
		char text[ADDRESS_TEXT_MAX];

		if (is_told(&s->networks[i]))
			encoder_text(p, network_format(&s->networks[i], text));
	}
}

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
	case SITE_NETWORKS:
		return networks_value(p, s);
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
