/* SPDX-License-Identifier: MIT */
#include "frame.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"

static size_t make(struct frame_header *h, uint8_t *buffer)
{
	*h = (struct frame_header){
	    .kind = FRAME_DELTA,
	    .epoch = {.start = 0x0102030405060708, .random = 0xa1a2a3a4},
	    .payload_length = 3,
	    .inflated_length = 3,
	    .unlisted = 0x31323334,
	    .sequence = 0x1112131415161718,
	    .time = 0x2122232425262728,
	    .site = "home",
	    .topic = "overview",
	};
	return frame_header_encode(h, buffer);
}

static void encodes_what_the_protocol_says(void **state)
{
	static const uint8_t expected[] = {
	    'C',  'V',	2,    2,    0,	  4,	8,    0,    1,	  2,	3,    4,    5,	  6,	7,
	    8,	  0xa1, 0xa2, 0xa3, 0xa4, 0,	0,    0,    3,	  0,	0,    0,    3,	  0x31, 0x32,
	    0x33, 0x34, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x21, 0x22, 0x23, 0x24, 0x25,
	    0x26, 0x27, 0x28, 'h',  'o',  'm',	'e',  'o',  'v',  'e',	'r',  'v',  'i',  'e',	'w'};
	uint8_t buffer[FRAME_HEADER_MAX];
	struct frame_header h;

	(void)state;
	assert_int_equal(make(&h, buffer), sizeof(expected));
	assert_memory_equal(buffer, expected, sizeof(expected));
}

static void decodes_what_it_encoded(void **state)
{
	uint8_t buffer[FRAME_HEADER_MAX + 3] = {};
	struct frame_header h, read;
	size_t payload, n = make(&h, buffer);

	(void)state;
	assert_int_equal(frame_header_decode(&read, &payload, buffer, n + 3), 0);
	assert_int_equal(payload, n);
	assert_int_equal(read.sequence, h.sequence);
	assert_int_equal(read.time, h.time);
	assert_int_equal(read.unlisted, h.unlisted);
	assert_int_equal(frame_epoch_compare(&read.epoch, &h.epoch), 0);
	assert_string_equal(read.site, "home");
	assert_string_equal(read.topic, "overview");
}

static void refuses_any_other_length(void **state)
{
	uint8_t buffer[FRAME_HEADER_MAX + 8] = {};
	struct frame_header h;
	size_t payload, n = make(&h, buffer);

	(void)state;
	for (size_t length = 0; length < n + 8; length++)
		if (length != n + 3)
			assert_int_equal(frame_header_decode(&h, &payload, buffer, length), -EBADMSG);
}

static void refuses_broken_fields(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
		int result;
	} cases[] = {
	    {0, 'X', -EBADMSG},	      {1, 'v', -EBADMSG}, {2, 0, -EBADMSG},    {2, 1, -EPROTONOSUPPORT},
	    {2, 3, -EPROTONOSUPPORT}, {3, 0, -EBADMSG},	  {3, 3, -EBADMSG},    {4, 2, -EBADMSG},
	    {5, 0, -EBADMSG},	      {5, 33, -EBADMSG},  {6, 0, -EBADMSG},    {6, 255, -EBADMSG},
	    {24, 0xff, -EBADMSG},     {27, 4, -EBADMSG},  {48, '-', -EBADMSG}, {49, ' ', -EBADMSG},
	    {52, 'O', -EBADMSG},
	};
	uint8_t buffer[FRAME_HEADER_MAX + 3] = {};
	struct frame_header h;
	size_t payload;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t n = make(&h, buffer);

		buffer[cases[i].at] = cases[i].value;
		assert_int_equal(frame_header_decode(&h, &payload, buffer, n + 3), cases[i].result);
	}
}

static void a_delta_has_a_number(void **state)
{
	uint8_t buffer[FRAME_HEADER_MAX + 3] = {};
	struct frame_header h;
	size_t payload, n = make(&h, buffer);

	(void)state;
	memset(buffer + 32, 0, 8);
	assert_int_equal(frame_header_decode(&h, &payload, buffer, n + 3), -EBADMSG);
	buffer[3] = FRAME_KEYFRAME;
	assert_int_equal(frame_header_decode(&h, &payload, buffer, n + 3), 0);
}

static void the_newer_epoch_wins(void **state)
{
	struct frame_epoch a = {1, 9}, b = {2, 1}, c = {2, 2};

	(void)state;
	assert_true(frame_epoch_compare(&a, &b) < 0);
	assert_true(frame_epoch_compare(&c, &b) > 0);
	assert_int_equal(frame_epoch_compare(&c, &c), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(encodes_what_the_protocol_says), cmocka_unit_test(decodes_what_it_encoded),
	    cmocka_unit_test(refuses_any_other_length),	      cmocka_unit_test(refuses_broken_fields),
	    cmocka_unit_test(a_delta_has_a_number),	      cmocka_unit_test(the_newer_epoch_wins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
