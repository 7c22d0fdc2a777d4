/* SPDX-License-Identifier: MIT */
/*
 * Golden vectors: the frames in the folder format are what the encoder must write, byte for byte; the page's
 * tests decode the same files. `golden_test --write FOLDER` writes them anew after a wanted change of the
 * protocol.
 */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "../unit/cmocka_all.h"
#include "buffer.h"
#include "deflate.h"
#include "frame.h"
#include "keyframe.h"
#include "util.h"

enum {
	FRAMES = 5,
	THINGS = 5,
	KEYFRAME_TIME = 1500,
	DELTA_TIME = 2750,
};

/* One column of each kind that the feed has. */
struct thing {
	struct row row;
	uint64_t active;
	int64_t count, sent_count;
	double degrees;
	const char *name;
	struct address address;
	bool flag;
	unsigned list;
};

enum { ACTIVE, COUNT, DEGREES, NAME, ADDRESS, FLAG, LIST, HIGH, N_COLUMNS };

static const char *const columns[] = {"~active", "+count", "degrees", "name",
				      "address", "flag",   "list",    "high_column"};

_Static_assert(ELEMENTS_OF(columns) == N_COLUMNS, "a name for each column");

static void write_value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct thing *t = row;

	switch (column) {
	case ACTIVE:
		msgpack_pack_uint64(p, t->active);
		break;
	case COUNT:
		msgpack_pack_int64(p, increment ? t->count - t->sent_count : t->count);
		break;
	case DEGREES:
		msgpack_pack_double(p, t->degrees);
		break;
	case NAME:
		encoder_text(p, t->name);
		break;
	case ADDRESS:
		encoder_address(p, &t->address);
		break;
	case FLAG:
		encoder_flag(p, t->flag);
		break;
	case LIST:
		msgpack_pack_array(p, t->list);
		for (unsigned i = 0; i < t->list; i++)
			encoder_text(p, "item");
		break;
	case HIGH:
		msgpack_pack_uint64(p, UINT32_MAX + (uint64_t)t->list);
		break;
	}
}

static void was_sent(void *row, uint64_t sent, uint64_t time)
{
	struct thing *t = row;

	if (sent != ENCODER_WHOLE && sent & COLUMN(COUNT))
		t->active = time; /* as the reader does by itself */
	if (sent & COLUMN(COUNT))
		t->sent_count = t->count;
}

static const struct encoder_schema schemas[] = {
    {.name = "things",
     .columns = columns,
     .n_columns = N_COLUMNS,
     .counters = COLUMN(COUNT),
     .times = COLUMN(ACTIVE),
     .value = write_value,
     .sent = was_sent},
    {.name = "none", .columns = columns, .n_columns = 1, .value = write_value},
};

struct world {
	struct row_watch watch;
	struct row_table table;
	struct thing things[THINGS];
	struct buffer frames[FRAMES];
	size_t n_frames;
};

static const char *const files[FRAMES] = {"1-keyframe.bin", "2-delta.bin", "3-heartbeat.bin",
					  "4-delta-gone.bin", "5-keyframe-deflated.bin"};

static void finish_frame(struct world *w, enum frame_kind kind, uint64_t sequence, uint64_t time,
			 const struct buffer *payload, bool deflated)
{
	struct frame_header h = {
	    .kind = kind,
	    .flags = deflated ? FRAME_FLAG_DEFLATED : 0,
	    .epoch = {.start = 1767225600000, .random = 0xc0ffee},
	    .inflated_length = (uint32_t)payload->length,
	    .sequence = sequence,
	    .time = time,
	    .site = "golden-site",
	    .topic = "format",
	};
	struct buffer *frame = &w->frames[w->n_frames++], packed = {};
	uint8_t header[FRAME_HEADER_MAX];
	struct deflate *d = NULL;
	const struct buffer *body = payload;
	const struct iovec part = {.iov_base = payload->bytes, .iov_len = payload->length};
	size_t n;

	if (deflated) {
		assert_int_equal(deflate_new(&d, 6), 0);
		assert_int_equal(deflate_append(d, &packed, &part, 1), 0);
		body = &packed;
	}
	h.payload_length = (uint32_t)body->length;
	n = frame_header_encode(&h, header);
	assert_int_equal(buffer_write(frame, (const char *)header, n), 0);
	assert_int_equal(buffer_write(frame, (const char *)body->bytes, body->length), 0);
	deflate_free(d);
	buffer_done(&packed);
}

