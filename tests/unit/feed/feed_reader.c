/* SPDX-License-Identifier: MIT */
#include "feed_reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <msgpack.h>
#include <zlib.h>

#include "cmocka_all.h"
#include "util.h"

/* What the schema says of a table. */
static const struct described {
	const char *name;
	const char *const *columns, *const *types;
	size_t n_columns;
} described[] = {
#define DESCRIBE(prefix)                                                                                     \
	{prefix##_TABLE_NAME, (const char *const[]){prefix##_COLUMN_NAMES},                                  \
	 (const char *const[]){prefix##_COLUMN_TYPES}, prefix##_COLUMNS},
    OVERVIEW_EACH_TABLE(DESCRIBE) IDENTITIES_EACH_TABLE(DESCRIBE) LOOKUPS_EACH_TABLE(DESCRIBE)
	CONNECTIONS_EACH_TABLE(DESCRIBE)
#undef DESCRIBE
};

/* type: "a | b", perhaps with a '?' at its end. */
static bool is_word_of(const char *type, const msgpack_object_str *word)
{
	while (*type) {
		size_t n = strcspn(type, " ?");

		if (n == word->size && !memcmp(type, word->ptr, n))
			return true;
		type += n;
		type += strspn(type, " |?");
	}
	return false;
}

static bool is_array_of(const msgpack_object *o, msgpack_object_type type)
{
	for (uint32_t i = 0; o->type == MSGPACK_OBJECT_ARRAY && i < o->via.array.size; i++)
		if (o->via.array.ptr[i].type != type)
			return false;
	return o->type == MSGPACK_OBJECT_ARRAY;
}

static bool begins(const char *type, const char *with)
{
	return !strncmp(type, with, strlen(with));
}

/* Whether a value is what PROTOCOL.md says of a type. */
static bool is_of_type(const char *type, const msgpack_object *o)
{
	bool whole = o->type == MSGPACK_OBJECT_POSITIVE_INTEGER || o->type == MSGPACK_OBJECT_NEGATIVE_INTEGER;

	if (o->type == MSGPACK_OBJECT_NIL)
		return type[strlen(type) - 1] == '?';
	if (strchr(type, '|'))
		return o->type == MSGPACK_OBJECT_STR && is_word_of(type, &o->via.str);
	if (begins(type, "number") || begins(type, "time"))
		return whole;
	if (begins(type, "degrees"))
		return o->type == MSGPACK_OBJECT_FLOAT32 || o->type == MSGPACK_OBJECT_FLOAT64;
	if (begins(type, "flag"))
		return o->type == MSGPACK_OBJECT_BOOLEAN;
	if (begins(type, "texts"))
		return is_array_of(o, MSGPACK_OBJECT_STR);
	if (begins(type, "text"))
		return o->type == MSGPACK_OBJECT_STR;
	if (begins(type, "address"))
		return o->type == MSGPACK_OBJECT_BIN && (o->via.bin.size == 4 || o->via.bin.size == 16);
	if (begins(type, "mac"))
		return o->type == MSGPACK_OBJECT_BIN && o->via.bin.size == 6;
	if (begins(type, "refs "))
		return is_array_of(o, MSGPACK_OBJECT_POSITIVE_INTEGER);
	return begins(type, "ref ") && o->type == MSGPACK_OBJECT_POSITIVE_INTEGER;
}

static void take_cell(struct reader_cell *ret, const msgpack_object *o)
{
	*ret = (struct reader_cell){};
	switch (o->type) {
	case MSGPACK_OBJECT_NIL:
		return;
	case MSGPACK_OBJECT_BOOLEAN:
		ret->type = READER_NUMBER;
		ret->number = o->via.boolean;
		return;
	case MSGPACK_OBJECT_POSITIVE_INTEGER:
	case MSGPACK_OBJECT_NEGATIVE_INTEGER:
		ret->type = READER_NUMBER;
		ret->number = o->via.i64;
		return;
	case MSGPACK_OBJECT_FLOAT32:
	case MSGPACK_OBJECT_FLOAT64:
		ret->type = READER_REAL;
		ret->real = o->via.f64;
		return;
	case MSGPACK_OBJECT_STR:
		ret->type = READER_TEXT;
		assert_true(o->via.str.size < sizeof(ret->text));
		memcpy(ret->text, o->via.str.ptr, o->via.str.size);
		return;
	case MSGPACK_OBJECT_BIN:
		ret->type = READER_TEXT;
		assert_true(o->via.bin.size * 2 < sizeof(ret->text));
		for (uint32_t i = 0; i < o->via.bin.size; i++)
			sprintf(ret->text + 2 * i, "%02x", (uint8_t)o->via.bin.ptr[i]);
		return;
	case MSGPACK_OBJECT_ARRAY:
		ret->type = READER_TEXT;
		for (uint32_t i = 0; i < o->via.array.size; i++) {
			const msgpack_object *item = &o->via.array.ptr[i];
			size_t used = strlen(ret->text), left = sizeof(ret->text) - used;
			const char *blank = used ? " " : "";

			if (item->type == MSGPACK_OBJECT_STR)
				snprintf(ret->text + used, left, "%s%.*s", blank, (int)item->via.str.size,
					 item->via.str.ptr);
			else
				snprintf(ret->text + used, left, "%s%" PRId64, blank, item->via.i64);
		}
		return;
	default:
		fail_msg("a value of type %d", o->type);
	}
}

static void take_value(struct reader_table *t, struct reader_row *row, size_t column, const msgpack_object *o)
{
	struct reader_cell cell;

	if (t->types && !is_of_type(t->types[column], o))
		fail_msg("%s row %" PRIu32 " column %s is no %s", t->name, row->id, t->columns[column],
			 t->types[column]);
	if (o->type != MSGPACK_OBJECT_NIL)
		t->given |= COLUMN(column);
	take_cell(&cell, o);
	if (t->columns[column][0] == '+')
		cell.number += row->cells[column].number;
	row->cells[column] = cell;
}

struct reader_row *reader_row(struct reader_table *t, uint32_t id)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].id == id)
			return &t->rows[i];
	return NULL;
}

