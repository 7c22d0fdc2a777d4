/* SPDX-License-Identifier: MIT */
#include "history_topic.h"

#include <stdlib.h>
#include <zlib.h>

#include "../history/past.h"
#include "stream.h"

static struct model_topic *open_topic(struct past *p, struct stream *s)
{
	struct model_topic *t;

	past_open(p, NULL);
	assert_int_equal(history_topic_new(&t, &p->history), 0);
	stream_open(s, model_topic_source(t));
	stream_keyframe(s, 1000);
	return t;
}

static void close_topic(struct past *p, struct stream *s, struct model_topic *t)
{
	stream_close(s);
	model_topic_free(t);
	past_close(p);
}

static const struct reader_cell *cell(struct stream *s, const char *table, size_t row, const char *column)
{
	struct reader_table *t = reader_table(&s->reader, table);

	assert_true(row < t->n_rows);
	return reader_cell(t, &t->rows[row], column);
}

static void test_what_a_viewer_sees(void **state)
{
	const struct party_facts network = {
	    .whom = WHOM_NETWORK, .text = "Example Networks", .asn = 64496, .special = SPECIAL_CGNAT};
	const struct party_facts name = {.whom = WHOM_NAME, .text = "example.org"};
	const struct cell_amounts lookup = {.lookups = 1};
	struct model_topic *t;
	struct stream s;
	struct past p;

	(void)state;
	t = open_topic(&p, &s);
	assert_int_equal(cell(&s, "kept", 0, "hours")->number, 24);
	past_count(&p, 0, "Example", 7);
	history_count(&p.history, &p.devices[0], &network, &lookup);
	history_count(&p.history, &p.devices[1], &name, &lookup);
	stream_delta(&s, 2000);
	assert_int_equal(reader_table(&s.reader, "minutes")->n_rows, 0);
	past_next_minute(&p);
	stream_delta(&s, 32000);
	assert_int_equal(reader_table(&s.reader, "minutes")->n_rows, 3);
	assert_int_equal(cell(&s, "spans", 0, "at")->number, -30000);
	assert_int_equal(cell(&s, "spans", 0, "minutes")->number, 1);
	assert_int_equal(cell(&s, "spans", 0, "watched")->number, 30000);
	assert_int_equal(cell(&s, "past_devices", 0, "device")->number, 10);
	assert_string_equal(cell(&s, "past_devices", 0, "alias")->text, "Device 0");
	assert_string_equal(cell(&s, "parties", 0, "company")->text, "Example");
	assert_string_equal(cell(&s, "parties", 0, "country")->text, "FI");
	assert_string_equal(cell(&s, "parties", 1, "network")->text, "Example Networks");
	assert_int_equal(cell(&s, "parties", 1, "asn")->number, 64496);
	assert_string_equal(cell(&s, "parties", 1, "special")->text, "cgnat");
	assert_int_equal(cell(&s, "parties", 1, "company")->type, READER_NIL);
	assert_string_equal(cell(&s, "parties", 2, "name")->text, "example.org");
	stream_check_references(&s.reader);
	stream_keyframe(&s, 33000);
	news_note(&p.history, EVENT_MARKED, "A mark", p.now);
	stream_delta(&s, 33500);
	assert_int_equal(cell(&s, "events", 0, "at")->number, p.now);
	assert_string_equal(cell(&s, "events", 0, "kind")->text, "mark");
	assert_string_equal(cell(&s, "events", 0, "text")->text, "A mark");
	assert_int_equal(cell(&s, "events", 0, "amount")->type, READER_NIL);
	history_keep(&p.history, 0);
	stream_delta(&s, 34000);
	assert_int_equal(cell(&s, "kept", 0, "hours")->number, 0);
	assert_int_equal(reader_table(&s.reader, "minutes")->n_rows, 0);
	assert_int_equal(reader_table(&s.reader, "parties")->n_rows, 0);
	close_topic(&p, &s, t);
}

static void random_step(struct past *p, uint32_t *seed)
{
	char company[16];
	uint32_t roll = (*seed = *seed * 1103515245 + 12345) >> 8;
	unsigned device = roll % ELEMENTS_OF(p->devices);

	snprintf(company, sizeof(company), "Company %u", roll / 8 % 12);
	switch (roll / 100 % 40) {
	case 0:
		history_forget_device(&p->history, &p->devices[device]);
		return;
	case 1:
		p->devices[device].successor = &p->devices[(device + 1) % ELEMENTS_OF(p->devices)];
		history_device_leaves(&p->history, &p->devices[device]);
		return;
	case 2:
		p->devices[device].alias[0]++;
		return;
	case 3:
		if (roll % 5 == 0)
			history_clear(&p->history, p->now);
		return;
	case 4:
		news_refused(&p->history, &p->devices[device],
			     &(struct party_facts){.whom = WHOM_NAME, .text = company}, false);
		return;
	case 5:
		news_look(&p->history, p->now);
		return;
	default:
		past_count(p, device, company, roll % 1000);
		history_tick(&p->history, p->now += (int64_t)(roll % 20) * 10000);
	}
}

static struct {
	struct past *past;
	uint32_t seed;
} under_way;

static void meanwhile(void *data)
{
	(void)data;
	random_step(under_way.past, &under_way.seed);
}

/* Whatever happens, late ones hold the same as those who were there from the start, row by row. */
static void test_late_ones(void **state)
{
	struct model_topic *t;
	struct stream s;
	struct past p;

	(void)state;
	t = open_topic(&p, &s);
	under_way.past = &p;
	for (uint32_t seed = 1, i = 0; i < 3000; i++) {
		random_step(&p, &seed);
		if (i % 7 == 0 || i % 97 == 0)
			stream_delta(&s, 2000 + i);
		if (i % 97 == 0) {
			stream_keyframe(&s, 2000 + i);
			stream_check_references(&s.reader);
		}
		if (i % 500 == 499)
			stream_slow_keyframe(&s, 2000 + i, meanwhile, NULL);
	}
	close_topic(&p, &s, t);
}

/* A day of a busy home: what a minute costs, and what a late one gets. */
static void test_sizes(void **state)
{
	struct model_topic *t;
	size_t bytes = 0, most = 0;
	unsigned long deflated;
	Bytef *packed;
	char company[16];
	struct stream s;
	struct past p;

	(void)state;
	t = open_topic(&p, &s);
	for (unsigned minute = 0; minute < 24 * 60; minute++) {
		for (unsigned pair = 0; pair < 60; pair++) {
			snprintf(company, sizeof(company), "Company %u", (pair + minute / 4) % 40);
			past_count(&p, pair % 8, company, (minute * 7919 + pair * 104729) % 1000003);
		}
		history_tick(&p.history, p.now += MINUTE);
		bytes = stream_delta(&s, (uint64_t)p.now);
		most = bytes > most ? bytes : most;
	}
	stream_keyframe(&s, (uint64_t)p.now);
	deflated = compressBound(s.payload.length);
	packed = malloc(deflated);
	assert_non_null(packed);
	assert_int_equal(compress2(packed, &deflated, s.payload.bytes, s.payload.length, 4), Z_OK);
	free(packed);
	print_message("a minute: %zu bytes; one in which others fold: %zu; the keyframe: %zu, %lu deflated\n",
		      bytes, most, s.payload.length, deflated);
	assert_true(bytes < 4000);
	assert_true(s.payload.length < 2 << 20);
	close_topic(&p, &s, t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_a_viewer_sees),
	    cmocka_unit_test(test_late_ones),
	    cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
