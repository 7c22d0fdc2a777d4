/* SPDX-License-Identifier: MIT */
#include "state_json.h"

#include <errno.h>
#include <msgpack.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "cmocka_all.h"
#include "frames.h"
#include "pack.h"

static msgpack_sbuffer buffer;
static msgpack_packer packer;

static int setup(void **context)
{
	(void)context;
	msgpack_sbuffer_init(&buffer);
	msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
	return 0;
}

static int teardown(void **context)
{
	(void)context;
	msgpack_sbuffer_destroy(&buffer);
	return 0;
}

static void array(size_t n)
{
	msgpack_pack_array(&packer, n);
}

static void text(const char *s)
{
	msgpack_pack_str_with_body(&packer, s, strlen(s));
}

static void number(int64_t n)
{
	msgpack_pack_int64(&packer, n);
}

static void push(struct topic_log *log, enum frame_kind kind, uint64_t sequence, bool deflated)
{
	uLongf length = compressBound(buffer.size);
	uint8_t *packed = malloc(length);
	struct built b = frame_build(kind, 1000, sequence, buffer.data, buffer.size);

	if (deflated) {
		assert_int_equal(compress(packed, &length, (const Bytef *)buffer.data, buffer.size), Z_OK);
		b.header.flags = FRAME_FLAG_DEFLATED;
		b.header.payload_length = (uint32_t)length;
		b.length = frame_header_encode(&b.header, b.bytes);
		b.bytes = realloc(b.bytes, b.length + length);
		memcpy(b.bytes + b.length, packed, length);
		b.length += length;
	}
	assert_int_equal(topic_log_push(log, &b.header, b.bytes, b.length), TOPIC_LOG_TAKEN);
	free(packed);
	free(b.bytes);
	msgpack_sbuffer_clear(&buffer);
}

/* Two tables: "places" with one row, "devices" with two. */
static void pack_keyframe(void)
{
	array(2);
	array(3);
	text("places");
	array(1);
	text("city");
	array(1);
	array(2);
	number(1);
	text("Oulu \"\\\n\xff\xc3\xa4");
	array(3);
	text("devices");
	array(5);
	text("~active");
	text("+up");
	text("+down");
	text("mac");
	text("address");
	array(2);
	array(6);
	number(1);
	number(50);
	number(10);
	msgpack_pack_nil(&packer);
	msgpack_pack_bin_with_body(&packer, "\x02\0\0\0\0\x0a", 6);
	msgpack_pack_bin_with_body(&packer, "\xc0\0\2\7", 4);
	array(2); /* shorter than the columns */
	number(2);
	number(60);
}

/* What the log holds now as JSON, with a NUL behind it. */
static int json_of(char **ret, size_t *ret_length, const struct topic_log *log)
{
	struct topic_log_snapshot snapshot;
	int r;

	assert_int_equal(topic_log_hold(log, &snapshot), 0);
	r = state_json(ret, ret_length, &snapshot, NULL);
	blob_release(snapshot.blob);
	if (r < 0)
		return r;
	*ret = realloc(*ret, *ret_length + 1);
	(*ret)[*ret_length] = '\0';
	return 0;
}

static void assert_json(const struct topic_log *log, const char *expected)
{
	size_t length;
	char *json;

	assert_int_equal(json_of(&json, &length, log), 0);
	assert_string_equal(json, expected);
	assert_int_equal(length, strlen(expected));
	free(json);
}