static void add_row(struct reader_table *t, const msgpack_object *o)
{
	struct reader_row *row;

	assert_int_equal(o->type, MSGPACK_OBJECT_ARRAY);
	assert_true(o->via.array.size >= 1 && o->via.array.size <= t->n_columns + 1);
	assert_null(reader_row(t, (uint32_t)o->via.array.ptr[0].via.u64));
	if (t->n_rows == t->max_rows) {
		t->max_rows = t->max_rows ? t->max_rows * 2 : 16;
		t->rows = reallocarray(t->rows, t->max_rows, sizeof(*t->rows));
		assert_non_null(t->rows);
	}
	row = &t->rows[t->n_rows++];
	memset(row, 0, sizeof(*row));
	row->id = (uint32_t)o->via.array.ptr[0].via.u64;
	assert_true(row->id > 0);
	for (uint32_t i = 1; i < o->via.array.size; i++)
		take_value(t, row, i - 1, &o->via.array.ptr[i]);
	for (size_t c = o->via.array.size - 1; t->types && c < t->n_columns; c++)
		if (t->types[c][strlen(t->types[c]) - 1] != '?')
			fail_msg("%s row %" PRIu32 " lacks column %s", t->name, row->id, t->columns[c]);
}

/* The schema's types of its columns, which must be the schema's. */
static void find_types(struct reader_table *t)
{
	for (size_t i = 0; i < ELEMENTS_OF(described); i++) {
		if (strcmp(described[i].name, t->name))
			continue;
		assert_int_equal(described[i].n_columns, t->n_columns);
		for (size_t c = 0; c < t->n_columns; c++)
			assert_string_equal(described[i].columns[c], t->columns[c]);
		t->types = described[i].types;
	}
}

