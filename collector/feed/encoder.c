/* SPDX-License-Identifier: MIT */
#include "encoder.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

#define FIRST_ITEMS 256
#define KEPT_ITEMS 16384 /* scratch that a burst made larger is given back */

/* msgpack: nil, and the heads of short and long arrays. */
#define NIL 0xc0
#define SHORT_ARRAY 0x90
#define SHORT_ARRAY_MAX 15
#define ARRAY_16 0xdc
#define HEAD_MAX 3 /* bytes */

_Static_assert(SCHEMA_COLUMNS <= 53, "JavaScript holds a mask of columns exactly");

void encoder_scratch_done(struct encoder_scratch *s)
{
	free(s->changes);
	free(s->new);
	free(s->new_ids);
	*s = (struct encoder_scratch){};
}

void encoder_scratch_clear(struct encoder_scratch *s)
{
	if (s->max_changes > KEPT_ITEMS || s->max_new > KEPT_ITEMS)
		encoder_scratch_done(s);
	s->n_changes = s->n_new = 0;
	s->failed = false;
}

void encoder_scratch_change(struct encoder_scratch *s, uint32_t id, uint64_t columns, void *row)
{
	if (s->n_changes == s->max_changes) {
		size_t max = s->max_changes ? s->max_changes * 2 : FIRST_ITEMS;
		struct encoder_change *changes = reallocarray(s->changes, max, sizeof(*changes));

		if (!changes) {
			s->failed = true;
			return;
		}
		s->changes = changes;
		s->max_changes = max;
	}
	s->changes[s->n_changes++] = (struct encoder_change){.id = id, .columns = columns, .row = row};
}

void encoder_scratch_new(struct encoder_scratch *s, uint32_t id, void *row)
{
	if (s->n_new == s->max_new) {
		size_t max = s->max_new ? s->max_new * 2 : FIRST_ITEMS;
		void **new = reallocarray(s->new, max, sizeof(*new));
		uint32_t *ids;

		if (new)
			s->new = new;
		ids = new ? reallocarray(s->new_ids, max, sizeof(*ids)) : NULL;
		if (!ids) {
			s->failed = true;
			return;
		}
		s->new_ids = ids;
		s->max_new = max;
	}
	s->new[s->n_new] = row;
	s->new_ids[s->n_new++] = id;
}

void encoder_text(msgpack_packer *p, const char *text)
{
	if (text && text[0])
		msgpack_pack_str_with_body(p, text, strlen(text));
	else
		msgpack_pack_nil(p);
}

void encoder_bytes(msgpack_packer *p, const void *bytes, size_t length)
{
	msgpack_pack_bin_with_body(p, bytes, length);
}

void encoder_address(msgpack_packer *p, const struct address *a)
{
	const uint8_t *bytes;
	size_t length = address_wire(a, &bytes);

	encoder_bytes(p, bytes, length);
}

void encoder_reference(msgpack_packer *p, uint32_t id)
{
	if (id)
		msgpack_pack_uint32(p, id);
	else
		msgpack_pack_nil(p);
}

void encoder_flag(msgpack_packer *p, bool value)
{
	if (value)
		msgpack_pack_true(p);
	else
		msgpack_pack_false(p);
}

void encoder_table(msgpack_packer *p, const struct encoder_schema *schema, size_t n_rows)
{
	msgpack_pack_array(p, 3);
	encoder_text(p, schema->name);
	msgpack_pack_array(p, schema->n_columns);
	for (unsigned i = 0; i < schema->n_columns; i++)
		encoder_text(p, schema->columns[i]);
	msgpack_pack_array(p, n_rows);
}

/* Writes the head of an array before its elements, which begin at start, where room bytes were left: 1, when it is short
 * for sure, or HEAD_MAX. */
static void put_head(struct buffer *b, size_t start, size_t room, unsigned n)
{
	uint8_t *at = b->bytes + start - room;

	if (n > SHORT_ARRAY_MAX) {
		at[0] = ARRAY_16;
		at[1] = (uint8_t)(n >> 8);
		at[2] = (uint8_t)n;
		return;
	}
	at[0] = (uint8_t)(SHORT_ARRAY | n);
	if (room == 1)
		return;
	memmove(at + 1, at + room, b->length - start);
	b->length -= room - 1;
}

