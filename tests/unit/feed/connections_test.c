/* SPDX-License-Identifier: MIT */
/* Where there are more connections than fit, the newest are in the topic. */
#include <netinet/in.h>
#include <stdio.h>

#include "cmocka_all.h"
#include "feed_reader.h"
#include "household.h"
#include "stream.h"

enum { FIRST = 40, MOST = 20 };

static struct ct_entry entry(unsigned i)
{
	return household_entry("192.0.2.10", 4000 + i, "203.0.113.9", 443, IPPROTO_TCP, true);
}

static void add(struct household *h, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++) {
		struct ct_entry e = entry(i);

		household_new(h, &e);
	}
}

static void end(struct household *h, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++) {
		struct ct_entry e = entry(i);

		household_end(h, &e);
	}
}

static size_t listed(struct stream *s)
{
	return reader_table(&s->reader, "connections")->n_rows;
}

/* All that are listed are newer than those that are not. */
static void assert_newest(struct stream *s, unsigned last)
{
	const struct reader_table *t = reader_table(&s->reader, "connections");

	for (size_t i = 0; i < t->n_rows; i++)
		assert_in_range(t->rows[i].id, last - MOST + 1, last);
}

static void open_stream(struct household *h, struct stream *s)
{
	household_make_narrow(h, NULL, 100, 100, MOST);
	stream_open(s, connections_source(h->connections));
	add(h, 0, FIRST);
	stream_keyframe(s, 201000);
}

static void close_stream(struct household *h, struct stream *s)
{
	stream_close(s);
	household_free(h);
}

static void test_the_newest(void **state)
{
	struct household h;
	struct stream s;

	(void)state;
	open_stream(&h, &s);
	assert_in_range(listed(&s), MOST / 2, MOST);
	assert_newest(&s, FIRST);
	assert_int_equal(connections_left_out(h.connections), FIRST - listed(&s));
	/* What is left out says nothing when it goes. */
	end(&h, 0, 5);
	assert_false(s.source.has_changes(s.source.data));
	assert_int_equal(connections_left_out(h.connections), FIRST - 5 - listed(&s));
	/* One that is listed does, and a new one comes in. */
	end(&h, FIRST - 1, FIRST);
	add(&h, FIRST, FIRST + 1);
	stream_delta(&s, 202000);
	stream_keyframe(&s, 203000);
	assert_newest(&s, FIRST + 1);
	close_stream(&h, &s);
}

/* Nobody is in step any more: the next keyframe may have other rows. */
static void begin_anew(struct stream *s)
{
	s->source.unfollow(s->source.data);
	s->reader.synchronous = false;
	s->sequence++;
	stream_keyframe(s, 203000);
}

/* The delta says that only another keyframe helps. */
static void assert_other_size(struct stream *s)
{
	struct buffer bytes = {};
	msgpack_packer packer;

	msgpack_packer_init(&packer, &bytes, buffer_write);
	s->source.delta(s->source.data, &packer, 202000);
	buffer_done(&bytes);
	assert_true(s->source.is_broken(s->source.data));
	begin_anew(s);
}

static void test_more_come(void **state)
{
	struct household h;
	struct stream s;

	(void)state;
	open_stream(&h, &s);
	add(&h, FIRST, FIRST + MOST);
	assert_other_size(&s);
	assert_in_range(listed(&s), MOST / 2, MOST);
	assert_newest(&s, FIRST + MOST);
	close_stream(&h, &s);
}

static void test_all_fit_again(void **state)
{
	struct household h;
	struct stream s;

	(void)state;
	open_stream(&h, &s);
	end(&h, 5, FIRST);
	assert_other_size(&s);
	assert_int_equal(listed(&s), 5);
	assert_int_equal(connections_left_out(h.connections), 0);
	close_stream(&h, &s);
}

static void test_too_large(void **state)
{
	struct household h;
	struct stream s;
	size_t before;

	(void)state;
	open_stream(&h, &s);
	before = listed(&s);
	assert_true(s.source.too_large(s.source.data));
	begin_anew(&s);
	assert_in_range(listed(&s), 1, before / 4 * 3 + 1);
	assert_newest(&s, FIRST);
	close_stream(&h, &s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_newest),
	    cmocka_unit_test(test_more_come),
	    cmocka_unit_test(test_all_fit_again),
	    cmocka_unit_test(test_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
