/* SPDX-License-Identifier: MIT */
#include "behaviour.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#define SETTLED 45000 /* ms from which on a recorded series is judged */

struct flow {
	struct behaviour b;
	uint64_t up_bytes, down_bytes, up_packets, down_packets;
	uint32_t now;
};

/* One more second. */
static enum behaviour_kind second(struct flow *f, unsigned up_bytes, unsigned down_bytes, unsigned up_packets,
				  unsigned down_packets)
{
	f->now += 1000;
	f->up_bytes += up_bytes;
	f->down_bytes += down_bytes;
	f->up_packets += up_packets;
	f->down_packets += down_packets;
	behaviour_look(&f->b, f->up_bytes, f->down_bytes, f->up_packets, f->down_packets, f->now);
	return f->b.kind;
}

static enum behaviour_kind kind_of(const char *word)
{
	for (unsigned kind = 1; kind < BEHAVIOUR_KINDS; kind++)
		if (!strcmp(behaviour_word(kind), word))
			return kind;
	assert_string_equal(word, "none");
	return BEHAVIOUR_NONE;
}

/* The share of looks, once it has settled, that said what the series' first line wants. In percent. */
static unsigned judge(const char *name)
{
	char path[512], word[16];
	struct behaviour b = {};
	uint64_t v[5];
	unsigned looks = 0, right = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.txt", SERIES, name);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "# %15[a-z]:%*[^\n]", word), 1);
	while (fscanf(f, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64, &v[0], &v[1], &v[2],
		      &v[3], &v[4]) == 5) {
		behaviour_look(&b, v[1], v[2], v[3], v[4], (uint32_t)v[0] + 1);
		if (v[0] < SETTLED)
			continue;
		looks++;
		right += b.kind == kind_of(word);
	}
	fclose(f);
	assert_true(looks > 10);
	return right * 100 / looks;
}

static void test_recorded_series(void **state)
{
	static const char *const names[] = {"stream-video", "stream-short-videos", "stream-music", "download",
					    "upload",	    "upload-backup",	   "call",	   "game",
					    "beacon",	    "beacon-mqtt",	   "requests"};
	bool good = true;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		unsigned share = judge(names[i]);

		print_message("%s: right in %u %% of the looks\n", names[i], share);
		good &= share >= 75;
	}
	assert_true(good);
}

static void test_call(void **state)
{
	struct flow f = {};

	(void)state;
	for (unsigned i = 0; i < 10; i++)
		second(&f, 5000, 8000, 50, 50);
	assert_int_equal(f.b.kind, BEHAVIOUR_CALL);
	/* A download's acknowledgements are many packets too, but few bytes. */
	f = (struct flow){};
	for (unsigned i = 0; i < 10; i++)
		second(&f, 20000, 1500000, 500, 1000);
	assert_int_equal(f.b.kind, BEHAVIOUR_DOWNLOAD);
}

static void test_idle_after_a_while(void **state)
{
	struct flow f = {};

	(void)state;
	for (unsigned i = 0; i < 10; i++)
		second(&f, 3000, 1500000, 100, 1000);
	for (unsigned i = 0; i < 30; i++)
		second(&f, 0, 0, 0, 0);
	assert_int_equal(f.b.kind, BEHAVIOUR_IDLE);
	for (unsigned i = 0; i < 6; i++)
		second(&f, 3000, 1500000, 100, 1000);
	assert_int_equal(f.b.kind, BEHAVIOUR_DOWNLOAD);
}

static void test_one_odd_second_changes_nothing(void **state)
{
	struct flow f = {};

	(void)state;
	for (unsigned i = 0; i < 10; i++)
		second(&f, 1500000, 3000, 1000, 100);
	assert_int_equal(f.b.kind, BEHAVIOUR_UPLOAD);
	assert_int_equal(second(&f, 3000, 9000000, 100, 7000), BEHAVIOUR_UPLOAD);
	assert_int_equal(second(&f, 1500000, 3000, 1000, 100), BEHAVIOUR_UPLOAD);
}

static void test_an_even_radio_is_a_stream(void **state)
{
	struct flow f = {};

	(void)state;
	for (unsigned i = 0; i < 45; i++)
		second(&f, 400, 9500, 8, 14);
	assert_int_equal(f.b.kind, BEHAVIOUR_STREAM);
}

static void test_beacon_of_a_minute(void **state)
{
	struct flow f = {};

	(void)state;
	for (unsigned i = 0; i < 60 * 6; i++)
		second(&f, i % 60 ? 0 : 300, i % 60 ? 0 : 200, i % 60 == 0, i % 60 == 0);
	assert_int_equal(f.b.kind, BEHAVIOUR_BEACON);
	for (unsigned i = 0; i < 150; i++)
		second(&f, 0, 0, 0, 0);
	assert_int_equal(f.b.kind, BEHAVIOUR_IDLE);
}

/* Totals that wrap, go back, or jump, and a clock that wraps: nothing is said that was not seen. */
static void test_odd_totals(void **state)
{
	struct flow f = {
	    .up_bytes = UINT32_MAX - 1000, .down_bytes = UINT64_MAX / 2, .now = UINT32_MAX - 3000};

	(void)state;
	for (unsigned i = 0; i < 8; i++)
		second(&f, 500, 900, 2, 2);
	assert_int_equal(f.b.kind, BEHAVIOUR_NONE);
	f.up_bytes -= 2000;
	f.up_packets -= 8;
	for (unsigned i = 0; i < 4; i++)
		second(&f, 0, 0, 0, 0);
	assert_int_equal(f.b.kind, BEHAVIOUR_NONE);
	assert_false(behaviour_look(&f.b, f.up_bytes, f.down_bytes, f.up_packets, f.down_packets, f.now + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_recorded_series),
	    cmocka_unit_test(test_call),
	    cmocka_unit_test(test_idle_after_a_while),
	    cmocka_unit_test(test_one_odd_second_changes_nothing),
	    cmocka_unit_test(test_an_even_radio_is_a_stream),
	    cmocka_unit_test(test_beacon_of_a_minute),
	    cmocka_unit_test(test_odd_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
