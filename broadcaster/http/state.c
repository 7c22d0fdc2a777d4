/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "pack.h"

static const uint8_t nil = 0xc0;

int state_new(struct state **ret, const atomic_bool *stop)
{
	struct state *state = calloc(1, sizeof(*state));

	if (!state)
		return -ENOMEM;
	state->stop = stop;
	*ret = state;
	return 0;
}

struct state *state_free(struct state *state)
{
	if (!state)
		return NULL;
	for (size_t i = 0; i < state->n_tables; i++) {
		free(state->tables[i].rows);
		free(state->tables[i].cells);
		free(state->tables[i].index);
	}
	free(state);
	return NULL;
}

/* Where the id's entry in the index is, or would be. */
static uint32_t *index_slot(const struct state_table *t, uint32_t id)
{
	size_t i = (id * 2654435769u) & (t->index_size - 1);

	while (t->index[i] && t->rows[t->index[i] - 1].id != id)
		i = (i + 1) & (t->index_size - 1);
	return &t->index[i];
}

/* The row's number, or -1. */
static long find_row(const struct state_table *t, uint32_t id)
{
	uint32_t found = t->index_size ? *index_slot(t, id) : 0;

	return found && !t->rows[found - 1].gone ? (long)found - 1 : -1;
}

static int grow_table(const struct state *state, struct state_table *t)
{
	size_t capacity = t->rows_capacity ? t->rows_capacity * 2 : 16;
	struct state_row *rows = realloc(t->rows, capacity * sizeof(*rows));
	struct state_cell *cells;
	uint32_t *index;

	if (!rows)
		return -ENOMEM;
	t->rows = rows;
	cells = realloc(t->cells, capacity * (t->n_columns ? t->n_columns : 1) * sizeof(*cells));
	if (!cells)
		return -ENOMEM;
	t->cells = cells;
	index = calloc(capacity * 2, sizeof(*index));
	if (!index)
		return -ENOMEM;
	free(t->index);
	t->index = index;
	t->index_size = capacity * 2;
	t->rows_capacity = capacity;
	/* ids can be chosen so that each of these takes long */
	for (size_t i = 0; i < t->n_rows && !state_stopped(state); i++)
		*index_slot(t, t->rows[i].id) = (uint32_t)i + 1;
	return state_stopped(state) ? -ETIME : 0;
}

/* Reads a value into a cell, whatever it is. */
static int read_cell(struct pack *pack, struct state_cell *ret)
{
	const uint8_t *begin = pack->at;

	if (pack_skip(pack, STATE_DEPTH_MAX) < 0)
		return -EBADMSG;
	*ret = (struct state_cell){.bytes = begin, .length = (uint32_t)(pack->at - begin)};
	return 0;
}

/* A row, as in keyframes: [id, value, …]. */
static int read_row(struct state *state, struct state_table *t, struct pack *pack)
{
	struct state_cell *cells;
	uint32_t length, *slot;
	uint64_t id;

	if (state_stopped(state))
		return -ETIME;
	if (pack_array(pack, &length) < 0 || !length || length - 1 > t->n_columns ||
	    pack_unsigned(pack, UINT32_MAX, &id) < 0 || !id)
		return -EBADMSG;
	state->n_cells += t->n_columns + 1;
	if (state->n_cells > STATE_CELLS_MAX)
		return -E2BIG;
	if (t->n_rows == t->rows_capacity) {
		int r = grow_table(state, t);

		if (r < 0)
			return r;
	}
	slot = index_slot(t, (uint32_t)id);
	if (*slot)
		return -EBADMSG; /* ids are never used twice */
	cells = t->cells + t->n_rows * t->n_columns;
	for (uint32_t i = 0; i < t->n_columns; i++) {
		cells[i] = (struct state_cell){.bytes = &nil, .length = 1};
		if (i + 1 < length && read_cell(pack, &cells[i]) < 0)
			return -EBADMSG;
	}
	t->rows[t->n_rows++] = (struct state_row){.id = (uint32_t)id};
	*slot = (uint32_t)t->n_rows;
	return 0;
}

static int read_name(struct pack *pack, const char **ret, uint32_t *ret_length)
{
	struct pack_value v;

	if (pack_next(pack, &v) < 0 || v.type != PACK_TEXT || !v.length || v.length > STATE_TEXT_MAX)
		return -EBADMSG;
	*ret = (const char *)v.bytes;
	*ret_length = v.length;
	return 0;
}

static int read_columns(struct state_table *t, struct pack *pack)
{
	uint32_t n;

	if (pack_array(pack, &n) < 0)
		return -EBADMSG;
	if (n > STATE_COLUMNS_MAX)
		return -E2BIG;
	for (uint32_t i = 0; i < n; i++) {
		struct state_column *c = &t->columns[i];

		if (read_name(pack, &c->name, &c->length) < 0)
			return -EBADMSG;
		if (*c->name == '+' || *c->name == '~') {
			c->mark = *c->name++;
			c->length--;
		}
	}
	t->n_columns = n;
	return 0;
}

static int read_rows(struct state *state, struct state_table *t, struct pack *pack)
{
	uint32_t n;

	if (pack_array(pack, &n) < 0)
		return -EBADMSG;
	while (n--) {
		int r = read_row(state, t, pack);

		if (r < 0)
			return r;
	}
	return 0;
}

