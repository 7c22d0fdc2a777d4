/* SPDX-License-Identifier: MIT */
#include "overview_names.h"

#include "category.h"
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
	case REMOTE_COMPANY:
		return encoder_reference(p, r->company ? r->company->row.id : 0);
	case REMOTE_CATEGORY:
		return encoder_text(p, category_word(r->category));
	case REMOTE_LIST:
		return encoder_reference(p, r->list);
	case REMOTE_CLOUD:
		return encoder_text(p, r->cloud);
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