static void take_keyframe(struct reader *r, const msgpack_object *o)
{
	assert_int_equal(o->type, MSGPACK_OBJECT_ARRAY);
	assert_true(o->via.array.size <= READER_TABLES);
	r->n_tables = o->via.array.size;
	for (size_t i = 0; i < r->n_tables; i++) {
		const msgpack_object_array *parts = &o->via.array.ptr[i].via.array;
		struct reader_table *t = &r->tables[i];

		assert_int_equal(parts->size, 3);
		t->n_rows = 0;
		snprintf(t->name, sizeof(t->name), "%.*s", (int)parts->ptr[0].via.str.size,
			 parts->ptr[0].via.str.ptr);
		t->n_columns = parts->ptr[1].via.array.size;
		assert_true(t->n_columns <= SCHEMA_COLUMNS);
		for (size_t c = 0; c < t->n_columns; c++) {
			const msgpack_object_str *s = &parts->ptr[1].via.array.ptr[c].via.str;

			snprintf(t->columns[c], sizeof(t->columns[c]), "%.*s", (int)s->size, s->ptr);
		}
		find_types(t);
		for (uint32_t n = 0; n < parts->ptr[2].via.array.size; n++)
			add_row(t, &parts->ptr[2].via.array.ptr[n]);
	}
}

static void take_gone(struct reader_table *t, const msgpack_object_array *gone)
{
	uint32_t id = 0;

	for (uint32_t i = 0; i < gone->size; i++) {
		struct reader_row *row;

		assert_true(gone->ptr[i].via.u64 > 0);
		id += (uint32_t)gone->ptr[i].via.u64;
		row = reader_row(t, id);
		assert_non_null(row);
		*row = t->rows[--t->n_rows];
	}
}

static void change_row(struct reader_table *t, struct reader_row *row, uint64_t mask,
		       const msgpack_object *values, uint64_t time)
{
	bool counted = false;

	for (size_t c = 0; c < t->n_columns; c++) {
		if (!(mask & COLUMN(c)))
			continue;
		take_value(t, row, c, values++);
		counted |= t->columns[c][0] == '+';
	}
	for (size_t c = 0; counted && c < t->n_columns; c++)
		if (t->columns[c][0] == '~' && !(mask & COLUMN(c)))
			row->cells[c].number = (int64_t)time;
}

static void take_changes(struct reader_table *t, const msgpack_object_array *changes, uint64_t time)
{
	uint32_t id = 0;

	for (uint32_t i = 0; i < changes->size;) {
		uint64_t mask = changes->ptr[i + 1].via.u64;
		struct reader_row *row;

		assert_true(changes->ptr[i].via.u64 > 0);
		id += (uint32_t)changes->ptr[i].via.u64;
		row = reader_row(t, id);
		assert_non_null(row);
		assert_true(mask != 0);
		i += 2;
		assert_true(i + (unsigned)__builtin_popcountll(mask) <= changes->size);
		change_row(t, row, mask, &changes->ptr[i], time);
		i += (unsigned)__builtin_popcountll(mask);
	}
}

static void take_delta(struct reader *r, const msgpack_object *o, uint64_t time)
{
	int last = -1;

	assert_int_equal(o->type, MSGPACK_OBJECT_ARRAY);
	for (uint32_t i = 0; i < o->via.array.size; i++) {
		const msgpack_object_array *parts = &o->via.array.ptr[i].via.array;
		int table = (int)parts->ptr[0].via.u64;

		assert_true(table > last && table < (int)r->n_tables);
		last = table;
		if (parts->size > 1)
			take_gone(&r->tables[table], &parts->ptr[1].via.array);
		for (uint32_t n = 0; parts->size > 2 && n < parts->ptr[2].via.array.size; n++)
			add_row(&r->tables[table], &parts->ptr[2].via.array.ptr[n]);
		if (parts->size > 3)
			take_changes(&r->tables[table], &parts->ptr[3].via.array, time);
	}
}