int state_keyframe(struct state *state, const uint8_t *payload, size_t length)
{
	struct pack pack = {payload, payload + length};
	uint32_t n, parts;
	int r;

	if (state->n_tables || pack_array(&pack, &n) < 0)
		return -EBADMSG;
	if (n > STATE_TABLES_MAX)
		return -E2BIG;
	while (n--) {
		struct state_table *t = &state->tables[state->n_tables++];

		if (pack_array(&pack, &parts) < 0 || parts != 3 || read_name(&pack, &t->name, &t->length) < 0)
			return -EBADMSG;
		r = read_columns(t, &pack);
		if (r >= 0)
			r = read_rows(state, t, &pack);
		if (r < 0)
			return r;
	}
	return pack.at == pack.end ? 0 : -EBADMSG;
}

/* The next id of an ascending list of differences. */
static int next_id(struct pack *pack, uint32_t *id)
{
	uint64_t more;

	if (pack_unsigned(pack, UINT32_MAX - *id, &more) < 0)
		return -EBADMSG;
	*id += (uint32_t)more;
	return 0;
}

static int read_gone(const struct state *state, struct state_table *t, struct pack *pack)
{
	uint32_t n, id = 0;
	long row;

	if (pack_array(pack, &n) < 0)
		return -EBADMSG;
	while (n--) {
		if (state_stopped(state))
			return -ETIME;
		if (next_id(pack, &id) < 0)
			return -EBADMSG;
		row = find_row(t, id);
		if (row < 0)
			return -EBADMSG;
		t->rows[row].gone = true;
	}
	return 0;
}

/* A whole number, or nil as 0. */
static int read_number(struct pack *pack, int64_t *ret)
{
	struct pack_value v;

	if (pack_next(pack, &v) < 0)
		return -EBADMSG;
	if (v.type == PACK_UNSIGNED && v.number <= INT64_MAX)
		*ret = (int64_t)v.number;
	else if (v.type == PACK_NEGATIVE)
		*ret = v.negative;
	else if (v.type == PACK_NIL)
		*ret = 0;
	else
		return -EBADMSG;
	return 0;
}

static int count_up(struct state_cell *cell, struct pack *pack)
{
	struct pack before = {cell->bytes, cell->bytes + cell->length};
	int64_t old = cell->number, more, sum;

	if ((cell->bytes && read_number(&before, &old) < 0) || read_number(pack, &more) < 0 ||
	    __builtin_add_overflow(old, more, &sum))
		return -EBADMSG;
	*cell = (struct state_cell){.number = sum};
	return 0;
}

/* One change; *left counts the elements of the flat list that are left. */
static int read_change(struct state_table *t, struct pack *pack, uint32_t *id, uint32_t *left, uint64_t time)
{
	struct state_cell *cells;
	uint64_t mask;
	bool counted = false;
	long row;

	if (*left < 2 || next_id(pack, id) < 0 || pack_unsigned(pack, UINT64_MAX, &mask) < 0)
		return -EBADMSG;
	*left -= 2;
	row = find_row(t, *id);
	if (row < 0 || mask >> t->n_columns || (uint32_t)__builtin_popcountll(mask) > *left)
		return -EBADMSG;
	*left -= (uint32_t)__builtin_popcountll(mask);
	cells = t->cells + (size_t)row * t->n_columns;
	for (uint32_t i = 0; i < t->n_columns; i++) {
		if (!(mask >> i & 1))
			continue;
		counted = counted || t->columns[i].mark == '+';
		if (t->columns[i].mark == '+' ? count_up(&cells[i], pack) < 0
					      : read_cell(pack, &cells[i]) < 0)
			return -EBADMSG;
	}
	for (uint32_t i = 0; counted && i < t->n_columns; i++)
		if (t->columns[i].mark == '~' && !(mask >> i & 1))
			cells[i] = (struct state_cell){.number = (int64_t)(time & INT64_MAX)};
	return 0;
}

static int read_changes(const struct state *state, struct state_table *t, struct pack *pack, uint64_t time)
{
	uint32_t left, id = 0;

	if (pack_array(pack, &left) < 0)
		return -EBADMSG;
	while (left) {
		if (state_stopped(state))
			return -ETIME;
		if (read_change(t, pack, &id, &left, time) < 0)
			return -EBADMSG;
	}
	return 0;
}

int state_delta(struct state *state, const uint8_t *payload, size_t length, uint64_t time)
{
	struct pack pack = {payload, payload + length};
	uint32_t n, parts;
	uint64_t table;

	if (pack_array(&pack, &n) < 0)
		return -EBADMSG;
	while (n--) {
		struct state_table *t;
		int r = 0;

		if (pack_array(&pack, &parts) < 0 || parts < 1 || parts > 4 || !state->n_tables ||
		    pack_unsigned(&pack, state->n_tables - 1, &table) < 0)
			return -EBADMSG;
		t = &state->tables[table];
		if (parts > 1)
			r = read_gone(state, t, &pack);
		if (r >= 0 && parts > 2)
			r = read_rows(state, t, &pack);
		if (r >= 0 && parts > 3)
			r = read_changes(state, t, &pack, time);
		if (r < 0)
			return r;
	}
	return pack.at == pack.end ? 0 : -EBADMSG;
}
