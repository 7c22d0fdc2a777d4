/* SPDX-License-Identifier: MIT */
#include "ws_frame.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static void test_header_lengths(void **context)
{
	static const struct {
		size_t payload, header;
	} cases[] = {{0, 2}, {1, 2}, {125, 2}, {126, 4}, {65535, 4}, {65536, 10}, {1 << 24, 10}};
	uint8_t header[WS_FRAME_HEADER_MAX];

	(void)context;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(ws_frame_header_encode(header, true, WS_BINARY, cases[i].payload),
				 cases[i].header);
	ws_frame_header_encode(header, true, WS_BINARY, 300);
	assert_memory_equal(header, "\x82\x7e\x01\x2c", 4);
	ws_frame_header_encode(header, false, WS_CONTINUATION, 5);
	assert_memory_equal(header, "\x00\x05", 2);
	ws_frame_header_encode(header, false, WS_BINARY, 65536);
	assert_memory_equal(header, "\x02\x7f\0\0\0\0\0\x01\0\0", 10);
}

static void test_decode(void **context)
{
	struct ws_frame f;

	(void)context;
	assert_int_equal(ws_frame_decode(&f,
					 (const uint8_t *)"\x82\x03"
							  "abc",
					 5),
			 0);
	assert_true(f.final);
	assert_int_equal(f.opcode, WS_BINARY);
	assert_int_equal(f.header, 2);
	assert_int_equal(f.payload, 3);
	/* cut off, masked, longer than there is */
	assert_int_equal(ws_frame_decode(&f,
					 (const uint8_t *)"\x82\x03"
							  "ab",
					 4),
			 -EBADMSG);
	assert_int_equal(ws_frame_decode(&f, (const uint8_t *)"\x82", 1), -EBADMSG);
	assert_int_equal(ws_frame_decode(&f, (const uint8_t *)"\x82\x80\0\0\0\0", 6), -EBADMSG);
	assert_int_equal(ws_frame_decode(&f, (const uint8_t *)"\x82\x7e\x01", 3), -EBADMSG);
	assert_int_equal(ws_frame_decode(&f, (const uint8_t *)"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10),
			 -EBADMSG);
}

static void test_boundary(void **context)
{
	/* a message of two fragments, then one of one */
	static const uint8_t bytes[] = {0x02, 2, 'a', 'b', 0x80, 1, 'c', 0x82, 0};
	uint32_t messages;
	bool final;

	(void)context;
	for (size_t n = 1; n <= 4; n++) {
		assert_int_equal(ws_frame_boundary(bytes, sizeof(bytes), n, &final, &messages), 4);
		assert_false(final);
		assert_int_equal(messages, 0);
	}
	for (size_t n = 5; n <= 7; n++) {
		assert_int_equal(ws_frame_boundary(bytes, sizeof(bytes), n, &final, &messages), 7);
		assert_true(final);
		assert_int_equal(messages, 1);
	}
	assert_int_equal(ws_frame_boundary(bytes, sizeof(bytes), 9, &final, &messages), 9);
	assert_int_equal(messages, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_header_lengths),
	    cmocka_unit_test(test_decode),
	    cmocka_unit_test(test_boundary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