void reader_compare(struct reader *a, struct reader *b)
{
	assert_int_equal(a->n_tables, b->n_tables);
	for (size_t i = 0; i < a->n_tables; i++) {
		struct reader_table *x = &a->tables[i], *y = &b->tables[i];

		assert_string_equal(x->name, y->name);
		assert_int_equal(x->n_rows, y->n_rows);
		for (size_t n = 0; n < x->n_rows; n++) {
			const struct reader_row *row = &x->rows[n], *other = reader_row(y, row->id);

			assert_non_null(other);
			for (size_t c = 0; c < x->n_columns; c++) {
				const struct reader_cell *p = &row->cells[c], *q = &other->cells[c];

				if (p->type != q->type || p->number != q->number || p->real != q->real ||
				    strcmp(p->text, q->text))
					fail_msg("%s row %" PRIu32 " column %s: %" PRId64
						 " \"%s\" and %" PRId64 " \"%s\"",
						 x->name, row->id, x->columns[c], p->number, p->text,
						 q->number, q->text);
			}
		}
	}
}

static void take_payload(struct reader *r, const void *payload, size_t length)
{
	struct reader fresh = {};
	msgpack_unpacked unpacked;
	size_t offset = 0;

	msgpack_unpacked_init(&unpacked);
	assert_int_equal(msgpack_unpack_next(&unpacked, payload, length, &offset), MSGPACK_UNPACK_SUCCESS);
	assert_int_equal(offset, length);
	if (r->header.kind == FRAME_DELTA) {
		if (r->synchronous && r->header.sequence == r->sequence + 1) {
			take_delta(r, &unpacked.data, r->header.time);
			r->sequence++;
		}
	} else if (r->synchronous && r->header.sequence == r->sequence) {
		take_keyframe(&fresh, &unpacked.data);
		reader_compare(r, &fresh);
		reader_done(&fresh);
	} else {
		take_keyframe(r, &unpacked.data);
		r->sequence = r->header.sequence;
		r->synchronous = true;
	}
	msgpack_unpacked_destroy(&unpacked);
}

void reader_take(struct reader *r, const void *frame, size_t length)
{
	size_t at;
	uLongf inflated;
	Bytef *bytes;

	assert_int_equal(frame_header_decode(&r->header, &at, frame, length), 0);
	r->payload = length - at;
	if (!(r->header.flags & FRAME_FLAG_DEFLATED)) {
		take_payload(r, (const char *)frame + at, length - at);
		return;
	}
	inflated = r->header.inflated_length;
	bytes = malloc(inflated);
	assert_non_null(bytes);
	assert_int_equal(uncompress(bytes, &inflated, (const Bytef *)frame + at, length - at), Z_OK);
	assert_int_equal(inflated, r->header.inflated_length);
	take_payload(r, bytes, inflated);
	free(bytes);
}

void reader_done(struct reader *r)
{
	for (size_t i = 0; i < READER_TABLES; i++)
		free(r->tables[i].rows);
	memset(r, 0, sizeof(*r));
}

struct reader_table *reader_table(struct reader *r, const char *name)
{
	for (size_t i = 0; i < r->n_tables; i++)
		if (!strcmp(r->tables[i].name, name))
			return &r->tables[i];
	fail_msg("no table %s", name);
	return NULL;
}

const struct reader_cell *reader_cell(const struct reader_table *t, const struct reader_row *row,
				      const char *column)
{
	for (size_t c = 0; c < t->n_columns; c++) {
		const char *name = t->columns[c];

		if (!strcmp(name + (*name == '+' || *name == '~'), column))
			return &row->cells[c];
	}
	fail_msg("no column %s", column);
	return NULL;
}
