/* SPDX-License-Identifier: MIT */
#include "vendor_csv.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static int next(struct vendor_record *ret, const char **at)
{
	size_t used;
	int r = vendor_csv_read(ret, *at, strlen(*at), &used);

	assert_true(used > 0);
	*at += used;
	return r;
}

static void test_records(void **state)
{
	const char *at =
	    "Registry,Assignment,Organization Name,Organization Address\r\n"
	    "MA-L,002272,American Micro-Fuel Device Corp.,2181 Buchanan Loop Ferndale WA US 98248 \n"
	    "MA-M,0055DA1,\"Example, \"\"Quoted\"\" Ltd\",\"a street\nand more\"\r\n"
	    "\n"
	    "MA-S,70B3D5123,Small,x";
	struct vendor_record r;

	(void)state;
	assert_int_equal(next(&r, &at), 1);
	assert_int_equal(next(&r, &at), 0);
	assert_int_equal(r.prefix, 0x002272);
	assert_int_equal(r.bits, 24);
	assert_memory_equal(r.name, "American Micro-Fuel Device Corp.", r.length);
	assert_int_equal(next(&r, &at), 0);
	assert_int_equal(r.prefix, 0x0055da1);
	assert_int_equal(r.bits, 28);
	assert_memory_equal(r.name, "Example, \"\"Quoted\"\" Ltd", r.length);
	assert_int_equal(next(&r, &at), 1);
	assert_int_equal(next(&r, &at), 0);
	assert_int_equal(r.bits, 36);
	assert_int_equal(*at, 0);
}

static void test_broken(void **state)
{
	static const char *const lines[] = {"MA-L,00227,Short,x\n", "MA-L,00227G,Not hex,x\n",
					    "MA-L,002272\n", "\"never closed,002272,x,y\n",
					    "\"a\"b,002272,x,y\n"};
	struct vendor_record r;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		size_t used;

		assert_int_equal(vendor_csv_read(&r, lines[i], strlen(lines[i]), &used), -EBADMSG);
		assert_int_equal(used, strlen(lines[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_records),
	    cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
