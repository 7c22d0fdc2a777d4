/* SPDX-License-Identifier: MIT */
#include "state_json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "pack.h"

/* A payload that cells point into. */
struct buffer {
	struct buffer *next;
	size_t length;
	uint8_t bytes[];
};

struct reading {
	struct state *state;
	struct buffer *buffers;
	size_t total;
	struct frame_header header; /* of the last frame */
};

/* The values were walked through before, so what cannot be read is not there. */
static void write_value(struct json_buffer *out, struct pack *pack)
{
	struct pack_value v;

	if (pack_next(pack, &v) < 0)
		return;
	switch (v.type) {
	case PACK_BOOL:
		json_puts(out, v.boolean ? "true" : "false");
		return;
	case PACK_UNSIGNED:
		json_unsigned(out, v.number);
		return;
	case PACK_NEGATIVE:
		json_signed(out, v.negative);
		return;
	case PACK_FLOAT:
		json_real(out, v.real);
		return;
	case PACK_TEXT:
		json_text(out, v.bytes, v.length);
		return;
	case PACK_BYTES:
		json_bytes(out, v.bytes, v.length);
		return;
	case PACK_ARRAY:
		json_putc(out, '[');
		for (uint32_t i = 0; i < v.length; i++) {
			if (i)
				json_putc(out, ',');
			write_value(out, pack);
		}
		json_putc(out, ']');
		return;
	case PACK_MAP: /* the protocol has none; what is in it is passed over */
		for (uint64_t i = 0; i < 2 * (uint64_t)v.length; i++)
			pack_skip(pack, STATE_DEPTH_MAX);
		json_puts(out, "null");
		return;
	default:
		json_puts(out, "null");
	}
}

static void write_row(struct json_buffer *out, const struct state_table *t, size_t row)
{
	const struct state_cell *cells = t->cells + row * t->n_columns;

	json_puts(out, "{\"id\":");
	json_unsigned(out, t->rows[row].id);
	for (uint32_t i = 0; i < t->n_columns; i++) {
		json_putc(out, ',');
		json_text(out, (const uint8_t *)t->columns[i].name, t->columns[i].length);
		json_putc(out, ':');
		if (cells[i].bytes) {
			struct pack pack = {cells[i].bytes, cells[i].bytes + cells[i].length};

			write_value(out, &pack);
		} else {
			json_signed(out, cells[i].number);
		}
	}
	json_putc(out, '}');
}

static void write_table(struct json_buffer *out, const struct state *state, const struct state_table *t)
{
	bool first = true;

	json_text(out, (const uint8_t *)t->name, t->length);
	json_puts(out, ":[");
	for (size_t row = 0; row < t->n_rows && !out->error && !state_stopped(state); row++) {
		if (t->rows[row].gone)
			continue;
		json_puts(out, first ? "\n" : ",\n");
		first = false;
		write_row(out, t, row);
	}
	json_putc(out, ']');
}

void state_json_write_tables(struct json_buffer *out, const struct state *state)
{
	json_putc(out, '{');
	for (uint32_t i = 0; i < state->n_tables; i++) {
		json_puts(out, i ? ",\n" : "\n");
		write_table(out, state, &state->tables[i]);
	}
	json_putc(out, '}');
}

/* Puts the frame's payload, inflated where it has to be, into a buffer of its own. */
static int read_payload(struct reading *r, const uint8_t *payload, struct buffer **ret)
{
	const struct frame_header *h = &r->header;
	struct buffer *b;
	uLongf length = h->inflated_length;

	if (h->inflated_length > STATE_JSON_INPUT_MAX - r->total)
		return -E2BIG;
	b = malloc(sizeof(*b) + h->inflated_length + 1);
	if (!b)
		return -ENOMEM;
	b->length = h->inflated_length;
	b->next = r->buffers;
	r->buffers = b;
	r->total += b->length;
	if (!(h->flags & FRAME_FLAG_DEFLATED))
		memcpy(b->bytes, payload, b->length);
	else if (uncompress(b->bytes, &length, payload, h->payload_length) != Z_OK || length != b->length)
		return -EBADMSG;
	*ret = b;
	return 0;
}

static int read_frame(struct reading *r, const uint8_t *bytes, size_t length)
{
	struct buffer *b;
	size_t payload;
	int e;

	if (frame_header_decode(&r->header, &payload, bytes, length) < 0)
		return -EBADMSG;
	e = read_payload(r, bytes + payload, &b);
	if (e < 0)
		return e;
	return r->header.kind == FRAME_KEYFRAME ? state_keyframe(r->state, b->bytes, b->length)
						: state_delta(r->state, b->bytes, b->length, r->header.time);
}

/* Puts the fragments of each message together again. */
static int read_snapshot(struct reading *r, const struct topic_log_snapshot *snapshot)
{
	uint8_t *message = NULL;
	size_t at = 0, n = 0, length, capacity = 0;
	const uint8_t *piece;
	bool last;
	int e = 0;

	while (e >= 0 && topic_log_read(snapshot, &at, &piece, &length, &last)) {
		if (!n && last) {
			e = read_frame(r, piece, length);
			continue;
		}
		if (n + length > STATE_JSON_INPUT_MAX) {
			e = -E2BIG;
			break;
		}
		if (n + length > capacity) {
			uint8_t *more = realloc(message, capacity = 2 * (n + length));

			if (!more) {
				e = -ENOMEM;
				break;
			}
			message = more;
		}
		memcpy(message + n, piece, length);
		n += length;
		if (last) {
			e = read_frame(r, message, n);
			n = 0;
		}
	}
	free(message);
	return e;
}

static int write_json(char **ret, size_t *ret_length, const struct reading *r)
{
	const struct frame_header *h = &r->header;
	struct json_buffer out = {.limit = STATE_JSON_OUTPUT_MAX};
	char head[512];

	snprintf(head, sizeof(head),
		 "{\"site\":\"%s\",\"topic\":\"%s\",\"epoch\":{\"start\":%" PRIu64 ",\"random\":%" PRIu32
		 "},\"sequence\":%" PRIu64 ",\"time\":%" PRIu64 ",\"tables\":",
		 h->site, h->topic, h->epoch.start, h->epoch.random, h->sequence, h->time);
	json_puts(&out, head);
	state_json_write_tables(&out, r->state);
	json_puts(&out, "}\n");
	if (!out.error && state_stopped(r->state))
		out.error = -ETIME;
	if (out.error) {
		free(out.bytes);
		return out.error;
	}
	*ret = out.bytes;
	*ret_length = out.length;
	return 0;
}

int state_json(char **ret, size_t *ret_length, const struct topic_log_snapshot *snapshot,
	       const atomic_bool *stop)
{
	struct reading r = {};
	struct buffer *next;
	int e = state_new(&r.state, stop);

	if (e >= 0)
		e = read_snapshot(&r, snapshot);
	if (e >= 0)
		e = write_json(ret, ret_length, &r);
	for (struct buffer *b = r.buffers; b; b = next) {
		next = b->next;
		free(b);
	}
	state_free(r.state);
	return e;
}
