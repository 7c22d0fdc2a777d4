/* SPDX-License-Identifier: MIT */
#include "lookups_topic.h"

#include "category.h"
#include "util.h"

static void name_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
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

static void lookup_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
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

static void lookup_sent(void *row, uint64_t columns, uint64_t time)
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

static void remote_name_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct remote *r = CONTAINER_OF(row, const struct remote, naming);

	(void)increment;
	switch ((enum remote_name_column)column) {
	case REMOTE_NAME_NAME:
		return encoder_reference(p, r->name ? r->name->row.id : 0);
	case REMOTE_NAME_NAMES:
		return lookups_of(p, r->answered);
	case REMOTE_NAME_MORE_NAMES:
		return encoder_reference(p, r->answered ? r->answered->more : 0);
	case REMOTE_NAME_COLUMNS:
		break;
	}
}

static void conversation_name_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct conversation *c = CONTAINER_OF(row, const struct conversation, naming);

	(void)column;
	(void)increment;
	encoder_reference(p, c->name ? c->name->row.id : 0);
}

static void sum_name_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct sum *s = CONTAINER_OF(row, const struct sum, naming);

	(void)column;
	(void)increment;
	encoder_reference(p, s->name->row.id);
}

static const struct encoder_schema schemas[LOOKUPS_TABLES] = {
    [LOOKUPS_NAMES] = {ENCODER_TABLE(NAME), .value = name_value},
    [LOOKUPS_LOOKUPS] = {ENCODER_TABLE(LOOKUP), .value = lookup_value, .sent = lookup_sent},
    [LOOKUPS_REMOTE_NAMES] = {ENCODER_TABLE(REMOTE_NAME), .value = remote_name_value},
    [LOOKUPS_CONVERSATION_NAMES] = {ENCODER_TABLE(CONVERSATION_NAME), .value = conversation_name_value},
    [LOOKUPS_SUM_NAMES] = {ENCODER_TABLE(SUM_NAME), .value = sum_name_value},
};

int lookups_topic_new(struct model_topic **ret, struct model *model)
{
	struct row_table *const tables[LOOKUPS_TABLES] = {
	    [LOOKUPS_NAMES] = &model->names.table,
	    [LOOKUPS_LOOKUPS] = &model->lookups.table,
	    [LOOKUPS_REMOTE_NAMES] = &model->remotes.naming,
	    [LOOKUPS_CONVERSATION_NAMES] = &model->conversations.naming,
	    [LOOKUPS_SUM_NAMES] = &model->conversations.sums.naming,
	};

	return model_topic_new(ret, schemas, tables, LOOKUPS_TABLES);
}