static void test_keyframe_and_deltas(void **context)
{
	struct topic_log *log;

	(void)context;
	assert_int_equal(topic_log_new(&log, 1 << 20), 0);
	pack_keyframe();
	push(log, FRAME_KEYFRAME, 7, false);
	assert_json(log,
		    "{\"site\":\"home\",\"topic\":\"overview\",\"epoch\":{\"start\":1000,\"random\":7},"
		    "\"sequence\":7,"
		    "\"time\":700,\"tables\":{\n"
		    "\"places\":[\n{\"id\":1,\"city\":\"Oulu \\\"\\\\\\u000a\\ufffdä\"}],\n"
		    "\"devices\":[\n{\"id\":1,\"active\":50,\"up\":10,\"down\":null,"
		    "\"mac\":\"02:00:00:00:00:0a\",\"address\":\"192.0.2.7\"},\n"
		    "{\"id\":2,\"active\":60,\"up\":null,\"down\":null,\"mac\":null,\"address\":null}]}}\n");

	/* devices: 2 goes, 5 comes, 1 counts up (and with it its time), then down; heartbeat */
	array(1);
	array(4);
	number(1);
	array(1);
	number(2);
	array(1);
	array(2);
	number(5);
	number(70);
	array(7);
	number(1);
	number(2 + 4);
	number(32);
	number(-3);
	number(4); /* id 5 */
	number(1);
	number(71);
	push(log, FRAME_DELTA, 8, true);
	array(0);
	push(log, FRAME_DELTA, 9, false);
	assert_json(log,
		    "{\"site\":\"home\",\"topic\":\"overview\",\"epoch\":{\"start\":1000,\"random\":7},"
		    "\"sequence\":9,"
		    "\"time\":900,\"tables\":{\n"
		    "\"places\":[\n{\"id\":1,\"city\":\"Oulu \\\"\\\\\\u000a\\ufffdä\"}],\n"
		    "\"devices\":[\n{\"id\":1,\"active\":800,\"up\":42,\"down\":-3,"
		    "\"mac\":\"02:00:00:00:00:0a\",\"address\":\"192.0.2.7\"},\n"
		    "{\"id\":5,\"active\":71,\"up\":null,\"down\":null,\"mac\":null,\"address\":null}]}}\n");
	topic_log_free(log);
}

static void test_large(void **context)
{
	struct topic_log *log;
	size_t length;
	char *json;

	(void)context;
	assert_int_equal(topic_log_new(&log, 1 << 20), 0);
	/* many rows, in a keyframe of many fragments */
	array(1);
	array(3);
	text("t");
	array(1);
	text("n");
	array(20000);
	for (int i = 1; i <= 20000; i++) {
		array(2);
		number(i * 7);
		number(i);
	}
	push(log, FRAME_KEYFRAME, 1, false);
	assert_int_equal(json_of(&json, &length, log), 0);
	assert_non_null(strstr(json, "{\"id\":140000,\"n\":20000}]"));
	free(json);
	topic_log_free(log);
}

/* What a delta or keyframe must not do; the state is then of no use, and nothing worse. */
static void test_hostile(void **context)
{
#define DELTA(literal)                                                                                       \
	{                                                                                                    \
		(const uint8_t *)(literal), sizeof(literal) - 1                                              \
	}
	static const struct {
		const uint8_t *bytes;
		size_t length;
	} deltas[] = {
	    DELTA("\x91\x91\x05"),			       /* no such table */
	    DELTA("\x91\x90"),				       /* no table */
	    DELTA("\x91\x95\x00\x90\x90\x90\x90"),	       /* too many parts */
	    DELTA("\x91\x92\x00\x91\x09"),		       /* gone: unknown row */
	    DELTA("\x91\x93\x00\x90\x91\x91\x01"),	       /* a row whose id is there */
	    DELTA("\x91\x93\x00\x90\x91\x91\x00"),	       /* a row with the id 0 */
	    DELTA("\x91\x93\x00\x90\x91\x93\x02\x01\x01"),     /* a row with a value too many */
	    DELTA("\x91\x93\x00\x90\x91\x90"),		       /* a row without an id */
	    DELTA("\x91\x94\x00\x90\x90\x93\x09\x01\x05"),     /* change: unknown row */
	    DELTA("\x91\x94\x00\x90\x90\x93\x01\x02\x05"),     /* change: no such column */
	    DELTA("\x91\x94\x00\x90\x90\x92\x01\x01"),	       /* change: no value */
	    DELTA("\x91\x94\x00\x90\x90\x91\x01"),	       /* change: no mask */
	    DELTA("\x91\x94\x00\x90\x90\x94\x01\x01\x05\x01"), /* change: half of one more */
	    DELTA("\x90\x90"),				       /* more after the end */
	    DELTA("\xdd\xff\xff\xff\xff"),
	    DELTA(""),
	};
#undef DELTA

	(void)context;
	for (size_t i = 0; i < sizeof(deltas) / sizeof(deltas[0]); i++) {
		static const uint8_t keyframe[] = "\x91\x93\xa1t\x91\xa1n\x91\x92\x01\x05";
		struct state *state;

		assert_int_equal(state_new(&state, NULL), 0);
		assert_int_equal(state_keyframe(state, keyframe, sizeof(keyframe) - 1), 0);
		assert_true(state_delta(state, deltas[i].bytes, deltas[i].length, 1) < 0);
		state_free(state);
	}
}

