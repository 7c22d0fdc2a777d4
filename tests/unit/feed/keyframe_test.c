/* SPDX-License-Identifier: MIT */
/* A keyframe that is made while the model goes on, against the deltas before and after it. */
#include "keyframe.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>

#include "cmocka_all.h"
#include "feed_reader.h"
#include "household.h"
#include "stream.h"

enum { ENTRIES = 12 };

struct crowd {
	struct household h;
	struct ct_entry entries[ENTRIES];
	struct stream stream;
	bool connections; /* the topic of single connections, not the overview */
	unsigned border;  /* rows of the keyframe before all changes */
	unsigned calls, changes;
};

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	(void)data;
	ret->has_network = true;
	ret->network.asn = 64496u + a->bytes[15] % 5;
	snprintf(ret->network.name, sizeof(ret->network.name), "Example Network %u", a->bytes[15] % 5);
	ret->has_place = true;
	snprintf(ret->place.country, sizeof(ret->place.country), "F%c", 'A' + a->bytes[15] % 6);
	ret->company = a->bytes[15] % 2 ? "Example Clouds" : "Example Stores";
}

static struct ct_entry entry(unsigned i)
{
	char from[32], to[32];

	snprintf(from, sizeof(from), "192.0.2.%u", 10 + i % 4);
	snprintf(to, sizeof(to), "203.0.113.%u", 1 + i);
	return household_entry(from, 4000 + i, to, 443, IPPROTO_TCP, true);
}

static void look_up(struct crowd *r, unsigned i, unsigned name)
{
	char client[32], text[32], address[32];

	snprintf(client, sizeof(client), "192.0.2.%u", 10 + i % 4);
	snprintf(text, sizeof(text), "www%u.example%u.org", name, name % 3);
	snprintf(address, sizeof(address), "203.0.113.%u", 1 + i);
	household_lookup(&r->h, client, text, address, 0);
}

static void open_crowd(struct crowd *r)
{
	*r = (struct crowd){.connections = r->connections, .border = r->border};
	household_make(&r->h, describe, 100, 100);
	for (unsigned i = 0; i < ENTRIES; i++) {
		look_up(r, i, i);
		r->entries[i] = entry(i);
		household_new(&r->h, &r->entries[i]);
	}
	household_dump(&r->h, r->entries, ENTRIES);
	stream_open(&r->stream, r->connections ? connections_source(r->h.connections)
					       : model_topic_source(r->h.overview));
}

static void close_crowd(struct crowd *r)
{
	stream_close(&r->stream);
	household_free(&r->h);
}

/* Some count on, some go with all that hung on them, some have another name now, some come. */
static void change_all(struct crowd *r)
{
	struct ct_entry dump[ENTRIES];
	size_t n = 0;

	for (unsigned i = 0; i < ENTRIES; i++) {
		struct ct_entry *e = &r->entries[i];

		if (i % 4 == 0) {
			household_end(&r->h, e);
			*e = entry(ENTRIES + 12 * r->changes + i);
			household_new(&r->h, e);
		} else if (i % 4 == 1) {
			e->packets[CT_ORIG] += 3;
			e->bytes[CT_ORIG] += 1000;
		} else if (i % 4 == 2) {
			look_up(r, i, 100 + 20 * r->changes + i);
		}
		dump[n++] = *e;
	}
	household_dump(&r->h, dump, n);
	r->changes++;
	model_forget_old_names(r->h.model);
	model_update_site(r->h.model, r->h.table);
}

static void at_border(void *data)
{
	struct crowd *r = data;

	if (r->calls++ == r->border)
		change_all(r);
}

static void always(void *data)
{
	struct crowd *r = data;

	if (r->calls++ < 12)
		change_all(r);
}

static void test_changes_at_each_border(void **state)
{
	(void)state;
	for (unsigned topic = 0; topic < 2; topic++) {
		size_t borders = 1;

		for (unsigned border = 0; border < borders; border++) {
			struct crowd r = {.connections = topic, .border = border};

			open_crowd(&r);
			stream_keyframe(&r.stream, 1000);
			borders = stream_slow_keyframe(&r.stream, 2000, at_border, &r);
			stream_check_references(&r.stream.reader);
			close_crowd(&r);
		}
		/* The overview has a row at least for each device, remote, name and conversation. */
		assert_true(borders > (topic ? ENTRIES : 4 + 3 * ENTRIES));
	}
}

static void test_changes_all_the_time(void **state)
{
	(void)state;
	for (unsigned topic = 0; topic < 2; topic++) {
		struct crowd r = {.connections = topic};

		open_crowd(&r);
		stream_keyframe(&r.stream, 1000);
		stream_slow_keyframe(&r.stream, 2000, always, &r);
		stream_check_references(&r.stream.reader);
		r.calls = r.changes = 0;
		stream_slow_keyframe(&r.stream, 3000, always, &r);
		close_crowd(&r);
	}
}

/* Nobody is in step: what is in the keyframe is what counts. */
static void test_the_first_one(void **state)
{
	(void)state;
	for (unsigned topic = 0; topic < 2; topic++) {
		struct crowd r = {.connections = topic};

		open_crowd(&r);
		stream_slow_keyframe(&r.stream, 2000, always, &r);
		stream_check_references(&r.stream.reader);
		close_crowd(&r);
	}
}

/* It is given up on the way, and the next one has all. */
static void test_given_up(void **state)
{
	(void)state;
	for (unsigned topic = 0; topic < 2; topic++) {
		struct crowd r = {.connections = topic};
		struct topic_source *source;
		struct keyframe *k;

		open_crowd(&r);
		source = &r.stream.source;
		stream_keyframe(&r.stream, 1000);
		assert_int_equal(keyframe_new(&k, source->tables, source->n_tables, true), 0);
		source->begin(source->data, k);
		for (unsigned i = 0; i < 7; i++)
			assert_false(source->slice(source->data, TOPIC_ONE_ROW));
		change_all(&r);
		source->unfollow(source->data);
		keyframe_free(k);
		change_all(&r);
		assert_false(source->has_changes(source->data));
		r.stream.sequence++;
		r.stream.reader.synchronous = false;
		stream_slow_keyframe(&r.stream, 3000, always, &r);
		stream_check_references(&r.stream.reader);
		close_crowd(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_changes_at_each_border),
	    cmocka_unit_test(test_changes_all_the_time),
	    cmocka_unit_test(test_the_first_one),
	    cmocka_unit_test(test_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
