/* SPDX-License-Identifier: MIT */
#include "identities.h"

#include "special.h"
#include "util.h"

/* Every interface has the link-local network: it names no home. */
static bool is_told(const struct network *n)
{
	return special_of(&n->base) != SPECIAL_LINK_LOCAL;
}

static void home_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct site *s = CONTAINER_OF(row, const struct site, home_row);
	size_t n = 0;

	(void)column;
	(void)increment;
	for (size_t i = 0; i < s->n_networks; i++)
		n += is_told(&s->networks[i]);
	msgpack_pack_array(p, n);
	for (size_t i = 0; i < s->n_networks; i++) {
		char text[ADDRESS_TEXT_MAX];

		if (is_told(&s->networks[i]))
			encoder_text(p, network_format(&s->networks[i], text));
	}
}

static void identity_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct device *d = CONTAINER_OF(row, const struct device, identity);

	(void)increment;
	switch ((enum identity_column)column) {
	case IDENTITY_HOST_NAME:
		return encoder_text(p, d->host_name);
	case IDENTITY_MAC:
		d->has_mac ? encoder_bytes(p, d->mac, sizeof(d->mac)) : (void)msgpack_pack_nil(p);
		return;
	case IDENTITY_MAC_KIND:
		/* The second lowest bit of the first byte: locally administered (IEEE 802). */
		return encoder_text(p, !d->has_mac ? NULL : d->mac[0] & 2 ? "random" : "vendor");
	case IDENTITY_VENDOR:
		return encoder_text(p, d->vendor);
	case IDENTITY_COLUMNS:
		break;
	}
}

static void address_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct device_address *a = row;

	(void)increment;
	switch ((enum address_column)column) {
	case ADDRESS_DEVICE:
		msgpack_pack_uint32(p, a->device->row.id);
		return;
	case ADDRESS_ADDRESS:
		return encoder_address(p, &a->address);
	case ADDRESS_COLUMNS:
		break;
	}
}

static const struct encoder_schema schemas[IDENTITIES_TABLES] = {
    [IDENTITIES_HOME] = {ENCODER_TABLE(HOME_SITE), .value = home_value},
    [IDENTITIES_IDENTITIES] = {ENCODER_TABLE(IDENTITY), .value = identity_value},
    [IDENTITIES_ADDRESSES] = {ENCODER_TABLE(ADDRESS), .value = address_value},
};

int identities_new(struct model_topic **ret, struct model *model)
{
	struct row_table *const tables[IDENTITIES_TABLES] = {
	    [IDENTITIES_HOME] = &model->site.home,
	    [IDENTITIES_IDENTITIES] = &model->devices.identities,
	    [IDENTITIES_ADDRESSES] = &model->devices.addresses,
	};

	return model_topic_new(ret, schemas, tables, IDENTITIES_TABLES);
}