static void test_overflow_of_a_counter(void **context)
{
	static const uint8_t keyframe[] =
	    "\x91\x93\xa1t\x91\xa2+n\x91\x92\x01\xcf\x7f\xff\xff\xff\xff\xff\xff\xff";
	static const uint8_t delta[] = "\x91\x94\x00\x90\x90\x93\x01\x01\x01";
	struct state *state;

	(void)context;
	assert_int_equal(state_new(&state, NULL), 0);
	assert_int_equal(state_keyframe(state, keyframe, sizeof(keyframe) - 1), 0);
	assert_int_equal(state_delta(state, delta, sizeof(delta) - 1, 1), -EBADMSG);
	state_free(state);
}

static void test_too_large(void **context)
{
	struct built b;
	struct topic_log *log;
	size_t length;
	char *json;
	uint8_t *zeros = calloc(1, STATE_JSON_INPUT_MAX + 1);

	(void)context;
	b = frame_build(FRAME_KEYFRAME, 1000, 1, zeros, STATE_JSON_INPUT_MAX + 1);
	assert_int_equal(topic_log_new(&log, 1 << 20), 0);
	assert_int_equal(topic_log_push(log, &b.header, b.bytes, b.length), TOPIC_LOG_TAKEN);
	assert_int_equal(json_of(&json, &length, log), -E2BIG);
	topic_log_free(log);
	free(b.bytes);
	free(zeros);
}

/* Some kB on the line: it is not even inflated. */
static void test_inflates_too_large(void **context)
{
	uint8_t *zeros = calloc(1, STATE_JSON_INPUT_MAX);
	struct topic_log *log;
	size_t length;
	char *json;

	(void)context;
	array(1);
	array(3);
	text("t");
	array(1);
	text("bytes");
	array(1);
	array(2);
	number(1);
	msgpack_pack_bin_with_body(&packer, zeros, STATE_JSON_INPUT_MAX);
	assert_int_equal(topic_log_new(&log, 1 << 20), 0);
	push(log, FRAME_KEYFRAME, 1, true);
	assert_int_equal(json_of(&json, &length, log), -E2BIG);
	topic_log_free(log);
	free(zeros);
}

/* A small keyframe whose rows are short and whose columns have long names. */
static void pack_wide(size_t rows)
{
	char name[1000];

	memset(name, 'n', sizeof(name));
	array(1);
	array(3);
	text("t");
	array(STATE_COLUMNS_MAX);
	for (int i = 0; i < STATE_COLUMNS_MAX; i++)
		msgpack_pack_str_with_body(&packer, name, sizeof(name));
	array(rows);
	for (size_t i = 1; i <= rows; i++) {
		array(1);
		number((int64_t)i);
	}
}

static void test_grows_too_large(void **context)
{
	struct topic_log *log;
	size_t length;
	char *json;

	(void)context;
	assert_int_equal(topic_log_new(&log, 1 << 20), 0);
	pack_wide(100);
	push(log, FRAME_KEYFRAME, 1, false);
	assert_int_equal(json_of(&json, &length, log), 0);
	assert_true(length > STATE_COLUMNS_MAX * 100u * 1000u);
	free(json);
	/* some kB, which would be more than the limit by half */
	pack_wide(STATE_JSON_OUTPUT_MAX / 1000 * 3 / 2 / STATE_COLUMNS_MAX);
	push(log, FRAME_KEYFRAME, 2, false);
	assert_int_equal(json_of(&json, &length, log), -E2BIG);
	topic_log_free(log);
}

static void test_stop(void **context)
{
	struct topic_log_snapshot snapshot;
	const atomic_bool stop = true;
	struct topic_log *log;
	size_t length;
	char *json;

	(void)context;
	assert_int_equal(topic_log_new(&log, 1 << 20), 0);
	pack_keyframe();
	push(log, FRAME_KEYFRAME, 7, false);
	assert_int_equal(topic_log_hold(log, &snapshot), 0);
	assert_int_equal(state_json(&json, &length, &snapshot, &stop), -ETIME);
	blob_release(snapshot.blob);
	topic_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_keyframe_and_deltas, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_large, setup, teardown),
	    cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_overflow_of_a_counter),
	    cmocka_unit_test(test_too_large),
	    cmocka_unit_test_setup_teardown(test_inflates_too_large, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_grows_too_large, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_stop, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
