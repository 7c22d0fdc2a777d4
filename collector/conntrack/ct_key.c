/* SPDX-License-Identifier: MIT */
#include "ct_key.h"

struct state {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static inline void mix(struct state *s)
{
	s->v0 += s->v1;
	s->v2 += s->v3;
	s->v1 = rotate(s->v1, 13) ^ s->v0;
	s->v3 = rotate(s->v3, 16) ^ s->v2;
	s->v0 = rotate(s->v0, 32) + s->v3;
	s->v2 += s->v1;
	s->v3 = rotate(s->v3, 21) ^ s->v0;
	s->v1 = rotate(s->v1, 17) ^ s->v2;
	s->v2 = rotate(s->v2, 32);
}

static inline void take(struct state *s, uint64_t word)
{
	s->v3 ^= word;
	mix(s);
	s->v0 ^= word;
}

uint64_t ct_key_hash(const struct ct_key *k, const struct ct_secret *secret)
{
	const struct ct_tuple *t = k->tuple;
	struct state s = {
	    secret->k0 ^ 0x736f6d6570736575,
	    secret->k1 ^ 0x646f72616e646f6d,
	    secret->k0 ^ 0x6c7967656e657261,
	    secret->k1 ^ 0x7465646279746573,
	};

	take(&s, ct_key_word(t->src.bytes));
	take(&s, ct_key_word(t->src.bytes + 8));
	take(&s, ct_key_word(t->dst.bytes));
	take(&s, ct_key_word(t->dst.bytes + 8));
	take(&s, (uint64_t)t->sport << 48 | (uint64_t)t->dport << 32 | (uint64_t)k->zone << 16 | k->protocol);
	take(&s, (uint64_t)44 << 56 | k->id);
	s.v2 ^= 0xff;
	mix(&s);
	mix(&s);
	mix(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
