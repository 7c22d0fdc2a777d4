/* SPDX-License-Identifier: MIT */
#include "overview_names.h"

#include "category.h"
#include "lookup.h"
#include "remote.h"
#include "special.h"
#include "util.h"

void overview_company_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct company *c = row;

	(void)increment;
	switch ((enum company_column)column) {
	case COMPANY_NAME:
		return encoder_text(p, c->name);
	case COMPANY_CATEGORY:
		return encoder_text(p, c->purpose);
	case COMPANY_COLUMNS:
		break;
	}
}

void overview_name_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct name *n = row;

	(void)increment;
	switch ((enum name_column)column) {
	case NAME_NAME:
		return encoder_text(p, n->text);
	case NAME_DOMAIN:
		return encoder_text(p, n->domain ? n->text + n->domain : NULL);
	case NAME_COMPANY:
		return encoder_reference(p, n->company ? n->company->row.id : 0);
	case NAME_CATEGORY:
		return encoder_text(p, category_word(n->category));
	case NAME_LIST:
		return encoder_reference(p, n->list);
	case NAME_DOMAIN_CATEGORY:
		return encoder_text(p, category_word(n->domain_category));
	case NAME_COLUMNS:
		break;
	}
}

void overview_lookup_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct lookup *l = row;

	switch ((enum lookup_column)column) {
	case LOOKUP_ASKED:
		msgpack_pack_int64(p, l->asked);
		return;
	case LOOKUP_COUNT:
		msgpack_pack_int64(p, increment ? (int64_t)l->count - l->sent_count : l->count);
		return;
	case LOOKUP_DEVICE:
		return encoder_reference(p, l->device->row.id);
	case LOOKUP_NAME:
		return encoder_reference(p, l->name->row.id);
	case LOOKUP_RESULT:
		return encoder_text(p, lookup_result_word((enum dns_result)l->result));
	case LOOKUP_SEEN:
		msgpack_pack_int64(p, l->seen);
		return;
	case LOOKUP_COLUMNS:
		break;
	}
}

void overview_lookup_sent(void *row, uint64_t columns, uint64_t time)
{
	struct lookup *l = row;

	(void)time;
	if (columns & COLUMN(LOOKUP_COUNT))
		l->sent_count = l->count;
}

static void lookups_of(msgpack_packer *p, const struct answered *a)
{
	if (!a || !a->n) {
		msgpack_pack_nil(p);
		return;
	}
	msgpack_pack_array(p, a->n);
	for (uint32_t i = 0; i < a->n; i++)
		msgpack_pack_uint32(p, a->newest[i]);
}

void overview_remote_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct remote *r = row;

	(void)increment;
	switch ((enum remote_column)column) {
	case REMOTE_ADDRESS:
		return encoder_address(p, &r->address);
	case REMOTE_PLACE:
		return encoder_reference(p, r->place ? r->place->row.id : 0);
	case REMOTE_NETWORK:
		return encoder_reference(p, r->network ? r->network->row.id : 0);
	case REMOTE_SPECIAL:
		return encoder_text(p, special_word(r->special));
	case REMOTE_SEEN:
		msgpack_pack_int64(p, r->seen);
		return;
	case REMOTE_NAME:
		return encoder_reference(p, r->name ? r->name->row.id : 0);
	case REMOTE_COMPANY:
		return encoder_reference(p, r->company ? r->company->row.id : 0);
	case REMOTE_CATEGORY:
		return encoder_text(p, category_word(r->category));
	case REMOTE_LIST:
		return encoder_reference(p, r->list);
	case REMOTE_CLOUD:
		return encoder_text(p, r->cloud);
	case REMOTE_NAMES:
		return lookups_of(p, r->answered);
	case REMOTE_MORE_NAMES:
		return encoder_reference(p, r->answered ? r->answered->more : 0);
	case REMOTE_ANYCAST:
		/* Not false: the nils at a row's end are left out. */
		if (r->anycast)
			msgpack_pack_true(p);
		else
			msgpack_pack_nil(p);
		return;
	case REMOTE_COLUMNS:
		break;
	}
}
