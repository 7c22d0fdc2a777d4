/* SPDX-License-Identifier: MIT */
#include "state_json.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "address.h"
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

/* The length of the UTF-8 sequence (RFC 3629) at p, or 0 when it is none. */
static size_t utf8_length(const uint8_t *p, size_t left)
{
	size_t n = p[0] < 0x80	 ? 1
		   : p[0] < 0xc2 ? 0
		   : p[0] < 0xe0 ? 2
		   : p[0] < 0xf0 ? 3
		   : p[0] < 0xf5 ? 4
				 : 0;

	if (!n || n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
	    (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static void write_text(FILE *out, const uint8_t *text, size_t length)
{
	size_t n;

	putc_unlocked('"', out);
	for (size_t i = 0; i < length; i += n) {
		n = utf8_length(text + i, length - i);
		if (!n) {
			n = 1;
			fputs("\\ufffd", out);
		} else if (text[i] == '"' || text[i] == '\\') {
			putc_unlocked('\\', out);
			putc_unlocked(text[i], out);
		} else if (text[i] < 0x20 || text[i] == 0x7f) {
			fprintf(out, "\\u%04x", text[i]);
		} else {
			fwrite(text + i, 1, n, out);
		}
	}
	putc_unlocked('"', out);
}

/* Addresses and MACs in their usual form, other bytes in hexadecimal. */
static void write_bytes(FILE *out, const uint8_t *bytes, size_t length)
{
	char text[ADDRESS_TEXT_MAX];
	struct address a;

	putc_unlocked('"', out);
	if (length == 4 || length == 16) {
		a = length == 4 ? address_from_ipv4(bytes) : address_from_ipv6(bytes);
		fputs(address_format(&a, text), out);
	} else {
		for (size_t i = 0; i < length; i++)
			fprintf(out, "%s%02x", i && length == 6 ? ":" : "", bytes[i]);
	}
	putc_unlocked('"', out);
}

static void write_real(FILE *out, double real)
{
	if (isfinite(real))
		fprintf(out, "%.15g", real);
	else
		fputs("null", out);
}

/* The values were walked through before, so what cannot be read is not there. */
static void write_value(FILE *out, struct pack *pack)
{
	struct pack_value v;

	if (pack_next(pack, &v) < 0)
		return;
	switch (v.type) {
	case PACK_BOOL:
		fputs(v.boolean ? "true" : "false", out);
		return;
	case PACK_UNSIGNED:
		fprintf(out, "%" PRIu64, v.number);
		return;
	case PACK_NEGATIVE:
		fprintf(out, "%" PRId64, v.negative);
		return;
	case PACK_FLOAT:
		write_real(out, v.real);
		return;
	case PACK_TEXT:
		write_text(out, v.bytes, v.length);
		return;
	case PACK_BYTES:
		write_bytes(out, v.bytes, v.length);
		return;
	case PACK_ARRAY:
		putc_unlocked('[', out);
		for (uint32_t i = 0; i < v.length; i++) {
			if (i)
				putc_unlocked(',', out);
			write_value(out, pack);
		}
		putc_unlocked(']', out);
		return;
	case PACK_MAP: /* the protocol has none; what is in it is passed over */
		for (uint64_t i = 0; i < 2 * (uint64_t)v.length; i++)
			pack_skip(pack, STATE_DEPTH_MAX);
		fputs("null", out);
		return;
	default:
		fputs("null", out);
	}
}

static void write_row(FILE *out, const struct state_table *t, size_t row)
{
	const struct state_cell *cells = t->cells + row * t->n_columns;

	fprintf(out, "{\"id\":%" PRIu32, t->rows[row].id);
	for (uint32_t i = 0; i < t->n_columns; i++) {
		putc_unlocked(',', out);
		write_text(out, (const uint8_t *)t->columns[i].name, t->columns[i].length);
		putc_unlocked(':', out);
		if (cells[i].bytes) {
			struct pack pack = {cells[i].bytes, cells[i].bytes + cells[i].length};

			write_value(out, &pack);
		} else {
			fprintf(out, "%" PRId64, cells[i].number);
		}
	}
	putc_unlocked('}', out);
}

void state_json_write_tables(FILE *out, const struct state *state)
{
	putc_unlocked('{', out);
	for (uint32_t i = 0; i < state->n_tables; i++) {
		const struct state_table *t = &state->tables[i];
		bool first = true;

		fputs(i ? ",\n" : "\n", out);
		write_text(out, (const uint8_t *)t->name, t->length);
		fputs(":[", out);
		for (size_t row = 0; row < t->n_rows; row++) {
			if (t->rows[row].gone)
				continue;
			fputs(first ? "\n" : ",\n", out);
			first = false;
			write_row(out, t, row);
		}
		putc_unlocked(']', out);
	}
	putc_unlocked('}', out);
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
static int read_log(struct reading *r, const struct topic_log *log)
{
	uint8_t *message = NULL;
	size_t at = 0, n = 0, length, capacity = 0;
	const uint8_t *piece;
	bool last;
	int e = 0;

	while (e >= 0 && topic_log_read(log, &at, &piece, &length, &last)) {
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
	char *text = NULL;
	FILE *out = open_memstream(&text, ret_length);

	if (!out)
		return -ENOMEM;
	fprintf(out,
		"{\"site\":\"%s\",\"topic\":\"%s\",\"epoch\":{\"start\":%" PRIu64 ",\"random\":%" PRIu32
		"},\"sequence\":%" PRIu64 ",\"time\":%" PRIu64 ",\"tables\":",
		h->site, h->topic, h->epoch.start, h->epoch.random, h->sequence, h->time);
	state_json_write_tables(out, r->state);
	fputs("}\n", out);
	if (fclose(out)) {
		free(text);
		return -ENOMEM;
	}
	*ret = text;
	return 0;
}

int state_json(char **ret, size_t *ret_length, const struct topic_log *log)
{
	struct reading r = {0};
	struct buffer *next;
	int e;

	if (!topic_log_has_keyframe(log))
		return -ENODATA;
	e = state_new(&r.state);
	if (e >= 0)
		e = read_log(&r, log);
	if (e >= 0)
		e = write_json(ret, ret_length, &r);
	for (struct buffer *b = r.buffers; b; b = next) {
		next = b->next;
		free(b);
	}
	state_free(r.state);
	return e;
}
