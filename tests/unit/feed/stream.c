/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

void stream_open(struct stream *s, struct topic_source source)
{
	*s = (struct stream){.source = source};
}

void stream_close(struct stream *s)
{
	reader_done(&s->reader);
	buffer_done(&s->payload);
	buffer_done(&s->frame);
}

static void make_frame(struct stream *s, enum frame_kind kind, uint64_t time)
{
	struct frame_header h = {
	    .kind = kind, .sequence = s->sequence, .time = time, .site = "test", .topic = "t"};

	assert_false(s->payload.failed);
	h.payload_length = h.inflated_length = (uint32_t)s->payload.length;
	buffer_clear(&s->frame, 0);
	assert_int_equal(buffer_reserve(&s->frame, FRAME_HEADER_MAX), 0);
	s->frame.length = frame_header_encode(&h, s->frame.bytes);
	assert_int_equal(buffer_write(&s->frame, (const char *)s->payload.bytes, s->payload.length), 0);
}

static void take(const struct stream *s, struct reader *r)
{
	reader_take(r, s->frame.bytes, s->frame.length);
	assert_true(r->synchronous);
	assert_int_equal(r->sequence, s->sequence);
}

/* "ref names?" leads to the table names; NULL: no reference, or to another topic. Lookups in a list may be gone. */
static struct reader_table *referred(struct reader *r, const char *type)
{
	char name[32];

	if (strncmp(type, "ref ", 4))
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(type + 4, "?"), type + 4);
	for (size_t i = 0; i < r->n_tables; i++)
		if (!strcmp(r->tables[i].name, name))
			return &r->tables[i];
	return NULL;
}

void stream_check_references(struct reader *r)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		struct reader_table *t = &r->tables[i];

		for (size_t c = 0; t->types && c < t->n_columns; c++) {
			struct reader_table *to = referred(r, t->types[c]);

			for (size_t n = 0; to && n < t->n_rows; n++) {
				const struct reader_cell *cell = &t->rows[n].cells[c];

				if (cell->type != READER_NIL && !reader_row(to, (uint32_t)cell->number))
					fail_msg("%s row %" PRIu32 ": %s has no row %" PRId64, t->name,
						 t->rows[n].id, to->name, cell->number);
			}
		}
	}
}

size_t stream_delta(struct stream *s, uint64_t time)
{
	msgpack_packer packer;

	s->sequence++;
	buffer_clear(&s->payload, 0);
	msgpack_packer_init(&packer, &s->payload, buffer_write);
	s->source.delta(s->source.data, &packer, time);
	make_frame(s, FRAME_DELTA, time);
	take(s, &s->reader);
	return s->payload.length;
}

/* The frame of a keyframe that is complete, behind the delta that leads to it. */
static void finish(struct stream *s, struct keyframe *k, uint64_t time)
{
	const struct iovec *parts;
	msgpack_packer packer;
	size_t n;

	assert_int_equal(keyframe_seal(k), 0);
	if (keyframe_has_delta(k)) {
		s->sequence++;
		buffer_clear(&s->payload, 0);
		msgpack_packer_init(&packer, &s->payload, buffer_write);
		keyframe_delta(k, &packer);
		make_frame(s, FRAME_DELTA, time);
		take(s, &s->reader);
	}
	buffer_clear(&s->payload, 0);
	parts = keyframe_parts(k, &n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(buffer_write(&s->payload, parts[i].iov_base, parts[i].iov_len), 0);
	keyframe_free(k);
	make_frame(s, FRAME_KEYFRAME, time);
	take(s, &s->reader);
}

static struct keyframe *begin(struct stream *s)
{
	struct keyframe *k;

	assert_int_equal(keyframe_new(&k, s->source.tables, s->source.n_tables, s->reader.synchronous), 0);
	s->source.begin(s->source.data, k);
	return k;
}

void stream_keyframe(struct stream *s, uint64_t time)
{
	struct keyframe *k = begin(s);

	assert_true(s->source.slice(s->source.data, UINT64_MAX));
	finish(s, k, time);
}

size_t stream_slow_keyframe(struct stream *s, uint64_t time, void (*meanwhile)(void *data), void *data)
{
	struct reader late = {};
	struct keyframe *k;
	size_t times = 1;

	if (s->reader.synchronous)
		stream_delta(s, time);
	k = begin(s);
	meanwhile(data);
	for (; !s->source.slice(s->source.data, TOPIC_ONE_ROW); times++)
		meanwhile(data);
	if (s->source.is_broken(s->source.data)) {
		/* as the topic does: it is given up, and nobody is in step with the next one */
		keyframe_free(k);
		s->source.unfollow(s->source.data);
		s->reader.synchronous = false;
		s->sequence++;
		stream_keyframe(s, time + 100);
	} else {
		finish(s, k, time + 100);
	}
	take(s, &late);
	stream_check_references(&late);
	stream_delta(s, time + 200);
	take(s, &late);
	reader_compare(&s->reader, &late);
	reader_done(&late);
	return times;
}
