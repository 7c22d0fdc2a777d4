/* SPDX-License-Identifier: MIT */
#include "keyframe.h"

#include <errno.h>
#include <stdlib.h>

#include "buffer.h"

#define FIRST_ITEMS 64

/* Of the delta: a piece of the table's rows (a new row) or of its values (a change). */
struct piece {
	uint64_t columns; /* of a change */
	size_t start, length;
	uint32_t id;
};

struct pieces {
	struct piece *items;
	size_t n, max;
};

struct table {
	struct buffer head, rows, values;
	size_t n_rows;
	struct pieces new, changes;
};

struct keyframe {
	const struct encoder_schema *schemas;
	unsigned n_tables;
	bool with_delta, failed;
	struct buffer head;
	struct iovec *parts;
	size_t n_parts;
	struct table tables[];
};

int keyframe_new(struct keyframe **ret, const struct encoder_schema *schemas, unsigned n_tables,
		 bool with_delta)
{
	struct keyframe *k = calloc(1, sizeof(*k) + n_tables * sizeof(k->tables[0]));

	if (!k)
		return -ENOMEM;
	k->schemas = schemas;
	k->n_tables = n_tables;
	k->with_delta = with_delta;
	/* The head of all, and of each table its head and its rows. */
	k->parts = calloc(1 + 2 * (size_t)n_tables, sizeof(*k->parts));
	if (!k->parts) {
		free(k);
		return -ENOMEM;
	}
	*ret = k;
	return 0;
}

struct keyframe *keyframe_free(struct keyframe *k)
{
	if (!k)
		return NULL;
	for (unsigned i = 0; i < k->n_tables; i++) {
		struct table *t = &k->tables[i];

		buffer_done(&t->head);
		buffer_done(&t->rows);
		buffer_done(&t->values);
		free(t->new.items);
		free(t->changes.items);
	}
	buffer_done(&k->head);
	free(k->parts);
	free(k);
	return NULL;
}

static void note(struct keyframe *k, struct pieces *p, const struct piece *piece)
{
	if (p->n == p->max) {
		size_t max = p->max ? p->max * 2 : FIRST_ITEMS;
		struct piece *items = reallocarray(p->items, max, sizeof(*items));

		if (!items) {
			k->failed = true;
			return;
		}
		p->items = items;
		p->max = max;
	}
	p->items[p->n++] = *piece;
}

static void note_change(struct keyframe *k, struct table *t, const struct encoder_schema *schema, uint32_t id,
			const void *row, uint64_t columns)
{
	struct piece piece = {.id = id, .start = t->values.length};
	msgpack_packer p;

	piece.columns = columns & (COLUMN(schema->n_columns) - 1);
	/* Times are said: the delta is of a later time than the row. */
	if (columns & schema->counters)
		piece.columns |= schema->times;
	msgpack_packer_init(&p, &t->values, buffer_write);
	encoder_values(&p, schema, row, piece.columns);
	piece.length = t->values.length - piece.start;
	note(k, &t->changes, &piece);
}

void keyframe_add(struct keyframe *k, unsigned table, uint32_t id, void *row, bool is_new, uint64_t changed)
{
	const struct encoder_schema *schema = &k->schemas[table];
	struct table *t = &k->tables[table];
	struct piece piece = {.id = id, .start = t->rows.length};
	msgpack_packer p;

	msgpack_packer_init(&p, &t->rows, buffer_write);
	encoder_row(&p, schema, id, row);
	t->n_rows++;
	piece.length = t->rows.length - piece.start;
	if (k->with_delta && is_new)
		note(k, &t->new, &piece);
	else if (k->with_delta && changed)
		note_change(k, t, schema, id, row, changed);
	if (schema->sent)
		schema->sent(row, ENCODER_WHOLE, 0);
}

bool keyframe_has_delta(const struct keyframe *k)
{
	for (unsigned i = 0; i < k->n_tables; i++)
		if (k->tables[i].new.n || k->tables[i].changes.n)
			return true;
	return false;
}

static int compare_pieces(const void *a, const void *b)
{
	uint32_t x = ((const struct piece *)a)->id, y = ((const struct piece *)b)->id;

	return x < y ? -1 : x > y;
}

static void put(msgpack_packer *p, const struct buffer *from, const struct piece *piece)
{
	if (!from->failed)
		buffer_write(p->data, (const char *)from->bytes + piece->start, piece->length);
}

static void put_changes(msgpack_packer *p, struct table *t)
{
	size_t values = 0;
	uint32_t before = 0;

	qsort(t->changes.items, t->changes.n, sizeof(*t->changes.items), compare_pieces);
	for (size_t i = 0; i < t->changes.n; i++)
		values += 2 + (unsigned)__builtin_popcountll(t->changes.items[i].columns);
	msgpack_pack_array(p, values);
	for (size_t i = 0; i < t->changes.n; i++) {
		const struct piece *piece = &t->changes.items[i];

		msgpack_pack_uint32(p, piece->id - before);
		msgpack_pack_uint64(p, piece->columns);
		put(p, &t->values, piece);
		before = piece->id;
	}
}

void keyframe_delta(struct keyframe *k, msgpack_packer *p)
{
	unsigned n = 0;

	for (unsigned i = 0; i < k->n_tables; i++)
		n += k->tables[i].new.n || k->tables[i].changes.n;
	msgpack_pack_array(p, n);
	for (unsigned i = 0; i < k->n_tables; i++) {
		struct table *t = &k->tables[i];

		if (!t->new.n && !t->changes.n)
			continue;
		msgpack_pack_array(p, t->changes.n ? 4 : 3);
		msgpack_pack_uint32(p, i);
		msgpack_pack_array(p, 0);
		msgpack_pack_array(p, t->new.n);
		for (size_t j = 0; j < t->new.n; j++)
			put(p, &t->rows, &t->new.items[j]);
		if (t->changes.n)
			put_changes(p, t);
	}
}

static void add_part(struct keyframe *k, const struct buffer *b)
{
	k->failed |= b->failed;
	if (b->length)
		k->parts[k->n_parts++] = (struct iovec){.iov_base = b->bytes, .iov_len = b->length};
}

int keyframe_seal(struct keyframe *k)
{
	msgpack_packer p;

	msgpack_packer_init(&p, &k->head, buffer_write);
	msgpack_pack_array(&p, k->n_tables);
	add_part(k, &k->head);
	for (unsigned i = 0; i < k->n_tables; i++) {
		struct table *t = &k->tables[i];

		msgpack_packer_init(&p, &t->head, buffer_write);
		encoder_table(&p, &k->schemas[i], t->n_rows);
		add_part(k, &t->head);
		add_part(k, &t->rows);
		k->failed |= t->values.failed;
	}
	return k->failed ? -ENOMEM : 0;
}

const struct iovec *keyframe_parts(const struct keyframe *k, size_t *ret_n)
{
	*ret_n = k->n_parts;
	return k->parts;
}
