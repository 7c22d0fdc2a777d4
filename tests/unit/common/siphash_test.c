/* SPDX-License-Identifier: MIT */
#include "siphash.h"

#include <endian.h>

#include "cmocka_all.h"
#include "util.h"

/* The key and the message of the paper's appendix A, "Test values": bytes that count up. */
static struct siphash_secret paper_secret(void)
{
	return (struct siphash_secret){0x0706050403020100, 0x0f0e0d0c0b0a0908};
}

/* Our rounds, two for each word and four at the end, as the paper's value is of SipHash-2-4. */
static void test_rounds_are_those_of_the_paper(void **state)
{
	static const uint64_t words[] = {0x0706050403020100, 0x0f0e0d0c0b0a0908 & 0x00ffffffffffffff};
	struct siphash_secret secret = paper_secret();
	struct siphash s = siphash_begin(&secret);

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		uint64_t word = words[i] | (i ? (uint64_t)15 << 56 : 0);

		s.v3 ^= word;
		siphash_round(&s);
		siphash_round(&s);
		s.v0 ^= word;
	}
	s.v2 ^= 0xff;
	for (unsigned i = 0; i < 4; i++)
		siphash_round(&s);
	assert_true((s.v0 ^ s.v1 ^ s.v2 ^ s.v3) == 0xa129ca6149be45e5);
}

/* Of 0, 1, ... bytes that count up; CPython 3.11, which hashes with SipHash-1-3 too, agrees. */
static void test_one_and_three(void **state)
{
	static const uint64_t expected[] = {
	    0xabac0158050fc4dc, 0xc9f49bf37d57ca93, 0x82cb9b024dc7d44d, 0x8bf80ab8e7ddf7fb,
	    0xcf75576088d38328, 0xdef9d52f49533b67, 0xc50d2b50c59f22a7, 0xd3927d989bb11140,
	    0x369095118d299a8e, 0x25a48eb36c063de4, 0x79de85ee92ff097f, 0x70c118c1f94dc352,
	};
	struct siphash_secret secret = paper_secret();
	uint8_t bytes[ELEMENTS_OF(expected)];

	(void)state;
	if (BYTE_ORDER != LITTLE_ENDIAN)
		return;
	for (size_t i = 0; i < ELEMENTS_OF(expected); i++) {
		assert_true(siphash(&secret, bytes, i) == expected[i]);
		bytes[i] = (uint8_t)i;
	}
}

static void test_steps_are_the_same(void **state)
{
	static const uint8_t bytes[16] = "0123456789abcdef";
	struct siphash_secret secret;
	struct siphash s;

	(void)state;
	siphash_make_secret(&secret);
	s = siphash_begin(&secret);
	siphash_take(&s, siphash_word(bytes));
	siphash_take(&s, siphash_word(bytes + 8));
	siphash_take(&s, (uint64_t)16 << 56);
	assert_true(siphash_end(&s) == siphash(&secret, bytes, 16));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rounds_are_those_of_the_paper),
	    cmocka_unit_test(test_one_and_three),
	    cmocka_unit_test(test_steps_are_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
