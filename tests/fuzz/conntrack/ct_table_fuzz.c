/* SPDX-License-Identifier: MIT */
/*
 * Events and dumps in any order and of any content: what the listener hears adds up to what the table holds,
 * and what two whole dumps in a row show is what is left.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ct_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX = 24, ROWS = 1 << 16, KEYS = 64 };

struct heard {
	struct ct_table *table;
	uint32_t rows;
	size_t alive;
	struct {
		bool alive;
		uint32_t position;
		uint64_t packets, bytes;
	} row[ROWS];
};

static struct heard heard;

static void require(bool ok)
{
	if (!ok)
		abort();
}

static void added(void *data, struct ct_connection *c)
{
	struct heard *h = data;

	require(c->row == h->rows + 1 && c->row < ROWS);
	h->rows = c->row;
	h->alive++;
	h->row[c->row].alive = true;
	h->row[c->row].position = ct_table_position(h->table, c);
	h->row[c->row].packets = c->packets[CT_ORIG];
	h->row[c->row].bytes = c->bytes[CT_REPLY];
	require(ct_table_at(h->table, h->row[c->row].position) == c);
}

static void changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct heard *h = data;

	require(c->row && c->row <= h->rows && h->row[c->row].alive);
	require(h->row[c->row].position == ct_table_position(h->table, c));
	require(change->packets[CT_ORIG] <= c->packets[CT_ORIG]); /* no increment below zero */
	if (change->zeroed)
		h->row[c->row].packets = h->row[c->row].bytes = 0;
	h->row[c->row].packets += change->packets[CT_ORIG];
	h->row[c->row].bytes += change->bytes[CT_REPLY];
	require(h->row[c->row].packets == c->packets[CT_ORIG] && h->row[c->row].bytes == c->bytes[CT_REPLY]);
}

static void ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct heard *h = data;

	changed(data, c, change);
	h->row[c->row].alive = false;
	h->alive--;
}

struct input {
	const uint8_t *at, *end;
};

static uint8_t next(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static struct ct_entry entry_of_key(uint8_t key)
{
	struct ct_entry e = {.id = key & 3, .zone = key >> 2 & 1, .protocol = key & 8 ? 6 : 17};

	e.tuple[CT_ORIG].src.bytes[15] = key >> 4 & 3;
	e.tuple[CT_REPLY].dst = e.tuple[CT_ORIG].src;
	return e;
}

static struct ct_entry next_entry(struct input *in)
{
	struct ct_entry e = entry_of_key(next(in) % KEYS);
	uint8_t have = next(in);

	e.has_counters = have & 1;
	e.has_state = have & 2;
	e.has_timeout = have & 4;
	e.has_status = have & 8;
	if (e.has_counters) {
		e.packets[CT_ORIG] = next(in);
		e.bytes[CT_REPLY] = (uint64_t)next(in) << 32;
	}
	e.start = have & 16 ? (uint64_t)next(in) << 20 : 0;
	e.state = e.has_state ? next(in) : 0;
	e.timeout = e.has_timeout ? (uint32_t)next(in) << (have >> 5) : 0;
	e.status = e.has_status ? (uint32_t)next(in) << 6 : 0;
	e.tuple[CT_REPLY].sport = have & 32;
	return e;
}

static void check(void)
{
	size_t n = 0;

	for (uint32_t p = 1; p <= ct_table_positions(heard.table); p++)
		n += ct_table_at(heard.table, p) != NULL;
	require(n == heard.alive && n == ct_table_count(heard.table) && n <= MAX);
}

/* Two whole dumps of the same few entries leave these and nothing else. */
static void settle(uint8_t first)
{
	for (uint32_t dump = 0; dump < 2; dump++) {
		ct_table_dump_begin(heard.table, dump);
		for (uint8_t i = 0; i < 3; i++) {
			struct ct_entry e = entry_of_key((uint8_t)(first + i) % KEYS);

			ct_table_dump_entry(heard.table, &e);
		}
		ct_table_dump_end(heard.table, dump);
	}
	require(ct_table_count(heard.table) <= 3);
	for (int dump = 0; dump < 2; dump++) {
		ct_table_dump_begin(heard.table, 9);
		ct_table_dump_end(heard.table, 9);
	}
	require(ct_table_count(heard.table) == 0 && heard.alive == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ct_listener listener = {added, changed, ended};
	struct input in = {data, data + size};
	uint32_t now = 0;

	if (size > 4096)
		return 0;
	heard.rows = 0;
	heard.alive = 0;
	require(ct_table_new(&heard.table, MAX, &listener, &heard) == 0);
	while (in.at < in.end) {
		uint8_t what = next(&in);
		struct ct_entry e;

		now += what >> 3 << (what >> 6);
		switch (what & 7) {
		case 0:
			e = next_entry(&in);
			ct_table_event_new(heard.table, &e, now);
			break;
		case 1:
			e = next_entry(&in);
			ct_table_event_destroy(heard.table, &e, now);
			break;
		case 2:
			ct_table_dump_begin(heard.table, now);
			break;
		case 3:
			ct_table_dump_end(heard.table, now);
			break;
		case 4:
			if (what & 8)
				ct_table_dump_abort(heard.table);
			else
				ct_table_dump_clock(heard.table, now);
			break;
		default:
			e = next_entry(&in);
			ct_table_dump_entry(heard.table, &e);
		}
	}
	check();
	settle(size ? data[0] : 0);
	check();
	ct_table_free(heard.table);
	return 0;
}