static void write_keyframe(struct world *w, uint64_t sequence, uint64_t time, bool deflated)
{
	struct buffer payload = {};
	const struct iovec *parts;
	struct keyframe *k;
	size_t n;

	assert_int_equal(keyframe_new(&k, schemas, ELEMENTS_OF(schemas), true), 0);
	row_table_begin_pass(&w->table, NULL, NULL);
	for (struct row *r; (r = row_table_waiting(&w->table)); row_table_visited(&w->table, r))
		keyframe_add(k, 0, r->id, r, false, 0);
	assert_int_equal(keyframe_seal(k), 0);
	parts = keyframe_parts(k, &n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(buffer_write(&payload, parts[i].iov_base, parts[i].iov_len), 0);
	keyframe_free(k);
	finish_frame(w, FRAME_KEYFRAME, sequence, time, &payload, deflated);
	buffer_done(&payload);
}

static void write_delta(struct world *w, uint64_t sequence, uint64_t time)
{
	struct encoder_scratch scratch = {};
	struct buffer payload = {};
	msgpack_packer p;

	msgpack_packer_init(&p, &payload, buffer_write);
	msgpack_pack_array(&p, encoder_has_changes(&w->table) ? 1 : 0);
	if (encoder_has_changes(&w->table))
		encoder_rows_delta(&p, &schemas[0], 0, &w->table, &scratch, time);
	finish_frame(w, FRAME_DELTA, sequence, time, &payload, false);
	encoder_scratch_done(&scratch);
	buffer_done(&payload);
}

static void add_thing(struct world *w, size_t i, const char *name, const char *address)
{
	struct thing *t = &w->things[i];

	*t = (struct thing){.name = name,
			    .active = 1000 + i,
			    .count = (int64_t)1 << 8 * i,
			    .degrees = -0.5 * (double)i,
			    .flag = i % 2,
			    .list = (unsigned)i};
	assert_int_equal(address_parse(&t->address, address), 0);
	row_add(&w->table, &t->row);
}

/* The frames, in the order of files. */
static void make_frames(struct world *w)
{
	row_table_init(&w->table, &w->watch);
	add_thing(w, 0, "plain", "192.0.2.1");
	add_thing(w, 1, "<b>\xc3\xa4iti & \xf0\x9f\x90\xa7", "2001:db8::1");
	add_thing(w, 2, NULL, "198.51.100.200");
	write_keyframe(w, 41, KEYFRAME_TIME, false);

	w->things[0].count += 70000;
	row_change(&w->table, &w->things[0].row, COLUMN(COUNT));
	w->things[1].count -= 6;
	w->things[1].name = "other";
	row_change(&w->table, &w->things[1].row, COLUMN(COUNT) | COLUMN(NAME));
	w->things[2].active = 2600;
	w->things[2].list = 1;
	w->things[2].flag = true;
	row_change(&w->table, &w->things[2].row, COLUMN(ACTIVE) | COLUMN(LIST) | COLUMN(HIGH) | COLUMN(FLAG));
	add_thing(w, 3, "came", "203.0.113.7");
	write_delta(w, 42, DELTA_TIME);

	write_delta(w, 43, DELTA_TIME + 1000);

	row_remove(&w->table, &w->things[0].row);
	row_remove(&w->table, &w->things[2].row);
	add_thing(w, 4, "last", "::");
	row_change(&w->table, &w->things[3].row, COLUMN(NAME));
	w->things[3].name = NULL;
	write_delta(w, 44, DELTA_TIME + 1250);

	write_keyframe(w, 44, DELTA_TIME + 1300, true);
}

static void free_world(struct world *w)
{
	for (size_t i = 0; i < w->n_frames; i++)
		buffer_done(&w->frames[i]);
	row_table_done(&w->table);
}

static size_t read_file(const char *name, uint8_t *bytes, size_t size)
{
	_cleanup_(cleanup_fclose) FILE *f = NULL;
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", GOLDEN_FOLDER, name);
	f = fopen(path, "rb");
	assert_non_null(f);
	return fread(bytes, 1, size, f);
}

static void the_encoder_writes_the_golden_frames(void **state)
{
	struct world w = {};
	uint8_t expected[4096];

	(void)state;
	make_frames(&w);
	for (size_t i = 0; i < FRAMES - 1; i++) {
		size_t n = read_file(files[i], expected, sizeof(expected));

		assert_int_equal(n, w.frames[i].length);
		assert_memory_equal(expected, w.frames[i].bytes, n);
	}
	free_world(&w);
}

/* Compressors differ between versions of zlib: what counts is what comes out. */
static void inflate_frame(const uint8_t *frame, size_t length, uint8_t *out, uLongf *size)
{
	struct frame_header h;
	size_t payload;

	assert_int_equal(frame_header_decode(&h, &payload, frame, length), 0);
	assert_int_equal(h.flags, FRAME_FLAG_DEFLATED);
	assert_int_equal(uncompress(out, size, frame + payload, h.payload_length), Z_OK);
	assert_int_equal(*size, h.inflated_length);
}

static void the_deflated_frame_holds_the_same(void **state)
{
	uint8_t expected[4096], golden[4096], ours[4096];
	uLongf n_golden = sizeof(golden), n_ours = sizeof(ours);
	struct world w = {};
	size_t n;

	(void)state;
	make_frames(&w);
	n = read_file(files[FRAMES - 1], expected, sizeof(expected));
	inflate_frame(expected, n, golden, &n_golden);
	inflate_frame(w.frames[FRAMES - 1].bytes, w.frames[FRAMES - 1].length, ours, &n_ours);
	assert_int_equal(n_golden, n_ours);
	assert_memory_equal(golden, ours, n_ours);
	free_world(&w);
}

static int write_files(const char *folder)
{
	struct world w = {};

	make_frames(&w);
	for (size_t i = 0; i < FRAMES; i++) {
		char path[1024];
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		f = fopen(path, "wb");
		if (!f || fwrite(w.frames[i].bytes, 1, w.frames[i].length, f) != w.frames[i].length ||
		    fclose(f)) {
			perror(path);
			return 1;
		}
	}
	free_world(&w);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_encoder_writes_the_golden_frames),
	    cmocka_unit_test(the_deflated_frame_holds_the_same),
	};

	if (argc == 3 && !strcmp(argv[1], "--write"))
		return write_files(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
