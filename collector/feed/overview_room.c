/* SPDX-License-Identifier: MIT */
#include "overview_room.h"

#include "encoder.h"
#include "room.h"

static void time_value(msgpack_packer *p, bool is_there, int64_t time)
{
	is_there ? msgpack_pack_int64(p, time) : msgpack_pack_nil(p);
}

static void choices_value(msgpack_packer *p, const struct room *r)
{
	char from[ROOM_FROM_TEXT_MAX];

	msgpack_pack_array(p, r->n_choices);
	for (unsigned i = 0; i < r->n_choices; i++)
		encoder_text(p, room_choice_text(&r->choices[i], from));
}

void overview_room_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct room *r = row;

	(void)increment;
	switch ((enum room_column)column) {
	case ROOM_ROUND:
		return encoder_text(p, r->label);
	case ROOM_ROUND_SINCE:
		return time_value(p, r->label[0], r->since);
	case ROOM_ROUND_UNTIL:
		return time_value(p, r->timer, r->since + (int64_t)r->timer);
	case ROOM_FROZEN:
		return time_value(p, r->is_frozen, r->frozen);
	case ROOM_DEVICE:
		return encoder_reference(p, r->device ? r->device->row.id : 0);
	case ROOM_COMPANY:
		return encoder_reference(p, r->company ? r->company->row.id : 0);
	case ROOM_VIEW:
		return encoder_text(p, r->view);
	case ROOM_NAMES_LOCKED:
		return encoder_flag(p, r->names_locked);
	case ROOM_ROUND_NUMBER:
		return encoder_reference(p, r->label[0] ? r->number : 0);
	case ROOM_ROUND_KIND:
		return encoder_text(p, room_kind_word(r->kind));
	case ROOM_QUESTION:
		return encoder_text(p, room_question_word(r->question));
	case ROOM_CHOICES:
		return choices_value(p, r);
	case ROOM_VOTES_FIRST:
	case ROOM_VOTES_SECOND:
	case ROOM_VOTES_THIRD:
	case ROOM_VOTES_FOURTH:
		msgpack_pack_uint32(p, r->choices[column - ROOM_VOTES_FIRST].votes);
		return;
	case ROOM_COLUMNS:
		break;
	}
}

void overview_mark_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct room_mark *m = row;

	(void)increment;
	switch ((enum mark_column)column) {
	case MARK_AT:
		msgpack_pack_int64(p, m->at);
		return;
	case MARK_TEXT:
		return encoder_text(p, m->text);
	case MARK_COLUMNS:
		break;
	}
}
