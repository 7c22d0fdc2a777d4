/* SPDX-License-Identifier: MIT */
#include "siphash.h"

#include <sys/random.h>

void siphash_make_secret(struct siphash_secret *ret)
{
	if (getrandom(ret, sizeof(*ret), GRND_NONBLOCK) != sizeof(*ret))
		*ret = (struct siphash_secret){(uintptr_t)ret, (uintptr_t)&ret};
}

uint64_t siphash(const struct siphash_secret *secret, const void *bytes, size_t length)
{
	struct siphash s = siphash_begin(secret);
	const uint8_t *at = bytes;
	uint64_t last = (uint64_t)length << 56;

	for (; length >= 8; at += 8, length -= 8)
		siphash_take(&s, siphash_word(at));
	for (size_t i = 0; i < length; i++)
		last |= (uint64_t)at[i] << (8 * i);
	siphash_take(&s, last);
	return siphash_end(&s);
}