void encoder_row(msgpack_packer *p, const struct encoder_schema *schema, uint32_t id, const void *row)
{
	struct buffer *b = p->data;
	size_t start, end, room = schema->n_columns < SHORT_ARRAY_MAX ? 1 : HEAD_MAX;
	unsigned n = 1;

	buffer_write(b, "\0\0", room);
	start = b->length;
	msgpack_pack_uint32(p, id);
	end = b->length;
	for (unsigned i = 0; i < schema->n_columns; i++) {
		size_t before = b->length;

		schema->value(p, row, i, false);
		if (b->length - before == 1 && b->bytes[before] == NIL)
			continue;
		end = b->length;
		n = i + 2;
	}
	if (b->failed)
		return;
	b->length = end;
	put_head(b, start, room, n);
}

/* A '~' column needs no value when a '+' column goes along: the reader sets it to the frame's time. */
static uint64_t without_implied(const struct encoder_schema *schema, uint64_t columns)
{
	return columns & schema->counters ? columns & ~schema->times : columns;
}

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int compare_changes(const void *a, const void *b)
{
	return compare_ids(&((const struct encoder_change *)a)->id, &((const struct encoder_change *)b)->id);
}

static void encode_removed(msgpack_packer *p, uint32_t *removed, size_t n_removed)
{
	uint32_t before = 0;

	if (n_removed)
		qsort(removed, n_removed, sizeof(*removed), compare_ids);
	msgpack_pack_array(p, n_removed);
	for (size_t i = 0; i < n_removed; i++) {
		msgpack_pack_uint32(p, removed[i] - before);
		before = removed[i];
	}
}

void encoder_values(msgpack_packer *p, const struct encoder_schema *schema, const void *row, uint64_t columns)
{
	for (uint64_t left = columns; left; left &= left - 1)
		schema->value(p, row, (unsigned)__builtin_ctzll(left), true);
}

static void encode_changes(msgpack_packer *p, const struct encoder_schema *schema, struct encoder_scratch *s)
{
	size_t values = 0;
	uint32_t before = 0;

	qsort(s->changes, s->n_changes, sizeof(*s->changes), compare_changes);
	for (size_t i = 0; i < s->n_changes; i++) {
		s->changes[i].columns = without_implied(schema, s->changes[i].columns);
		values += 2 + (unsigned)__builtin_popcountll(s->changes[i].columns);
	}
	msgpack_pack_array(p, values);
	for (size_t i = 0; i < s->n_changes; i++) {
		const struct encoder_change *c = &s->changes[i];

		msgpack_pack_uint32(p, c->id - before);
		msgpack_pack_uint64(p, c->columns);
		encoder_values(p, schema, c->row, c->columns);
		before = c->id;
	}
}

void encoder_delta(msgpack_packer *p, const struct encoder_schema *schema, unsigned table, uint32_t *removed,
		   size_t n_removed, struct encoder_scratch *scratch, uint64_t time)
{
	unsigned parts = scratch->n_changes ? 4 : scratch->n_new ? 3 : 2;

	msgpack_pack_array(p, parts);
	msgpack_pack_uint32(p, table);
	encode_removed(p, removed, n_removed);
	if (parts > 2)
		msgpack_pack_array(p, scratch->n_new);
	for (size_t i = 0; i < scratch->n_new; i++)
		encoder_row(p, schema, scratch->new_ids[i], scratch->new[i]);
	if (parts > 3)
		encode_changes(p, schema, scratch);
	if (!schema->sent)
		return;
	for (size_t i = 0; i < scratch->n_new; i++)
		schema->sent(scratch->new[i], ENCODER_WHOLE, time);
	for (size_t i = 0; i < scratch->n_changes; i++)
		schema->sent(scratch->changes[i].row, scratch->changes[i].columns, time);
}

bool encoder_has_changes(const struct row_table *rows)
{
	return rows->n_removed || !chain_is_empty(&rows->dirty);
}

void encoder_rows_delta(msgpack_packer *p, const struct encoder_schema *schema, unsigned table,
			struct row_table *rows, struct encoder_scratch *scratch, uint64_t time)
{
	encoder_scratch_clear(scratch);
	ROW_FOR_EACH(r, &rows->dirty) {
		if (r->is_new)
			encoder_scratch_new(scratch, r->id, r);
		else
			encoder_scratch_change(scratch, r->id, r->changed, r);
	}
	encoder_delta(p, schema, table, rows->removed, rows->n_removed, scratch, time);
	if (scratch->failed) {
		row_table_clean(rows);
		return;
	}
	/* From the lists of them: with many, going along the table's chain waits for the memory at each row. */
	for (size_t i = 0; i < scratch->n_new; i++)
		row_clean(scratch->new[i]);
	for (size_t i = 0; i < scratch->n_changes; i++)
		row_clean(scratch->changes[i].row);
	row_table_cleaned(rows);
}
