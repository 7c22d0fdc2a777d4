/* SPDX-License-Identifier: MIT */
/*
 * SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), for tables whose keys others
 * choose: who does not know the secret cannot make many keys land in one place.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct siphash_secret {
	uint64_t k0, k1;
};

struct siphash {
	uint64_t v0, v1, v2, v3;
};

/* Random bytes, or as good as there are early in the boot. */
void siphash_make_secret(struct siphash_secret *ret);

uint64_t siphash(const struct siphash_secret *secret, const void *bytes, size_t length);

/* The same in steps, for keys that are whole words: begin, take each, take one with the length in bytes above 2^56
 * and what is left over below, end. */

static inline uint64_t siphash_rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static inline void siphash_round(struct siphash *s)
{
	s->v0 += s->v1;
	s->v2 += s->v3;
	s->v1 = siphash_rotate(s->v1, 13) ^ s->v0;
	s->v3 = siphash_rotate(s->v3, 16) ^ s->v2;
	s->v0 = siphash_rotate(s->v0, 32) + s->v3;
	s->v2 += s->v1;
	s->v3 = siphash_rotate(s->v3, 21) ^ s->v0;
	s->v1 = siphash_rotate(s->v1, 17) ^ s->v2;
	s->v2 = siphash_rotate(s->v2, 32);
}

static inline struct siphash siphash_begin(const struct siphash_secret *secret)
{
	return (struct siphash){
	    .v0 = secret->k0 ^ 0x736f6d6570736575,
	    .v1 = secret->k1 ^ 0x646f72616e646f6d,
	    .v2 = secret->k0 ^ 0x6c7967656e657261,
	    .v3 = secret->k1 ^ 0x7465646279746573,
	};
}

static inline void siphash_take(struct siphash *s, uint64_t word)
{
	s->v3 ^= word;
	siphash_round(s);
	s->v0 ^= word;
}

static inline uint64_t siphash_end(struct siphash *s)
{
	s->v2 ^= 0xff;
	siphash_round(s);
	siphash_round(s);
	siphash_round(s);
	return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

/* Eight bytes as the word that they are in memory: the machine's order is as good as any. */
static inline uint64_t siphash_word(const void *eight_bytes)
{
	uint64_t word;

	memcpy(&word, eight_bytes, sizeof(word));
	return word;
}
