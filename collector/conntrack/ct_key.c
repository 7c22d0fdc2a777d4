/* SPDX-License-Identifier: MIT */
#include "ct_key.h"

uint64_t ct_key_hash(const struct ct_key *k, const struct siphash_secret *secret)
{
	const struct ct_tuple *t = k->tuple;
	struct siphash s = siphash_begin(secret);

	siphash_take(&s, siphash_word(t->src.bytes));
	siphash_take(&s, siphash_word(t->src.bytes + 8));
	siphash_take(&s, siphash_word(t->dst.bytes));
	siphash_take(&s, siphash_word(t->dst.bytes + 8));
	siphash_take(&s, (uint64_t)t->sport << 48 | (uint64_t)t->dport << 32 | (uint64_t)k->zone << 16 |
			     k->protocol);
	siphash_take(&s, (uint64_t)44 << 56 | k->id);
	return siphash_end(&s);
}
