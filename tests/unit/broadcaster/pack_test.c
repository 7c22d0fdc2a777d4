/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include <errno.h>
#include <msgpack.h>
#include <string.h>

#include "cmocka_all.h"

/* What msgpack-c writes is read back. */
static void test_msgpack_c(void **context)
{
	static const int64_t numbers[] = {0,
					  127,
					  128,
					  255,
					  256,
					  65535,
					  65536,
					  4294967295,
					  4294967296,
					  INT64_MAX,
					  -1,
					  -32,
					  -33,
					  -128,
					  -129,
					  -32768,
					  -32769,
					  INT32_MIN,
					  (int64_t)INT32_MIN - 1,
					  INT64_MIN};
	msgpack_sbuffer buffer;
	msgpack_packer packer;
	struct pack pack;
	struct pack_value v;

	(void)context;
	msgpack_sbuffer_init(&buffer);
	msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		msgpack_pack_int64(&packer, numbers[i]);
	msgpack_pack_uint64(&packer, UINT64_MAX);
	msgpack_pack_nil(&packer);
	msgpack_pack_true(&packer);
	msgpack_pack_double(&packer, 1.5);
	msgpack_pack_float(&packer, -2.5f);
	msgpack_pack_str_with_body(&packer, "text", 4);
	msgpack_pack_bin_with_body(&packer, "\1\2", 2);

	pack = (struct pack){(const uint8_t *)buffer.data, (const uint8_t *)buffer.data + buffer.size};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_int_equal(pack_next(&pack, &v), 0);
		assert_int_equal(v.type, numbers[i] < 0 ? PACK_NEGATIVE : PACK_UNSIGNED);
		assert_true(numbers[i] < 0 ? v.negative == numbers[i] : v.number == (uint64_t)numbers[i]);
	}
	assert_int_equal(pack_next(&pack, &v), 0);
	assert_true(v.type == PACK_UNSIGNED && v.number == UINT64_MAX);
	assert_true(pack_next(&pack, &v) == 0 && v.type == PACK_NIL);
	assert_true(pack_next(&pack, &v) == 0 && v.type == PACK_BOOL && v.boolean);
	assert_true(pack_next(&pack, &v) == 0 && v.type == PACK_FLOAT && v.real > 1.4 && v.real < 1.6);
	assert_true(pack_next(&pack, &v) == 0 && v.type == PACK_FLOAT && v.real > -2.6 && v.real < -2.4);
	assert_true(pack_next(&pack, &v) == 0 && v.type == PACK_TEXT && v.length == 4 &&
		    !memcmp(v.bytes, "text", 4));
	assert_true(pack_next(&pack, &v) == 0 && v.type == PACK_BYTES && v.length == 2 && v.bytes[1] == 2);
	assert_ptr_equal(pack.at, pack.end);
	assert_int_equal(pack_next(&pack, &v), -EBADMSG);
	msgpack_sbuffer_destroy(&buffer);
}

static int skip_bytes(const char *bytes, size_t length, unsigned depth)
{
	struct pack pack = {(const uint8_t *)bytes, (const uint8_t *)bytes + length};

	return pack_skip(&pack, depth);
}

static void test_hostile(void **context)
{
	char nested[100];

	(void)context;
	/* heads that claim more than there is */
	assert_int_equal(skip_bytes("\xdd\xff\xff\xff\xff", 5, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xdf\xff\xff\xff\xff\x01", 6, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xdb\xff\xff\xff\xff", 5, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xc6\x00\x00\x00\x02\x01", 6, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xc1", 1, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xcf\x01", 2, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xc7\x01\x05", 3, 8), -EBADMSG);
	assert_int_equal(skip_bytes("\xd8\x05", 2, 8), -EBADMSG);
	assert_int_equal(skip_bytes("", 0, 8), -EBADMSG);
	/* [[[…]]] */
	memset(nested, '\x91', sizeof(nested));
	nested[9] = '\xc0';
	assert_int_equal(skip_bytes(nested, sizeof(nested), 8), -EBADMSG);
	assert_int_equal(skip_bytes(nested + 1, sizeof(nested) - 1, 8), 0);
	assert_int_equal(skip_bytes("\x82\x01\x02\xa1x\x90", 6, 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_msgpack_c),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
