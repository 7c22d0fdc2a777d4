/* SPDX-License-Identifier: MIT */
/* What makes two messages speak of the same conntrack entry: the original tuple, protocol, zone and id. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ct_table.h"
#include "siphash.h"

struct ct_key {
	const struct ct_tuple *tuple; /* borrowed */
	uint32_t id;
	uint16_t zone;
	uint8_t protocol;
};

static inline struct ct_key ct_key_of_entry(const struct ct_entry *e)
{
	return (struct ct_key){&e->tuple[CT_ORIG], e->id, e->zone, e->protocol};
}

static inline struct ct_key ct_key_of_connection(const struct ct_connection *c)
{
	return (struct ct_key){&c->tuple[CT_ORIG], c->id, c->zone, c->protocol};
}

static inline bool ct_tuple_equal(const struct ct_tuple *a, const struct ct_tuple *b)
{
	uint64_t differ;

	_Static_assert(sizeof(*a) == 36, "a tuple has no padding");
	differ = siphash_word(a->src.bytes) ^ siphash_word(b->src.bytes);
	differ |= siphash_word(a->src.bytes + 8) ^ siphash_word(b->src.bytes + 8);
	differ |= siphash_word(a->dst.bytes) ^ siphash_word(b->dst.bytes);
	differ |= siphash_word(a->dst.bytes + 8) ^ siphash_word(b->dst.bytes + 8);
	return !differ && a->sport == b->sport && a->dport == b->dport;
}

static inline bool ct_key_is_of(const struct ct_key *k, const struct ct_connection *c)
{
	return k->id == c->id && k->zone == c->zone && k->protocol == c->protocol &&
	       ct_tuple_equal(k->tuple, &c->tuple[CT_ORIG]);
}

/* Remote hosts choose what is in a tuple, so its hash needs a secret. */
uint64_t ct_key_hash(const struct ct_key *k, const struct siphash_secret *secret);
