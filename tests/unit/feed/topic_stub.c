/* SPDX-License-Identifier: MIT */
#include "topic_stub.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static void pack_text(msgpack_packer *p, size_t length)
{
	char text[200];

	memset(text, 'x', sizeof(text));
	msgpack_pack_str_with_body(p, text, length < sizeof(text) ? length : sizeof(text));
}

static void value(msgpack_packer *p, const void *row, unsigned column, bool increment)
{
	const struct stub *s = row;

	if (!s)
		column ? pack_text(p, 200) : (void)msgpack_pack_int(p, 0);
	else if (column == 0)
		msgpack_pack_int64(p, increment ? s->value - s->told : s->value);
	else
		pack_text(p, s->ballast);
}

static const struct encoder_schema stub_table = {
    .name = "t", .columns = (const char *const[]){"+n", "x"}, .n_columns = 2, .counters = 1, .value = value};

static void begin(void *data, struct keyframe *k)
{
	struct stub *s = data;

	s->keyframe = k;
	s->followed = true;
	s->broken = false;
}

static bool slice(void *data, uint64_t until)
{
	struct stub *s = data;

	(void)until;
	if (s->slices) {
		s->slices--;
		return false;
	}
	keyframe_add(s->keyframe, 0, 1, s, false, s->value != s->told ? 3 : 0);
	s->told = s->value;
	for (uint32_t i = 0; i < s->rows; i++)
		keyframe_add(s->keyframe, 0, i + 2, NULL, i >= s->told_rows, 0);
	s->told_rows = s->rows;
	return true;
}

static bool has_changes(void *data)
{
	struct stub *s = data;

	return s->followed && (s->value != s->told || s->rows != s->told_rows);
}

static void delta(void *data, msgpack_packer *p, uint64_t time)
{
	struct encoder_scratch scratch = {};
	struct stub *s = data;

	msgpack_pack_array(p, has_changes(s));
	if (!has_changes(s))
		return;
	for (uint32_t i = s->told_rows; i < s->rows; i++)
		encoder_scratch_new(&scratch, i + 2, NULL);
	if (s->value != s->told)
		encoder_scratch_change(&scratch, 1, 3, s);
	encoder_delta(p, &stub_table, 0, NULL, 0, &scratch, time);
	encoder_scratch_done(&scratch);
	s->told = s->value;
	s->told_rows = s->rows;
}

static bool is_broken(void *data)
{
	return ((struct stub *)data)->broken;
}

static size_t unlisted(void *data)
{
	struct stub *s = data;

	assert_false(topic_is_encoding(s->topic));
	return s->unlisted;
}

static void unfollow(void *data)
{
	((struct stub *)data)->followed = false;
}

static int take(void *data, const void *frame, size_t length, uint64_t number)
{
	struct stub *s = data;

	s->number = number;
	if (s->refuse)
		return -ENOBUFS;
	reader_take(&s->reader, frame, length);
	s->deflated = s->reader.header.flags & FRAME_FLAG_DEFLATED;
	if (s->reader.header.kind == FRAME_KEYFRAME)
		s->keyframes++;
	else
		s->deltas++;
	return 0;
}

static void ready(void *data)
{
	struct stub *s = data;

	s->is_ready = true;
}

static void open_in(struct stub *s, int deflate_level, sd_event *event)
{
	struct topic_options options = {
	    .site = "home",
	    .name = "overview",
	    .epoch = {.start = 7, .random = 8},
	    .source = {.data = s,
		       .tables = &stub_table,
		       .n_tables = 1,
		       .begin = begin,
		       .slice = slice,
		       .delta = delta,
		       .has_changes = has_changes,
		       .is_broken = is_broken,
		       .unlisted = unlisted,
		       .unfollow = unfollow},
	    .deflate_level = deflate_level,
	    .deflate_from = 64,
	    .send = take,
	    .ready = ready,
	    .data = s,
	};

	*s = (struct stub){.ballast = 1, .event = event};
	if (event)
		assert_int_equal(worker_new(&s->worker, event), 0);
	options.worker = s->worker;
	assert_int_equal(topic_new(&s->topic, &options), 0);
}

void stub_open(struct stub *s, int deflate_level)
{
	open_in(s, deflate_level, NULL);
}

void stub_wait(struct stub *s)
{
	s->is_ready = false;
	while (!s->is_ready)
		assert_true(sd_event_run(s->event, UINT64_MAX) >= 0);
}

uint64_t stub_flush(struct stub *s, uint64_t time)
{
	uint64_t wait = topic_flush(s->topic, time);

	if (!s->slow)
		topic_received(s->topic, s->number, 1, time);
	return wait;
}

void stub_close(struct stub *s)
{
	topic_free(s->topic);
	worker_free(s->worker, false, 10000);
	sd_event_unref(s->event);
	reader_done(&s->reader);
}

int64_t stub_shown(struct stub *s)
{
	assert_true(s->reader.synchronous);
	return s->reader.tables[0].rows[0].cells[0].number;
}

void stub_open_large(struct stub *s)
{
	sd_event *event;

	assert_int_equal(sd_event_new(&event), 0);
	open_in(s, 4, event);
	s->rows = 400;
	topic_wake(s->topic);
}
